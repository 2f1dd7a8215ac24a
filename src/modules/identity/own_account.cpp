#include "base/text.h"
#include "kernel/audit/search.h"
#include "kernel/auth/session.h"
#include "kernel/entity/store.h"
#include "kernel/json/json.h"
#include "modules/identity/service.h"
#include "modules/registry/registry.h"

#include <algorithm>

namespace sangu::identity {

namespace {

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;
constexpr int audit_lines_max = 1000;

void write_sessions(json::Writer& writer, std::vector<auth::SessionView> const& sessions) {
    writer.key("sessions").begin_array();
    for (auth::SessionView const& one : sessions)
        writer.begin_object()
            .member("started_at", to_text(one.started_at))
            .member("last_seen_at", to_text(one.last_seen_at))
            .member("remote", one.remote)
            .member("user_agent", one.user_agent)
            .end_object();
    writer.end_array();
}

void write_tokens(json::Writer& writer, std::vector<auth::TokenView> const& tokens) {
    writer.key("tokens").begin_array();
    for (auth::TokenView const& one : tokens)
        writer.begin_object()
            .member("name", one.name)
            .member("permissions", join(one.permissions, " "))
            .member("created_at", to_text(one.created_at))
            .member("expires_at", to_text(one.expires_at))
            .end_object();
    writer.end_array();
}

void write_grants(json::Writer& writer, std::vector<auth::Grant> const& grants) {
    writer.key("roles").begin_array();
    for (auth::Grant const& one : grants) writer.raw(entity::to_json(one));
    writer.end_array();
}

} // namespace

Result<void> save_profile(Context& context, std::string_view name, std::string_view language) {
    std::string const wanted{trim(name)};
    if (wanted.empty()) return refuse(Problems{{"name", "error.required", {}}});
    if (count_characters(wanted) > 60) return refuse(Problems{{"name", "error.too_long", {"60"}}});
    std::string const tag{i18n::tag_of(i18n::language_of(language, i18n::Language::zh_hans))};
    auto const done = context.change<bool>([&](Change& change) -> Result<bool> {
        auto const before = auth::find_account(change.transaction(), context.actor.account_id);
        if (!before) return refuse(Refusal::not_found, "error.not_found");
        auto after = *before;
        after.name = wanted;
        after.language = tag;
        TRY_VOID(change.save(*before, after, "identity.profile_saved"));
        return true;
    });
    if (!done) return tl::make_unexpected(done.error());
    return {};
}

Result<void> end_own_session(Context& context, std::string_view session_id) {
    auto const done = context.change<bool>([&](Change& change) -> Result<bool> {
        auto const own = auth::sessions_of(change.transaction(), context.actor.account_id);
        if (std::ranges::none_of(own, [&](auth::SessionView const& one) { return one.id == session_id; }))
            return refuse(Refusal::not_found, "error.not_found");
        auth::end_session(change.transaction(), session_id);
        change.audit(
            {.action = "auth.session_ended", .object_kind = "kernel.account", .object_id = context.actor.account_id});
        return true;
    });
    if (!done) return tl::make_unexpected(done.error());
    return {};
}

Result<auth::NewToken> create_own_token(Context& context, TokenRequest const& request) {
    if (context.actor.kind != auth::ActorKind::person) return refuse(Refusal::forbidden, "error.forbidden");
    std::string const name{trim(request.name)};
    if (name.empty()) return refuse(Problems{{"token_name", "error.required", {}}});
    if (count_characters(name) > 60) return refuse(Problems{{"token_name", "error.too_long", {"60"}}});
    if (request.days < 1 || request.days > 366) return refuse(Problems{{"days", "identity.token_days", {}}});
    if (request.permissions.empty()) return refuse(Problems{{"permissions", "identity.token_permissions", {}}});
    for (std::string const& one : request.permissions)
        if (!context.services.permissions.allows_somewhere(context.actor, one))
            return refuse(Problems{{"permissions", "identity.token_permissions", {}}});
    return context.change<auth::NewToken>([&](Change& change) -> Result<auth::NewToken> {
        auto made = TRY(auth::create_token(change.transaction(), context.actor.account_id, name, request.permissions,
                                           context.now(), {context.now().ms + request.days * day_ms}));
        change.audit({.action = "identity.token_created",
                      .object_kind = "kernel.account",
                      .object_id = context.actor.account_id,
                      .comment = name});
        return made;
    });
}

Result<void> revoke_own_token(Context& context, std::string_view token_id) {
    auto const done = context.change<bool>([&](Change& change) -> Result<bool> {
        if (!auth::revoke_token(change.transaction(), context.actor.account_id, token_id))
            return refuse(Refusal::not_found, "error.not_found");
        change.audit({.action = "identity.token_revoked",
                      .object_kind = "kernel.account",
                      .object_id = context.actor.account_id});
        return true;
    });
    if (!done) return tl::make_unexpected(done.error());
    return {};
}

std::string own_data(Context& context) {
    db::Session& session = context.reader();
    std::string const& id = context.actor.account_id;
    std::string text;
    json::Writer writer{text};
    writer.begin_object().member("exported_at", to_text(context.now()));
    if (auto const account = auth::find_account(session, id)) writer.key("account").raw(entity::to_json(*account));
    write_grants(writer, auth::grants_of(session, id));
    write_sessions(writer, auth::sessions_of(session, id));
    write_tokens(writer, auth::tokens_of(session, id));
    writer.key("organisations").begin_array();
    for (registry::OrganisationCard const& one : registry::organisations_of(session, id, context.today()))
        writer.value(one.name);
    writer.end_array().key("acts").begin_array();
    for (audit::Record const& one : audit::search(session, {.actor_id = id}, audit_lines_max))
        writer.begin_object()
            .member("at", to_text(one.at))
            .member("action", one.action)
            .member("object_kind", one.object_kind)
            .member("object_id", one.object_id)
            .member("remote", one.remote)
            .end_object();
    writer.end_array().end_object();
    return text;
}

} // namespace sangu::identity
