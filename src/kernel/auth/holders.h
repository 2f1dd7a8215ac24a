#pragma once

// Which accounts may do something: for notices and lists of persons in charge, never for checking a permission.

#include "base/time.h"
#include "kernel/auth/actor.h"
#include "kernel/db/db.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::auth {

inline constexpr int holders_max = 500;

// The active accounts whose roles on that day carry `permission` in a scope that covers `scope`, at most holders_max;
// none for permissions that everybody has.
std::vector<std::string> holders_of(db::Session& session, PermissionTable const& table, std::string_view permission,
                                    std::string_view scope, Date day);
// Likewise those who hold this very role in this very scope ("unit_officer" in "org/<id>").
std::vector<std::string> holders_of_role(db::Session& session, std::string_view role, std::string_view scope, Date day);
bool is_active(db::Session& session, std::string_view account_id);
// Who acts when something is done later on behalf of an account: with the roles of that day. Nothing for accounts that
// are suspended or gone.
std::optional<Actor> actor_of(db::Session& session, std::string_view account_id, Date day);

} // namespace sangu::auth
