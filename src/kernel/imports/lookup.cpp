#include "kernel/imports/lookup.h"

#include <algorithm>

namespace sangu::imports {

void each_of(db::Session& session, std::string_view select, std::string_view column,
             std::vector<std::string> const& values, FunctionRef<void(db::Row const&)> each) {
    if (values.empty()) return;
    std::string sql{select};
    sql.append(" where ").append(column).append(" in (?");
    for (std::size_t i = 1; i < lookup_marks; ++i) sql += ", ?";
    sql += ')';
    for (std::size_t at = 0; at < values.size(); at += lookup_marks) {
        std::size_t const end = std::min(at + lookup_marks, values.size());
        std::vector<Value> parameters{values.begin() + static_cast<std::ptrdiff_t>(at),
                                      values.begin() + static_cast<std::ptrdiff_t>(end)};
        parameters.resize(lookup_marks, Value{values[at]}); // the same statement for every number of values
        session.query(sql, db::Parameters{parameters}, each);
    }
}

} // namespace sangu::imports
