#include "kernel/auth/sign_in.h"
#include "kernel/mail/address.h"
#include "kernel/mail/mail.h"
#include "modules/identity/mail.h"
#include "modules/identity/pages.h"
#include "modules/identity/parts.h"

namespace sangu::identity {

using namespace html;

namespace {

Crumb sign_in_crumb(Context const& context) { return {std::string{context.t("identity.sign_in.title")}, "/sign-in"}; }

// A page that says one thing, and a link onwards.
http::Reply told(Context const& context, std::string_view title, std::string_view text, std::string_view path,
                 std::string_view label_text, int status = 200) {
    Page const page{.title = std::string{context.t(title)}, .status = status};
    return render(context, page, [&](Out& out) {
        out << p(context.t(text)) << p(a(cls("button"), href(Url::local(path)), context.t(label_text)));
    });
}

http::Reply forgotten_form(Context const& context, std::string_view login, Error const* error) {
    Page const page{.title = std::string{context.t("identity.forgotten.title")},
                    .lead = std::string{context.t("identity.forgotten.lead")},
                    .crumbs = {sign_in_crumb(context)},
                    .status = error ? http::status_of(error->refusal) : 200};
    return render(context, page, [&](Out& out) {
        if (!mail::is_enabled(context.services.settings)) {
            out << p(cls("note info"), context.t("identity.forgotten.off"));
            return;
        }
        Problems const problems = error ? error->problems : Problems{};
        if (error) error_summary(out, context, *error, form_name);
        begin_form(out, context, "/sign-in/forgotten");
        text_field(out, context,
                   {.name = "login", .autocomplete = "username", .value = std::string{login}, .length_max = 60},
                   problems);
        end_form(out, context.t("identity.forgotten.submit"), "/sign-in", context.t("identity.cancel"));
    });
}

http::Reply forgotten_page(Context& context, http::Request&) { return forgotten_form(context, "", nullptr); }

http::Reply forgotten_post(Context& context, http::Request& request) {
    std::string const login = text_of(request, "login");
    if (!mail::is_enabled(context.services.settings)) return forgotten_form(context, login, nullptr);
    if (login.empty()) {
        Error const missing{Refusal::invalid, "error.invalid", {}, {{"login", "error.required", {}}}};
        return forgotten_form(context, login, &missing);
    }
    auto const asked = ask_password_by_mail(context, login);
    if (!asked) return forgotten_form(context, login, &asked.error());
    return told(context, "identity.forgotten.asked_title", "identity.forgotten.asked", "/sign-in",
                "identity.sign_in.title");
}

http::Reply reset_form(Context const& context, std::string const& token, Error const* error) {
    Page const page{.title = std::string{context.t("identity.reset.title")},
                    .lead = std::string{context.t("identity.reset.lead")},
                    .crumbs = {sign_in_crumb(context)},
                    .status = error ? http::status_of(error->refusal) : 200};
    return render(context, page, [&](Out& out) {
        Problems const problems = error ? error->problems : Problems{};
        if (error) error_summary(out, context, *error, form_name);
        begin_form(out, context, "/sign-in/reset");
        out << input(type("hidden"), name("token"), value(token));
        text_field(out, context,
                   {.name = "new_password",
                    .type = "password",
                    .autocomplete = "new-password",
                    .hint = "identity.password_hint"},
                   problems);
        end_form(out, context.t("identity.reset.submit"), "/sign-in", context.t("identity.cancel"));
    });
}

http::Reply expired(Context const& context) {
    return told(context, "identity.reset.expired_title", "auth.reset.expired", "/sign-in/forgotten",
                "identity.forgotten.title", 409);
}

http::Reply reset_page(Context& context, http::Request& request) {
    std::string const token{request.query_value("token").value_or("")};
    if (!mail::look_at_token(context.reader(), token, mail::Purpose::password, context.now())) return expired(context);
    return reset_form(context, token, nullptr);
}

http::Reply reset_post(Context& context, http::Request& request) {
    auth::Attempt const attempt{.login = {},
                                .password = text_of(request, "token"),
                                .remote = request.remote,
                                .user_agent = std::string{request.header("user-agent")},
                                .request_id = context.request_id};
    auto const done = auth::set_password_by_mail(context.services, attempt, text_of(request, "new_password"));
    if (done)
        return told(context, "identity.reset.done_title", "identity.reset.done", "/sign-in", "identity.sign_in.title");
    if (done.error().refusal == Refusal::conflict) return expired(context);
    return reset_form(context, attempt.password, &done.error());
}

http::Reply confirm_page(Context& context, http::Request& request) {
    std::string const token{request.query_value("token").value_or("")};
    auto const proven = mail::look_at_token(context.reader(), token, mail::Purpose::address, context.now());
    if (!proven)
        return told(context, "identity.reset.expired_title", "auth.reset.expired", "/account", "page.account", 409);
    Page const page{.title = std::string{context.t("identity.mail.confirm_title")}, .lead = proven->address};
    return render(context, page, [&](Out& out) {
        begin_form(out, context, "/account/mail/confirm");
        out << input(type("hidden"), name("token"), value(token));
        end_form(out, context.t("identity.mail.confirm_submit"));
    });
}

http::Reply confirm_post(Context& context, http::Request& request) {
    auto const done = confirm_address(context, text_of(request, "token"));
    if (!done)
        return told(context, "identity.reset.expired_title", "auth.reset.expired", "/account", "page.account", 409);
    return told(context, "identity.mail.confirmed_title", "identity.mail.confirmed", "/account", "page.account");
}

http::Reply remove_post(Context& context, http::Request& request) {
    auto const done = remove_own_address(context);
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/account?done=done.saved");
}

} // namespace

void mail_part(Out& out, Context& context, std::string const& typed, Problems const& problems) {
    auto const address = mail::address_of(context.reader(), context.actor.account_id);
    out.raw("<section class=\"card\" id=\"mail\">");
    out << h2(context.t("identity.mail.title"));
    if (!mail::is_enabled(context.services.settings)) {
        out << p(cls("hint"), context.t("identity.mail.off"));
        out.raw("</section>");
        return;
    }
    if (address) {
        out << p(context.t("identity.mail.is", {*address}));
        begin_form(out, context, "/account/mail/remove");
        end_form(out, context.t("identity.mail.remove"));
    } else {
        out << p(cls("hint"), context.t("identity.mail.none"));
    }
    begin_form(out, context, "/account/mail");
    text_field(out, context, {.name = "address", .type = "email", .autocomplete = "email", .value = typed, .length_max = 254},
               problems);
    end_form(out, context.t("identity.mail.submit"));
    out.raw("</section>");
}

std::vector<http::Route> mail_routes() {
    using enum http::Method;
    using http::Body;
    std::vector<http::Route> routes{{get, "/sign-in/forgotten", "public", forgotten_page},
                                    {post, "/sign-in/forgotten", "public", forgotten_post, Body::form},
                                    {get, "/sign-in/reset", "public", reset_page},
                                    {post, "/sign-in/reset", "public", reset_post, Body::form},
                                    {get, "/account/mail/confirm", "public", confirm_page},
                                    {post, "/account/mail/confirm", "public", confirm_post, Body::form}};
    for (http::Route& one : for_people({{post, "/account/mail/remove", "signed_in", remove_post, Body::form}}))
        routes.push_back(std::move(one));
    return routes;
}

} // namespace sangu::identity
