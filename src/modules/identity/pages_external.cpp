#include "kernel/auth/digest.h"
#include "kernel/auth/external.h"
#include "kernel/auth/runtime.h"
#include "kernel/auth/sign_in.h"
#include "kernel/config/settings.h"
#include "modules/identity/pages.h"
#include "modules/identity/parts.h"

namespace sangu::identity {

using namespace html;

namespace {

constexpr std::string_view state_cookie = "sangu_oidc";

std::string cookie_text(std::string_view value, bool secure, int seconds) {
    return std::string{state_cookie} + "=" + std::string{value} +
           "; Path=/sign-in/oidc; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(seconds) +
           (secure ? "; Secure" : "");
}

struct Departure {
    std::string address, cookie;
};
// The state is kept in the database and, to tie it to this browser, in a cookie.
Result<Departure> leave(Context& context, http::Request const& request, std::string account_id) {
    auth::ExternalSignIn const one{auth::oidc::new_secrets(), next_of(request), std::move(account_id)};
    auto address = TRY(auth::runtime_of(context.services)
                           .oidc.authorization_address(context.services.settings, one.secrets, context.now()));
    context.services.database.write(
        [&](db::Transaction& transaction) { auth::remember(transaction, one, context.now()); });
    return Departure{std::move(address), cookie_text(one.secrets.state, request.secure, 600)};
}

// A link and not a form: the content policy lets forms go to this server only, redirects included.
http::Reply leave_page(Context& context, http::Request& request) {
    auto const departure = leave(context, request, "");
    if (!departure) return refusal(context, request, departure.error());
    return http::see_other(departure->address).header("Set-Cookie", departure->cookie);
}

// Linking begins with a form of our own, so that nobody else can begin it: who is signed in at the provider under
// another's name would otherwise give that identity the keys to this account.
http::Reply link_post(Context& context, http::Request& request) {
    auto const departure = leave(context, request, context.actor.account_id);
    if (!departure) return refusal(context, request, departure.error());
    Page const page{.title = std::string{context.t("identity.account.external")}};
    auto reply = render(context, page, [&](Out& out) {
        out << p(context.t("identity.account.external_leave"));
        out << p(a(cls("button primary"), href(Url::external(departure->address)),
                   context.t("identity.account.external_go")));
    });
    reply.header("Set-Cookie", departure->cookie);
    return reply;
}

Result<http::Reply> come_back(Context& context, http::Request const& request) {
    std::string_view const state = request.query_value("state").value_or(""),
                           code = request.query_value("code").value_or("");
    if (state.empty() || code.empty() || code.size() > 2000 ||
        !auth::equal_in_constant_time(state, request.cookie(state_cookie)))
        return refuse(Refusal::unauthenticated, "auth.oidc.bad_token");
    std::optional<auth::ExternalSignIn> one;
    context.services.database.write(
        [&](db::Transaction& transaction) { one = auth::take_remembered(transaction, state, context.now()); });
    if (!one) return refuse(Refusal::unauthenticated, "auth.oidc.bad_token");
    auto const claims = TRY(
        auth::runtime_of(context.services).oidc.redeem(context.services.settings, code, one->secrets, context.now()));
    if (!one->account_id.empty()) {
        if (one->account_id != context.actor.account_id) return refuse(Refusal::forbidden, "error.forbidden");
        auto const linked = context.change<bool>([&](Change& change) -> Result<bool> {
            TRY_VOID(auth::link_external(change.transaction(), one->account_id, claims.issuer, claims.subject,
                                         context.now()));
            change.audit(
                {.action = "auth.external_linked", .object_kind = "kernel.account", .object_id = one->account_id});
            return true;
        });
        if (!linked) return tl::make_unexpected(linked.error());
        return http::see_other("/account?done=done.saved");
    }
    auto const entered = TRY(auth::sign_in_external(context.services,
                                                    {.remote = request.remote,
                                                     .user_agent = std::string{request.header("user-agent")},
                                                     .request_id = context.request_id,
                                                     .replaced_session_id = auth::session_id_of(request)},
                                                    claims.issuer, claims.subject));
    return http::see_other(one->return_to)
        .header("Set-Cookie", auth::session_cookie(entered.session.cookie_value, request.secure));
}

http::Reply callback(Context& context, http::Request& request) {
    auto reply = come_back(context, request);
    http::Reply answer = reply ? std::move(*reply) : refusal(context, request, reply.error());
    answer.header("Set-Cookie", cookie_text("", request.secure, 0));
    return answer;
}

http::Reply unlink_post(Context& context, http::Request& request) {
    auto const done = context.change<bool>([&](Change& change) -> Result<bool> {
        auth::unlink_external(change.transaction(), context.actor.account_id, context.services.settings.oidc_issuer);
        change.audit({.action = "auth.external_unlinked",
                      .object_kind = "kernel.account",
                      .object_id = context.actor.account_id});
        return true;
    });
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/account?done=done.saved");
}

} // namespace

std::vector<http::Route> external_routes() {
    using enum http::Method;
    std::vector<http::Route> routes =
        for_people({{post, "/account/external/link", "signed_in", link_post, http::Body::form},
                    {post, "/account/external/unlink", "signed_in", unlink_post, http::Body::form}});
    routes.push_back({get, "/sign-in/oidc", "public", leave_page});
    routes.push_back({get, "/sign-in/oidc/callback", "public", callback});
    return routes;
}

} // namespace sangu::identity
