#pragma once

// Who acts, in which roles, where. Everything is denied unless a role of the actor carries the permission
// within a scope that covers the object's scope.

#include "base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::auth {

// A place in the zone as a path: "zone", "zone/changsha", "zone/changsha/changsha_htz", "org/<id>".
// A role in "zone" holds everywhere, a role in "zone/changsha" in the city and its parks.
struct Scope {
    std::string path;

    // True when a role in this scope also holds in `other`.
    bool covers(std::string_view other) const {
        return path == "zone" || path == other ||
               (other.starts_with(path) && other.size() > path.size() && other[path.size()] == '/');
    }
    friend auto operator<=>(Scope const&, Scope const&) = default;
};

// True when one of the scopes covers `other`.
bool covers(std::span<Scope const> scopes, std::string_view other);

// A role is a named set of permissions; the sets are in kernel/auth/permissions.h, assembled from the modules.
struct RoleGrant {
    std::string role; // "zone_officer"
    Scope scope;
};

enum class ActorKind : std::uint8_t { anonymous, person, token, system };

struct Actor {
    ActorKind kind = ActorKind::anonymous;
    std::string account_id; // empty for anonymous; "system" for timers and the command line
    std::string name;       // shown in audit and pages
    std::vector<RoleGrant> roles;
    std::vector<std::string> token_permissions; // kind == token: what the token may do at most

    bool signed_in() const { return kind == ActorKind::person || kind == ActorKind::token; }
};

Actor anonymous();
Actor system_actor();

// A permission by name, "plan.target.edit". Declared by modules with the roles that have it by default.
struct Permission {
    std::string_view name;
    std::span<std::string_view const> roles; // default roles; "public": everyone; "signed_in": any account
};

// The table of all permissions, built once at start from the modules.
class PermissionTable {
public:
    void add(std::span<Permission const> permissions);
    // True when `actor` has `permission` for an object in `scope`; unknown permissions are denied. "own" holds for the
    // person whose account the scope names: "account/<id>".
    bool allows(Actor const& actor, std::string_view permission, std::string_view scope = "zone") const;
    // True when the actor has the permission in at least one scope.
    bool allows_somewhere(Actor const& actor, std::string_view permission) const;
    // The scopes in which the actor has the permission; {"zone"} for everywhere.
    std::vector<Scope> scopes_of(Actor const& actor, std::string_view permission) const;
    std::span<Permission const> all() const { return permissions_; }
    std::vector<std::string_view> roles() const; // every role named by a permission, sorted

private:
    Permission const* find(std::string_view name) const;
    std::vector<Permission> permissions_; // sorted by name
};

} // namespace sangu::auth
