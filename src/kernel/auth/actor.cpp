#include "kernel/auth/actor.h"

#include <algorithm>
#include <stdexcept>

namespace sangu::auth {

namespace {

// "public" and "signed_in" are roles that nobody is granted: they hold by being anybody, or having an account.
bool holds_by_itself(std::string_view role, Actor const& actor) {
    return role == "public" || (role == "signed_in" && actor.signed_in());
}

bool carries(Permission const& permission, RoleGrant const& grant) {
    return std::ranges::find(permission.roles, grant.role) != permission.roles.end();
}

// A token narrows what its account may do; it never adds anything.
bool token_permits(Actor const& actor, std::string_view permission) {
    return actor.kind != ActorKind::token ||
           std::ranges::find(actor.token_permissions, permission) != actor.token_permissions.end();
}

// True when no grant is needed, so that the scope does not matter.
bool held_by_everyone(Permission const& permission, Actor const& actor) {
    bool const held =
        std::ranges::any_of(permission.roles, [&](std::string_view role) { return holds_by_itself(role, actor); });
    bool const is_public = std::ranges::find(permission.roles, "public") != permission.roles.end();
    return held && (is_public || token_permits(actor, permission.name));
}

} // namespace

bool covers(std::span<Scope const> scopes, std::string_view other) {
    return std::ranges::any_of(scopes, [&](Scope const& one) { return one.covers(other); });
}

Actor anonymous() { return {}; }

Actor system_actor() { return {.kind = ActorKind::system, .account_id = "system", .name = "system"}; }

void PermissionTable::add(std::span<Permission const> permissions) {
    for (Permission const& one : permissions) {
        auto const place = std::ranges::lower_bound(permissions_, one.name, {}, &Permission::name);
        if (place != permissions_.end() && place->name == one.name)
            throw std::logic_error{"permission " + std::string{one.name} + " is declared twice"};
        permissions_.insert(place, one);
    }
}

Permission const* PermissionTable::find(std::string_view name) const {
    auto const place = std::ranges::lower_bound(permissions_, name, {}, &Permission::name);
    return place != permissions_.end() && place->name == name ? &*place : nullptr;
}

bool PermissionTable::allows(Actor const& actor, std::string_view permission, std::string_view scope) const {
    if (holds_by_itself(permission, actor)) return true;
    if (permission == "own") return actor.kind == ActorKind::person && scope == "account/" + actor.account_id;
    Permission const* known = find(permission);
    if (!known) return false;
    if (actor.kind == ActorKind::system || held_by_everyone(*known, actor)) return true;
    return token_permits(actor, permission) && std::ranges::any_of(actor.roles, [&](RoleGrant const& grant) {
               return carries(*known, grant) && grant.scope.covers(scope);
           });
}

bool PermissionTable::allows_somewhere(Actor const& actor, std::string_view permission) const {
    if (holds_by_itself(permission, actor)) return true;
    Permission const* known = find(permission);
    if (!known) return false;
    if (actor.kind == ActorKind::system || held_by_everyone(*known, actor)) return true;
    return token_permits(actor, permission) &&
           std::ranges::any_of(actor.roles, [&](RoleGrant const& grant) { return carries(*known, grant); });
}

std::vector<Scope> PermissionTable::scopes_of(Actor const& actor, std::string_view permission) const {
    if (holds_by_itself(permission, actor)) return {{"zone"}};
    Permission const* known = find(permission);
    if (!known) return {};
    if (actor.kind == ActorKind::system || held_by_everyone(*known, actor)) return {{"zone"}};
    std::vector<Scope> scopes;
    if (!token_permits(actor, permission)) return scopes;
    for (RoleGrant const& grant : actor.roles)
        if (carries(*known, grant)) scopes.push_back(grant.scope);
    std::ranges::sort(scopes);
    scopes.erase(std::unique(scopes.begin(), scopes.end()), scopes.end());
    auto const is_covered = [&](Scope const& one) {
        return std::ranges::any_of(scopes, [&](Scope const& other) { return other != one && other.covers(one.path); });
    };
    std::vector<Scope> widest;
    std::ranges::copy_if(scopes, std::back_inserter(widest), [&](Scope const& one) { return !is_covered(one); });
    return widest;
}

std::vector<std::string_view> PermissionTable::roles() const {
    std::vector<std::string_view> names;
    for (Permission const& permission : permissions_)
        for (std::string_view role : permission.roles)
            if (role != "public" && role != "signed_in") names.push_back(role);
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

} // namespace sangu::auth
