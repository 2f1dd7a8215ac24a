#pragma once

// SQL of the register that several files need.

#include "kernel/db/db.h"

#include <span>
#include <string>
#include <string_view>

namespace sangu::registry {

// Runs "<sql_up_to_bracket>?, ?, …)" for at most 500 ids.
void for_ids(db::Session& session, std::string_view sql_up_to_bracket, std::span<std::string const> ids,
             FunctionRef<void(db::Row const&)> each);

} // namespace sangu::registry
