#include "kernel/auth/holders.h"

#include <algorithm>

namespace sangu::auth {

namespace {

// "zone/changsha/changsha_htz" → itself, "zone/changsha", "zone": where a role covers it.
std::vector<std::string> covering(std::string_view scope) {
    std::vector<std::string> paths;
    for (std::string_view rest = scope; !rest.empty();
         rest = rest.substr(0, rest.find_last_of('/') == std::string_view::npos ? 0 : rest.find_last_of('/')))
        paths.emplace_back(rest);
    if (std::ranges::find(paths, "zone") == paths.end()) paths.emplace_back("zone");
    return paths;
}

std::string marks(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += i == 0 ? "?" : ", ?";
    return text;
}

std::vector<std::string> holders(db::Session& session, std::vector<std::string> const& roles,
                                 std::vector<std::string> const& scopes, Date day) {
    std::vector<std::string> accounts;
    if (roles.empty()) return accounts;
    std::vector<Value> parameters;
    std::ranges::copy(roles, std::back_inserter(parameters));
    std::ranges::copy(scopes, std::back_inserter(parameters));
    for (Value const& value : {Value{to_text(day)}, Value{to_text(day)}, Value{std::int64_t{holders_max}}})
        parameters.push_back(value);
    std::string const sql = "select distinct g.account_id from kernel_role_grant g join kernel_account a on a.id = "
                            "g.account_id where a.state = 'active' and g.role in (" +
                            marks(roles.size()) + ") and g.scope in (" + marks(scopes.size()) +
                            ") and g.valid_from <= ? and (g.valid_to is null or g.valid_to > ?) "
                            "order by g.account_id limit ?";
    session.query(sql, db::Parameters{parameters}, [&](db::Row const& row) { accounts.emplace_back(row.text(0)); });
    return accounts;
}

} // namespace

std::vector<std::string> holders_of(db::Session& session, PermissionTable const& table, std::string_view permission,
                                    std::string_view scope, Date day) {
    auto const all = table.all();
    auto const known = std::ranges::find(all, permission, &Permission::name);
    if (known == all.end()) return {};
    std::vector<std::string> roles;
    for (std::string_view const role : known->roles)
        if (role != "public" && role != "signed_in") roles.emplace_back(role);
    return holders(session, roles, covering(scope), day);
}

std::vector<std::string> holders_of_role(db::Session& session, std::string_view role, std::string_view scope,
                                         Date day) {
    return holders(session, {std::string{role}}, {std::string{scope}}, day);
}

bool is_active(db::Session& session, std::string_view account_id) {
    return session.exists("select 1 from kernel_account where id = ? and state = 'active'", {std::string{account_id}});
}

std::optional<Actor> actor_of(db::Session& session, std::string_view account_id, Date day) {
    std::optional<Actor> actor;
    session.query(
        "select a.name, g.role, g.scope from kernel_account a left join kernel_role_grant g on g.account_id = "
        "a.id and g.valid_from <= ? and (g.valid_to is null or g.valid_to > ?) where a.id = ? and a.state = "
        "'active'",
        {to_text(day), to_text(day), std::string{account_id}}, [&](db::Row const& row) {
            if (!actor)
                actor = Actor{
                    .kind = ActorKind::person, .account_id = std::string{account_id}, .name = std::string{row.text(0)}};
            if (!row.is_null(1)) actor->roles.push_back({std::string{row.text(1)}, {std::string{row.text(2)}}});
        });
    return actor;
}

} // namespace sangu::auth
