#include "modules/identity/service.h"

#include "base/text.h"
#include "kernel/auth/sign_in.h"
#include "kernel/entity/store.h"
#include "modules/registry/registry.h"

#include <algorithm>

namespace sangu::identity {

namespace {

constexpr std::string_view account_kind = "kernel.account";

Result<auth::Account> other_account(Context& context, db::Session& session, std::string_view account_id) {
    if (account_id == context.actor.account_id) return refuse(Refusal::forbidden, "identity.not_yourself");
    auto account = auth::find_account(session, account_id);
    if (!account) return refuse(Refusal::not_found, "error.not_found");
    return std::move(*account);
}

Result<std::string> checked_name(std::string_view typed) {
    std::string name{trim(typed)};
    if (name.empty()) return refuse(Problems{{"name", "error.required", {}}});
    if (count_characters(name) > 60) return refuse(Problems{{"name", "error.too_long", {"60"}}});
    return name;
}

Result<std::optional<Date>> typed_date(std::string_view field, std::string_view typed) {
    if (trim(typed).empty()) return std::optional<Date>{};
    if (auto const date = parse_date(trim(typed))) return date;
    return refuse(Problems{{std::string{field}, "error.not_a_date", {}}});
}

} // namespace

std::string role_name(Context const& context, std::string_view role) {
    std::string const key = "role." + std::string{role};
    return i18n::has_message(context.language, key) ? std::string{context.t(key)} : std::string{role};
}

std::vector<std::string_view> grantable_roles(Context const& context) { return context.services.permissions.roles(); }

Result<WithCode> create_account(Context& context, std::string_view login, std::string_view name) {
    TRY_VOID(context.require("identity.account.edit"));
    std::string const wanted = TRY(auth::checked_login(login))
    , shown = TRY(checked_name(name));
    return context.change<WithCode>([&](Change& change) -> Result<WithCode> {
        if (auth::find_account_by_login(change.transaction(), wanted))
            return refuse(Problems{{"login", "identity.login_taken", {}}});
        WithCode made;
        made.account = auth::create_account(change.transaction(), wanted, shown, context.now());
        made.code = auth::issue_code(change.transaction(), made.account.id.text, context.now());
        change.audit({.action = "identity.account_created",
                      .object_kind = account_kind,
                      .object_id = made.account.id.text,
                      .comment = wanted});
        return made;
    });
}

Result<WithCode> reset_password(Context& context, std::string_view account_id) {
    TRY_VOID(context.require("identity.account.edit"));
    return context.change<WithCode>([&](Change& change) -> Result<WithCode> {
        auto account = TRY(other_account(context, change.transaction(), account_id));
        // The old password ends now: it may be the reason for the reset.
        auth::set_password_hash(change.transaction(), account_id, "", context.now());
        auth::end_sessions_of(change.transaction(), account_id);
        std::string code = auth::issue_code(change.transaction(), account_id, context.now());
        change.audit({.action = "identity.password_reset", .object_kind = account_kind, .object_id = account_id});
        return WithCode{std::move(account), std::move(code)};
    });
}

Result<void> set_state(Context& context, std::string_view account_id, auth::AccountState state) {
    TRY_VOID(context.require("identity.account.edit"));
    auto const done = context.change<bool>([&](Change& change) -> Result<bool> {
        auto const before = TRY(other_account(context, change.transaction(), account_id));
        auto after = before;
        after.state = state;
        if (state == auth::AccountState::suspended) auth::shut_out(change.transaction(), account_id);
        TRY_VOID(change.save(before, after,
                             state == auth::AccountState::suspended ? "identity.account_suspended"
                                                                    : "identity.account_restored"));
        return true;
    });
    if (!done) return tl::make_unexpected(done.error());
    return {};
}

Result<void> reset_second_factor(Context& context, std::string_view account_id) {
    TRY_VOID(context.require("identity.second_factor.reset"));
    auto const done = context.change<bool>([&](Change& change) -> Result<bool> {
        TRY(other_account(context, change.transaction(), account_id));
        auth::reset_second_factor(change.transaction(), account_id);
        change.audit({.action = "identity.second_factor_reset", .object_kind = account_kind, .object_id = account_id});
        return true;
    });
    if (!done) return tl::make_unexpected(done.error());
    return {};
}

Result<void> grant(Context& context, GrantRequest const& request) {
    TRY_VOID(context.require("identity.role.edit"));
    auto const roles = grantable_roles(context);
    if (std::ranges::find(roles, request.role) == roles.end())
        return refuse(Problems{{"role", "identity.role_unknown", {}}});
    auto const places = registry::places(context.reader());
    if (!registry::find_place_by_path(places, request.scope))
        return refuse(Problems{{"scope", "identity.scope_unknown", {}}});
    if (auth::is_administrator_role(request.role) && request.scope != "zone")
        return refuse(Problems{{"scope", "identity.administrator_scope", {}}});
    auto const from = TRY(typed_date("valid_from", request.valid_from))
    , to = TRY(typed_date("valid_to", request.valid_to));
    auth::Grant wanted{.account_id = {request.account_id},
                       .role = request.role,
                       .scope = request.scope,
                       .valid_from = from.value_or(context.today()),
                       .valid_to = to,
                       .granted_by = context.actor.account_id,
                       .granted_at = context.now()};
    if (wanted.valid_to && *wanted.valid_to <= wanted.valid_from)
        return refuse(Problems{{"valid_to", "identity.grant_dates", {}}});
    auto const done = context.change<bool>([&](Change& change) -> Result<bool> {
        TRY(other_account(context, change.transaction(), request.account_id));
        auto const granted = TRY(auth::grant_role(change.transaction(), wanted));
        change.audit({.action = "identity.role_granted",
                      .object_kind = account_kind,
                      .object_id = request.account_id,
                      .scope = request.scope,
                      .comment = granted.role + "@" + granted.scope});
        return true;
    });
    if (!done) return tl::make_unexpected(done.error());
    return {};
}

Result<void> revoke(Context& context, std::string_view account_id, std::string_view grant_id) {
    TRY_VOID(context.require("identity.role.edit"));
    auto const done = context.change<bool>([&](Change& change) -> Result<bool> {
        TRY(other_account(context, change.transaction(), account_id));
        auto const grants = auth::grants_of(change.transaction(), account_id);
        auto const held = std::ranges::find_if(grants, [&](auth::Grant const& one) { return one.id.text == grant_id; });
        if (held == grants.end()) return refuse(Refusal::not_found, "error.not_found");
        auth::revoke_role(change.transaction(), *held);
        change.audit({.action = "identity.role_revoked",
                      .object_kind = account_kind,
                      .object_id = account_id,
                      .scope = held->scope,
                      .comment = held->role + "@" + held->scope});
        return true;
    });
    if (!done) return tl::make_unexpected(done.error());
    return {};
}

} // namespace sangu::identity
