#include "kernel/auth/session.h"

#include "base/log.h"
#include "base/text.h"
#include "base/time_zone.h"
#include "kernel/auth/digest.h"
#include "kernel/auth/random.h"
#include "kernel/auth/runtime.h"
#include "kernel/auth/token.h"
#include "kernel/config/settings.h"
#include "kernel/context.h"

#include <algorithm>

namespace sangu::auth {

namespace {

constexpr int sessions_max = 5;
constexpr std::int64_t minute_ms = 60'000, hour_ms = 60 * minute_ms;
constexpr std::int64_t longest_ms = 48 * hour_ms; // no setting allows a longer session
constexpr std::string_view cookie_name = "sangu_session";

constexpr std::string_view find_session_sql =
    "select a.id, a.name, a.language, a.demo, s.second_factor, c.totp_confirmed, s.last_seen_at, g.role, g.scope"
    " from kernel_session s join kernel_account a on a.id = s.account_id"
    " join kernel_credential c on c.account_id = a.id"
    " left join kernel_role_grant g on g.account_id = a.id and g.valid_from <= ? and (g.valid_to is null or g.valid_to "
    "> ?)"
    " where s.id = ? and s.last_seen_at > ? and s.started_at > ? and a.state = 'active' limit 200";

constexpr std::string_view find_token_sql =
    "select a.id, a.name, a.language, a.demo, t.permissions, t.id, t.last_used_at, g.role, g.scope"
    " from kernel_token t join kernel_account a on a.id = t.account_id"
    " left join kernel_role_grant g on g.account_id = a.id and g.valid_from <= ? and (g.valid_to is null or g.valid_to "
    "> ?)"
    " where t.hash = ? and t.expires_at > ? and a.state = 'active' limit 200";

std::string cut(std::string_view text, std::size_t bytes) {
    return is_valid_utf8(text) ? shorten(text, bytes) : std::string{};
}

// Notes the use of a session or token later and at most once a minute, so that reading a page never waits for a write.
void note_use(Services& services, std::string_view sql, std::string const& id, Instant before, Instant now) {
    if (now.ms - before.ms < minute_ms) return;
    Runtime& runtime = runtime_of(services);
    {
        std::lock_guard const lock{runtime.mutex};
        if (!runtime.touched.insert(id).second) return;
    }
    bool const taken = runtime.background.submit([&runtime, &database = services.database, sql, id, now] {
        try {
            database.write(
                [&](db::Transaction& transaction) { transaction.execute(sql, {to_text(now), id, to_text(now)}); });
        } catch (std::exception const&) { // the next request tries again; the pages of this one were right
        }
        std::lock_guard const lock{runtime.mutex};
        runtime.touched.erase(id);
    });
    if (taken) return;
    std::lock_guard const lock{runtime.mutex};
    runtime.touched.erase(id);
}

void read_account(Actor& actor, std::string& language, db::Row const& row) {
    actor.account_id = row.text(0);
    actor.name = row.text(1);
    language = row.text(2);
    if (!row.is_null(7)) actor.roles.push_back({std::string{row.text(7)}, {std::string{row.text(8)}}});
}

Identity by_session(Context& context, std::string_view cookie) {
    Services& services = context.services;
    config::Settings const& settings = services.settings;
    Instant const now = context.now();
    std::string const today = to_text(context.today()), id = sha256_hex(cookie);
    Instant const idle_limit{now.ms - settings.session_idle_minutes * minute_ms};
    Instant const start_limit{now.ms - std::min(settings.session_hours_max * hour_ms, longest_ms)};
    Identity identity{.csrf_token = csrf_token_for(cookie)};
    bool passed = false, enrolled = false, demo = false;
    Instant seen;
    context.reader().query(find_session_sql, {today, today, id, to_text(idle_limit), to_text(start_limit)},
                           [&](db::Row const& row) {
                               read_account(identity.actor, identity.language, row);
                               demo = row.boolean(3);
                               passed = row.boolean(4);
                               enrolled = row.boolean(5);
                               seen = parse_instant(row.text(6)).value_or(now);
                           });
    if (identity.actor.account_id.empty()) return identity;
    identity.actor.kind = ActorKind::person;
    identity.session_id = id;
    bool const exempt = demo && settings.demo;
    identity.second_factor_due =
        !passed && (enrolled || (!exempt && has_role_of(identity.actor.roles, settings.second_factor_roles)));
    note_use(services, "update kernel_session set last_seen_at = ? where id = ? and last_seen_at < ?", id, seen, now);
    return identity;
}

Identity by_token(Context& context, std::string_view token) {
    Instant const now = context.now();
    std::string const today = to_text(context.today());
    Identity identity;
    std::string permissions, id;
    Instant used;
    context.reader().query(find_token_sql, {today, today, sha256_hex(token), to_text(now)}, [&](db::Row const& row) {
        read_account(identity.actor, identity.language, row);
        permissions = row.text(4);
        id = row.text(5);
        used = row.is_null(6) ? Instant{} : parse_instant(row.text(6)).value_or(now);
    });
    if (identity.actor.account_id.empty()) return {};
    identity.actor.kind = ActorKind::token;
    for (std::string_view const one : split_text(permissions, ' ')) identity.actor.token_permissions.emplace_back(one);
    note_use(context.services,
             "update kernel_token set last_used_at = ? where id = ? and (last_used_at is null or last_used_at < ?)", id,
             used, now);
    return identity;
}

} // namespace

Identity identify(Context& context, http::Request const& request) {
    std::string_view const authorization = request.header("authorization");
    constexpr std::string_view bearer = "Bearer ";
    try {
        if (authorization.starts_with(bearer) && authorization.size() <= 200) {
            std::string_view const token = trim(authorization.substr(bearer.size()));
            if (token.starts_with(token_prefix)) return by_token(context, token);
            return {};
        }
        std::string_view const cookie = request.cookie(cookie_name);
        if (!cookie.empty() && cookie.size() <= 100) return by_session(context, cookie);
    } catch (db::Fault const& fault) {
        context.refresh(); // the next read may be luckier
        log::error("auth.identify_failed", {{"request", request.id}, {"reason", fault.what()}});
    }
    return {.csrf_token = csrf_token_for(request.cookie("sangu_visit"))};
}

NewSession start_session(db::Transaction& transaction, std::string_view account_id, Instant now,
                         std::string_view remote, std::string_view user_agent, std::string_view replaced_session_id) {
    std::string const account{account_id};
    if (!replaced_session_id.empty()) end_session(transaction, replaced_session_id);
    transaction.execute("delete from kernel_session where account_id = ? and id not in"
                        " (select id from kernel_session where account_id = ? order by last_seen_at desc, id limit " +
                            std::to_string(sessions_max - 1) + ")",
                        {account, account});
    std::string cookie = random_token();
    transaction.execute(
        "insert into kernel_session (id, account_id, started_at, last_seen_at, second_factor, remote, user_agent)"
        " values (?, ?, ?, ?, false, ?, ?)",
        {sha256_hex(cookie), account, to_text(now), to_text(now), cut(remote, 64), cut(user_agent, 200)});
    std::string csrf = csrf_token_for(cookie);
    return {std::move(cookie), std::move(csrf)};
}

std::optional<NewSession> rotate_session(db::Transaction& transaction, std::string_view session_id, Instant now,
                                         bool second_factor) {
    std::string cookie = random_token();
    auto const changed = transaction.execute(
        "update kernel_session set id = ?, last_seen_at = ?, second_factor = (second_factor or ?) where id = ?",
        {sha256_hex(cookie), to_text(now), second_factor, std::string{session_id}});
    if (changed == 0) return {};
    std::string csrf = csrf_token_for(cookie);
    return NewSession{std::move(cookie), std::move(csrf)};
}

void end_session(db::Transaction& transaction, std::string_view session_id) {
    transaction.execute("delete from kernel_session where id = ?", {std::string{session_id}});
}

void end_sessions_of(db::Transaction& transaction, std::string_view account_id, std::string_view except) {
    transaction.execute("delete from kernel_session where account_id = ? and id <> ?",
                        {std::string{account_id}, std::string{except}});
}

void forget_old_sessions(db::Transaction& transaction, Instant now) {
    transaction.execute("delete from kernel_session where last_seen_at < ?", {to_text(Instant{now.ms - longest_ms})});
}

std::vector<SessionView> sessions_of(db::Session& session, std::string_view account_id) {
    std::vector<SessionView> result;
    session.query("select id, remote, user_agent, started_at, last_seen_at from kernel_session where account_id = ?"
                  " order by started_at desc limit 20",
                  {std::string{account_id}}, [&](db::Row const& row) {
                      result.push_back({std::string{row.text(0)}, std::string{row.text(1)}, std::string{row.text(2)},
                                        parse_instant(row.text(3)).value_or(Instant{}),
                                        parse_instant(row.text(4)).value_or(Instant{})});
                  });
    return result;
}

std::string session_id_of(http::Request const& request) {
    std::string_view const cookie = request.cookie(cookie_name);
    return cookie.empty() || cookie.size() > 100 ? std::string{} : sha256_hex(cookie);
}

bool is_allowed_before_second_factor(std::string_view path) {
    return path == second_factor_path || path.starts_with(std::string{second_factor_path} + "/") ||
           path == "/sign-out" || path.starts_with("/assets/");
}

std::string csrf_token_for(std::string_view cookie_value) {
    return cookie_value.empty() ? std::string{} : to_base64url(sha256("sangu csrf " + std::string{cookie_value}));
}

bool has_role_of(std::vector<RoleGrant> const& roles, std::string_view comma_separated) {
    for (std::string_view const name : split_text(comma_separated, ','))
        if (std::ranges::any_of(roles, [&](RoleGrant const& grant) { return grant.role == trim(name); })) return true;
    return false;
}

std::string session_cookie(std::string_view value, bool secure) {
    return std::string{cookie_name} + "=" + std::string{value} + "; Path=/; HttpOnly; SameSite=Lax" +
           (secure ? "; Secure" : "");
}

std::string expired_session_cookie() {
    return std::string{cookie_name} + "=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0";
}

} // namespace sangu::auth
