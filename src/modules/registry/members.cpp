#include "modules/registry/registry.h"

namespace sangu::registry {

std::vector<std::string> members_of(db::Session& session, std::string_view organisation_id, Date day) {
    std::vector<std::string> accounts;
    session.query("select distinct account_id from registry_membership where organisation_id = ? and since <= ? "
                  "and (until is null or until > ?) order by account_id limit 500",
                  {std::string{organisation_id}, to_text(day), to_text(day)},
                  [&](db::Row const& row) { accounts.emplace_back(row.text(0)); });
    return accounts;
}

} // namespace sangu::registry
