#pragma once

// What a database holds, as far as a backup compares it.

#include "kernel/db/db.h"

#include <cstdint>
#include <map>
#include <string>

namespace sangu::backup {

struct Contents {
    std::map<std::string, std::int64_t> rows; // by table
    std::int64_t audit_records = 0;
    std::string audit_hash;
};

Contents contents_of(db::Session& session);

} // namespace sangu::backup
