#pragma once

// Looking through the audit log, newest first, by keys only: every filter has an index.

#include "kernel/audit/audit.h"

#include <optional>

namespace sangu::audit {

struct Filter {
    std::optional<Instant> from, until;                   // [from, until)
    std::string actor_id, action, object_kind, object_id; // exact; empty: any
    std::int64_t before = 0;                              // sequence to go on from; 0: the newest
};

std::vector<Record> search(db::Session& session, Filter const& filter, int limit);
// The actions that occur, for a choice; at most 300.
std::vector<std::string> actions(db::Session& session);

} // namespace sangu::audit
