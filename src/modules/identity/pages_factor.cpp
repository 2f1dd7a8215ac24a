#include "kernel/auth/account.h"
#include "kernel/auth/sign_in.h"
#include "kernel/auth/totp.h"
#include "kernel/config/settings.h"
#include "modules/identity/pages.h"
#include "modules/identity/parts.h"

namespace sangu::identity {

using namespace html;

namespace {

constexpr std::string_view issuer = "sangu";

bool has_passed(Context& context, http::Request const& request) {
    return context.reader().exists("select 1 from kernel_session where id = ? and second_factor",
                                   {auth::session_id_of(request)});
}

void code_field(Out& out, Context const& context, Problems const& problems) {
    text_field(out, context,
               {.name = "code", .autocomplete = "one-time-code", .hint = "identity.factor.code_hint", .length_max = 40},
               problems);
}

void setup_part(Out& out, Context const& context, std::string const& secret, std::string const& login,
                Problems const& problems) {
    std::string const address = auth::otpauth_uri(secret, issuer, login);
    std::string const drawing = auth::qr_svg(address, context.t("identity.factor.qr"));
    out << ol(li(context.t("identity.factor.step_app")), li(context.t("identity.factor.step_scan")),
              li(context.t("identity.factor.step_code")));
    out << div(cls("mb-2"), Trusted{drawing});
    out << dl(cls("facts"), dt(context.t("identity.factor.secret")), dd(code(cls("mono"), secret)));
    begin_form(out, context, "/sign-in/second-factor/confirm");
    code_field(out, context, problems);
    end_form(out, context.t("identity.factor.confirm"));
}

void begin_part(Out& out, Context const& context, bool again) {
    out << p(context.t(again ? "identity.factor.replace" : "identity.factor.why"));
    begin_form(out, context, "/sign-in/second-factor/begin");
    end_form(out, context.t("identity.factor.begin"));
}

void ask_part(Out& out, Context const& context, std::string_view next, Problems const& problems) {
    begin_form(out, context, "/sign-in/second-factor");
    out << input(type("hidden"), name("next"), value(next));
    code_field(out, context, problems);
    end_form(out, context.t("identity.factor.submit"));
    out << p(cls("hint"), context.t("identity.factor.lost"));
}

http::Reply factor_page_with(Context& context, http::Request const& request, Error const* error) {
    auto const factor = auth::second_factor_of(context.reader(), context.actor.account_id);
    bool const passed = has_passed(context, request);
    std::string const pending =
        auth::pending_second_factor(context.services, context.reader(), context.actor.account_id);
    auto const account = auth::find_account(context.reader(), context.actor.account_id);
    if (!account) return refusal(context, request, Error{Refusal::unauthenticated, "error.unauthenticated", {}, {}});
    Page const page{.title = std::string{context.t("identity.factor.title")},
                    .status = error ? http::status_of(error->refusal) : 200};
    return render(context, page, [&](Out& out) {
        Problems const problems = error ? error->problems : Problems{};
        if (error) error_summary(out, context, *error, form_name);
        if (factor.confirmed && !passed)
            ask_part(out, context, next_of(request), problems);
        else if (!pending.empty())
            setup_part(out, context, pending, account->login, problems);
        else
            begin_part(out, context, factor.confirmed);
    });
}

http::Reply factor_page(Context& context, http::Request& request) {
    return factor_page_with(context, request, nullptr);
}

http::Reply pass_post(Context& context, http::Request& request) {
    auto const passed = auth::pass_second_factor(context, auth::session_id_of(request), text_of(request, "code"));
    context.refresh();
    if (!passed) return factor_page_with(context, request, &passed.error());
    return http::see_other(next_of(request))
        .header("Set-Cookie", auth::session_cookie(passed->cookie_value, request.secure));
}

http::Reply begin_post(Context& context, http::Request& request) {
    auto const begun = auth::begin_second_factor(context, auth::session_id_of(request));
    if (!begun) return refusal(context, request, begun.error());
    return http::see_other(std::string{auth::second_factor_path});
}

http::Reply confirm_post(Context& context, http::Request& request) {
    auto const confirmed = auth::confirm_second_factor(context, auth::session_id_of(request), text_of(request, "code"));
    context.refresh();
    if (!confirmed) return factor_page_with(context, request, &confirmed.error());
    context.csrf_token = confirmed->session.csrf_token; // the page's own forms belong to the new session
    Page const page{.title = std::string{context.t("identity.factor.codes_title")},
                    .lead = std::string{context.t("identity.factor.codes_lead")}};
    auto reply = render(context, page, [&](Out& out) {
        out << ul(cls("mono"), each(confirmed->recovery_codes, [](std::string const& one) { return li(one); }));
        out << p(a(cls("button primary"), href("/"), context.t("identity.factor.codes_kept")));
    });
    reply.header("Set-Cookie", auth::session_cookie(confirmed->session.cookie_value, request.secure));
    return reply;
}

} // namespace

std::vector<http::Route> second_factor_routes() {
    using enum http::Method;
    using http::Body;
    return for_people({{get, auth::second_factor_path, "signed_in", factor_page},
                       {post, auth::second_factor_path, "signed_in", pass_post, Body::form},
                       {post, "/sign-in/second-factor/begin", "signed_in", begin_post, Body::form},
                       {post, "/sign-in/second-factor/confirm", "signed_in", confirm_post, Body::form}});
}

} // namespace sangu::identity
