#include "base/log.h"
#include "base/text.h"
#include "base/time_zone.h"
#include "kernel/auth/account.h"
#include "kernel/auth/password.h"
#include "kernel/auth/random.h"
#include "kernel/auth/sign_in.h"
#include "kernel/config/settings.h"
#include "modules/identity/identity.h"

#include <algorithm>
#include <array>

namespace sangu::identity {

namespace {

struct Prepared {
    NewAccount wish;
    std::string hash;
};

Problem problem_for(std::string_view login, Problem problem) {
    problem.field = std::string{login} + (problem.field.empty() ? "" : "." + problem.field);
    return problem;
}

Result<void> check_roles(Services& services, NewAccount const& wish) {
    auto const known = services.permissions.roles();
    int administrators = 0;
    for (RoleWish const& one : wish.roles) {
        if (std::ranges::find(known, one.role) == known.end())
            return refuse(Problems{problem_for(wish.login, {"role", "identity.role_unknown", {}})});
        administrators += auth::is_administrator_role(one.role);
    }
    if (administrators > 1) return refuse(Problems{problem_for(wish.login, {"role", "auth.role.separated", {}})});
    return {};
}

// Hashing takes 50 ms each and happens before the writer is asked.
Result<Prepared> prepare(Services& services, NewAccount const& wish) {
    Prepared one{wish, {}};
    one.wish.login = TRY(auth::checked_login(wish.login));
    if (trim(one.wish.name).empty()) one.wish.name = one.wish.login;
    TRY_VOID(check_roles(services, wish));
    auto problems = auth::check_password(wish.password, one.wish.login, services.settings.password_length_min);
    for (Problem& problem : problems) problem = problem_for(wish.login, std::move(problem));
    if (!problems.empty()) return refuse(std::move(problems));
    one.hash = auth::hash_password_now(wish.password);
    return one;
}

Result<void> store(db::Transaction& transaction, Prepared const& one, Instant now, bool demo) {
    auto account = auth::find_account_by_login(transaction, one.wish.login);
    if (account && !(demo && account->demo)) return refuse(Problems{{one.wish.login, "identity.login_taken", {}}});
    if (!account) account = auth::create_account(transaction, one.wish.login, one.wish.name, now, demo);
    auth::set_password_hash(transaction, account->id.text, one.hash, now);
    audit::append(transaction, auth::system_actor(), now, "", "",
                  {.action = "identity.account_created",
                   .object_kind = "kernel.account",
                   .object_id = account->id.text,
                   .scope = "zone",
                   .comment = one.wish.login});
    auto const held = auth::grants_of(transaction, account->id.text);
    for (RoleWish const& role : one.wish.roles) {
        if (std::ranges::any_of(
                held, [&](auth::Grant const& has) { return has.role == role.role && has.scope == role.scope; }))
            continue;
        TRY(auth::grant_role(transaction, {.account_id = account->id,
                                           .role = role.role,
                                           .scope = role.scope,
                                           .valid_from = local_date(now),
                                           .granted_by = "system",
                                           .granted_at = now}));
        audit::append(transaction, auth::system_actor(), now, "", "",
                      {.action = "identity.role_granted",
                       .object_kind = "kernel.account",
                       .object_id = account->id.text,
                       .scope = role.scope,
                       .comment = role.role + "@" + role.scope});
    }
    return {};
}

Result<void> create_all(Services& services, std::vector<NewAccount> const& accounts, bool demo) {
    std::vector<Prepared> prepared;
    for (NewAccount const& wish : accounts) prepared.push_back(TRY(prepare(services, wish)));
    auto const done = db::transact<bool>(services.database, [&](db::Transaction& transaction) -> Result<bool> {
        for (Prepared const& one : prepared) TRY_VOID(store(transaction, one, services.clock.now(), demo));
        return true;
    });
    if (!done) return tl::make_unexpected(done.error());
    services.note_commit();
    return {};
}

struct DemoWish {
    std::string_view login, name, role, scope;
};
constexpr std::array<DemoWish, 11> demo_wishes{{
    {"demo.system", "系统管理员（演示）", "system_administrator", "zone"},
    {"demo.security", "安全管理员（演示）", "security_administrator", "zone"},
    {"demo.audit", "审计管理员（演示）", "audit_administrator", "zone"},
    {"demo.zone", "何岚（演示）", "zone_officer", "zone"},
    {"demo.leader", "罗正（演示）", "zone_leader", "zone"},
    {"demo.changsha", "陈静（演示）", "city_officer", "zone/changsha"},
    {"demo.zhuzhou", "刘洋（演示）", "city_officer", "zone/zhuzhou"},
    {"demo.xiangtan", "周敏（演示）", "city_officer", "zone/xiangtan"},
    {"demo.park", "谭伟（演示）", "park_officer", "zone/changsha/changsha_htz"},
    {"demo.unit", "彭涛（演示）", "unit_officer", "zone"},
    {"demo.member", "赵强（演示）", "", ""}, // an account without a role
}};

Result<auth::Account> by_login(db::Session& session, std::string_view login) {
    auto account = auth::find_account_by_login(session, login);
    if (!account) return refuse(Refusal::not_found, "error.not_found");
    return std::move(*account);
}

} // namespace

Result<RoleWish> parse_role(std::string_view text) {
    auto const at = text.find('@');
    RoleWish wish{std::string{trim(text.substr(0, at))},
                  at == std::string_view::npos ? "zone" : std::string{trim(text.substr(at + 1))}};
    if (wish.role.empty() || wish.scope.empty()) return refuse(Problems{{"role", "identity.role_unknown", {}}});
    return wish;
}

bool needs_first_administrators(Services& services) {
    auto const reader = services.database.read();
    return reader
               ->integer("select count(distinct role) from kernel_role_grant where role in"
                         " ('system_administrator', 'security_administrator', 'audit_administrator')")
               .value_or(0) < 3;
}

Result<void> create_first_administrators(Services& services, std::vector<NewAccount> const& accounts) {
    return create_all(services, accounts, false);
}

Result<std::vector<DemoAccount>> create_demo_accounts(Services& services) {
    if (!services.settings.demo) return refuse(Refusal::forbidden, "identity.demo_only");
    auto const roles = services.permissions.roles();
    std::vector<NewAccount> wishes;
    std::vector<DemoAccount> made;
    for (DemoWish const& one : demo_wishes) {
        bool const has_role = !one.role.empty();
        if (has_role && std::ranges::find(roles, one.role) == roles.end()) continue; // its module is left out
        std::string const password = auth::random_code(4);
        wishes.push_back({std::string{one.login}, std::string{one.name}, password, {}});
        made.push_back({std::string{one.login}, password, {}});
        if (!has_role) continue;
        wishes.back().roles = {{std::string{one.role}, std::string{one.scope}}};
        made.back().roles = {std::string{one.role} + "@" + std::string{one.scope}};
    }
    TRY_VOID(create_all(services, wishes, true));
    return made;
}

Result<std::string> issue_code_by_system(Services& services, std::string_view login) {
    return db::transact<std::string>(services.database, [&](db::Transaction& transaction) -> Result<std::string> {
        auto const account = TRY(by_login(transaction, login));
        auth::end_sessions_of(transaction, account.id.text);
        audit::append(transaction, auth::system_actor(), services.clock.now(), "", "",
                      {.action = "identity.password_reset",
                       .object_kind = "kernel.account",
                       .object_id = account.id.text,
                       .scope = "zone"});
        return auth::issue_code(transaction, account.id.text, services.clock.now());
    });
}

Result<void> reset_second_factor_by_system(Services& services, std::string_view login) {
    auto const done = db::transact<bool>(services.database, [&](db::Transaction& transaction) -> Result<bool> {
        auto const account = TRY(by_login(transaction, login));
        auth::reset_second_factor(transaction, account.id.text);
        audit::append(transaction, auth::system_actor(), services.clock.now(), "", "",
                      {.action = "identity.second_factor_reset",
                       .object_kind = "kernel.account",
                       .object_id = account.id.text,
                       .scope = "zone"});
        return true;
    });
    if (!done) return tl::make_unexpected(done.error());
    return {};
}

} // namespace sangu::identity
