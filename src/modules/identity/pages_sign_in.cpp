#include "kernel/auth/sign_in.h"
#include "kernel/config/settings.h"
#include "modules/identity/pages.h"
#include "modules/identity/parts.h"

namespace sangu::identity {

using namespace html;

namespace {

auth::Attempt attempt_of(Context const& context, http::Request const& request, std::string_view secret_field) {
    return {.login = text_of(request, "login"),
            .password = text_of(request, secret_field),
            .remote = request.remote,
            .user_agent = std::string{request.header("user-agent")},
            .request_id = context.request_id,
            .replaced_session_id = auth::session_id_of(request)};
}

void external_button(Out& out, Context const& context, std::string_view next) {
    auto const& settings = context.services.settings;
    if (settings.oidc_issuer.empty()) return;
    std::string const label_text =
        settings.oidc_label.empty() ? std::string{context.t("identity.sign_in.external")} : settings.oidc_label;
    out << p(a(cls("button"), href(Url{"/sign-in/oidc"}.query("next", next)), label_text));
}

http::Reply sign_in_form(Context const& context, std::string_view login, std::string_view next, Error const* error) {
    Page const page{.title = std::string{context.t("identity.sign_in.title")},
                    .status = error ? http::status_of(error->refusal) : 200};
    return render(context, page, [&](Out& out) {
        if (error) error_summary(out, context, *error, form_name);
        begin_form(out, context, "/sign-in");
        out << input(type("hidden"), name("next"), value(next));
        text_field(out, context,
                   {.name = "login", .autocomplete = "username", .value = std::string{login}, .length_max = 60});
        text_field(out, context, {.name = "password", .type = "password", .autocomplete = "current-password"});
        end_form(out, context.t("page.sign_in"));
        external_button(out, context, next);
        out << p(a(href("/sign-in/code"), context.t("identity.code.link")), " · ",
                 a(href("/sign-in/forgotten"), context.t("identity.forgotten.title")));
    });
}

http::Reply enter(auth::SignedIn const& entered, http::Request const& request, std::string location) {
    return http::see_other(std::move(location))
        .header("Set-Cookie", auth::session_cookie(entered.session.cookie_value, request.secure));
}

http::Reply sign_in_page(Context& context, http::Request& request) {
    if (context.actor.signed_in()) return http::see_other(next_of(request));
    return sign_in_form(context, "", next_of(request), nullptr);
}

http::Reply sign_in_post(Context& context, http::Request& request) {
    auto const entered = auth::sign_in(context.services, attempt_of(context, request, "password"));
    if (!entered) return sign_in_form(context, text_of(request, "login"), next_of(request), &entered.error());
    return enter(*entered, request, next_of(request));
}

http::Reply code_form(Context const& context, std::string_view login, Error const* error) {
    Page const page{.title = std::string{context.t("identity.code.title")},
                    .lead = std::string{context.t("identity.code.lead")},
                    .crumbs = {{std::string{context.t("identity.sign_in.title")}, "/sign-in"}},
                    .status = error ? http::status_of(error->refusal) : 200};
    return render(context, page, [&](Out& out) {
        Problems const problems = error ? error->problems : Problems{};
        if (error) error_summary(out, context, *error, form_name);
        begin_form(out, context, "/sign-in/code");
        text_field(out, context,
                   {.name = "login", .autocomplete = "username", .value = std::string{login}, .length_max = 60},
                   problems);
        text_field(out, context, {.name = "code", .autocomplete = "one-time-code", .length_max = 40}, problems);
        text_field(out, context,
                   {.name = "new_password",
                    .type = "password",
                    .autocomplete = "new-password",
                    .hint = "identity.password_hint"},
                   problems);
        end_form(out, context.t("identity.code.submit"), "/sign-in", context.t("identity.cancel"));
    });
}

http::Reply code_page(Context& context, http::Request&) { return code_form(context, "", nullptr); }

http::Reply code_post(Context& context, http::Request& request) {
    auto const entered = auth::sign_in_with_code(context.services, attempt_of(context, request, "code"),
                                                 text_of(request, "new_password"));
    if (!entered) return code_form(context, text_of(request, "login"), &entered.error());
    return enter(*entered, request, "/account");
}

http::Reply sign_out_post(Context& context, http::Request& request) {
    std::string const session_id = auth::session_id_of(request);
    if (context.actor.signed_in()) {
        auto const done = context.change<bool>([&](Change& change) -> Result<bool> {
            auth::end_session(change.transaction(), session_id);
            change.audit(
                {.action = "auth.signed_out", .object_kind = "kernel.account", .object_id = context.actor.account_id});
            return true;
        });
        if (!done) return refusal(context, request, done.error());
    }
    return http::see_other("/?done=done.signed_out")
        .header("Set-Cookie", auth::expired_session_cookie())
        .header("Clear-Site-Data", "\"cache\"");
}

} // namespace

std::vector<http::Route> sign_in_routes() {
    using enum http::Method;
    using http::Body;
    return {{get, "/sign-in", "public", sign_in_page},
            {post, "/sign-in", "public", sign_in_post, Body::form},
            {get, "/sign-in/code", "public", code_page},
            {post, "/sign-in/code", "public", code_post, Body::form},
            {post, "/sign-out", "public", sign_out_post, Body::form}};
}

} // namespace sangu::identity
