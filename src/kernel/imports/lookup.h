#pragma once

// Many rows by the values of one column in few queries.

#include "kernel/db/db.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::imports {

inline constexpr std::size_t lookup_marks = 100;

// Calls `each` for every row of "<select> where <column> in (…)", `lookup_marks` values at a time.
void each_of(db::Session& session, std::string_view select, std::string_view column,
             std::vector<std::string> const& values, FunctionRef<void(db::Row const&)> each);

} // namespace sangu::imports
