#include "base/text.h"
#include "kernel/auth/sign_in.h"
#include "kernel/config/settings.h"
#include "modules/identity/mail.h"
#include "modules/identity/pages.h"
#include "modules/identity/parts.h"
#include "modules/identity/service.h"
#include "modules/registry/registry.h"

namespace sangu::identity {

using namespace html;

namespace {

// A language is named in itself, so that whoever needs it can read it.
std::string_view own_name(i18n::Language language) {
    if (language == i18n::Language::en) return "English";
    return language == i18n::Language::zh_hant ? "繁體中文" : "简体中文";
}

void profile_part(Out& out, Context const& context, auth::Account const& account, Problems const& problems) {
    out.raw("<section class=\"card\">");
    out << h2(context.t("identity.account.profile"));
    begin_form(out, context, "/account/profile");
    text_field(out, context, {.name = "name", .autocomplete = "name", .value = account.name, .length_max = 60},
               problems);
    out << div(cls("field"), label(for_("language"), context.t("identity.form.language")), [&](Out& inner) {
        inner << select(id("language"), name("language"), each(i18n::languages, [&](i18n::Language one) {
                            auto const tag = i18n::tag_of(one);
                            return option(value(tag), lang(tag), selected(tag == account.language), own_name(one));
                        }));
    });
    end_form(out, context.t("identity.save"));
    out.raw("</section>");
}

void password_part(Out& out, Context const& context, Problems const& problems) {
    out.raw("<section class=\"card\">");
    out << h2(context.t("identity.account.password"));
    begin_form(out, context, "/account/password");
    text_field(out, context, {.name = "old_password", .type = "password", .autocomplete = "current-password"},
               problems);
    text_field(
        out, context,
        {.name = "new_password", .type = "password", .autocomplete = "new-password", .hint = "identity.password_hint"},
        problems);
    end_form(out, context.t("identity.account.change_password"));
    out.raw("</section>");
}

void factor_part(Out& out, Context& context) {
    auto const factor = auth::second_factor_of(context.reader(), context.actor.account_id);
    out << section(
        cls("card"), h2(context.t("identity.factor.title")),
        p(factor.confirmed ? context.t("identity.account.factor_on", {std::to_string(factor.recovery_codes)})
                           : std::string{context.t("identity.account.factor_off")}),
        p(a(cls("button"), href("/sign-in/second-factor"),
            context.t(factor.confirmed ? "identity.account.factor_replace" : "identity.account.factor_set_up"))));
}

void external_part(Out& out, Context& context) {
    auto const& settings = context.services.settings;
    if (settings.oidc_issuer.empty()) return;
    bool const linked = auth::is_linked(context.reader(), context.actor.account_id, settings.oidc_issuer);
    out.raw("<section class=\"card\">");
    out << h2(context.t("identity.account.external"))
        << p(context.t(linked ? "identity.account.external_on" : "identity.account.external_off"));
    begin_form(out, context, linked ? "/account/external/unlink" : "/account/external/link");
    end_form(out, context.t(linked ? "identity.account.external_unlink" : "identity.account.external_link"));
    out.raw("</section>");
}

void sessions_part(Out& out, Context& context, http::Request const& request) {
    auto const own = auth::sessions_of(context.reader(), context.actor.account_id);
    std::string const current = auth::session_id_of(request);
    auto const row = [&](auth::SessionView const& one) {
        return tr(td(i18n::format_time(context.language, one.started_at)),
                  td(i18n::format_time(context.language, one.last_seen_at)), td(one.remote),
                  td(shorten(one.user_agent, 60)), td([&](Out& cell) {
                      if (one.id == current) return badge(cell, context.t("identity.account.this_session"), "info");
                      cell << form(
                          method("post"), action("/account/sessions/end"),
                          input(type("hidden"), name("csrf"), value(context.csrf_token)),
                          input(type("hidden"), name("session"), value(one.id)),
                          button(cls("button small"), type("submit"), context.t("identity.account.end_session")));
                  }));
    };
    auto const head = [&](std::string_view key) { return th(scope("col"), context.t(key)); };
    out << section(cls("card"), h2(context.t("identity.account.sessions")),
                   div(cls("table-wrap"), role("region"), tabindex(0),
                       aria_label(context.t("identity.account.sessions")),
                       table(cls("table"),
                             thead(tr(head("identity.session.started"), head("identity.session.seen"),
                                      head("identity.session.remote"), head("identity.session.browser"),
                                      head("identity.session.act"))),
                             tbody(each(own, row)))));
}

void roles_part(Out& out, Context& context) {
    auto const places = registry::places(context.reader());
    out << section(cls("card"), h2(context.t("identity.account.roles")),
                   when(context.actor.roles.empty(), [&] { return p(context.t("identity.account.no_roles")); }),
                   ul(each(context.actor.roles,
                           [&](auth::RoleGrant const& one) {
                               return li(role_name(context, one.role) + " · " +
                                         registry::scope_name(places, one.scope.path, context.language));
                           })),
                   p(a(cls("button quiet"), href("/account/data.json"), context.t("identity.account.export"))),
                   p(a(cls("button quiet"), href("/account/tokens"), context.t("identity.token.title"))));
}

http::Reply account_page_with(Context& context, http::Request const& request, Error const* error) {
    auto const account = auth::find_account(context.reader(), context.actor.account_id);
    if (!account) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    Page const page{.title = std::string{context.t("page.account")},
                    .lead = account->login,
                    .status = error ? http::status_of(error->refusal) : 200};
    return render(context, page, [&](Out& out) {
        Problems const problems = error ? error->problems : Problems{};
        if (error) error_summary(out, context, *error, form_name);
        roles_part(out, context);
        profile_part(out, context, *account, problems);
        password_part(out, context, problems);
        mail_part(out, context, text_of(request, "address"), problems);
        factor_part(out, context);
        external_part(out, context);
        sessions_part(out, context, request);
    });
}

http::Reply account_page(Context& context, http::Request& request) {
    return account_page_with(context, request, nullptr);
}

http::Reply profile_post(Context& context, http::Request& request) {
    auto const saved = save_profile(context, text_of(request, "name"), text_of(request, "language"));
    if (!saved) return account_page_with(context, request, &saved.error());
    return http::see_other("/account?done=done.saved");
}

http::Reply password_post(Context& context, http::Request& request) {
    auto const changed = auth::change_password(context, auth::session_id_of(request), text_of(request, "old_password"),
                                               text_of(request, "new_password"));
    if (!changed) return account_page_with(context, request, &changed.error());
    return http::see_other("/account?done=done.saved")
        .header("Set-Cookie", auth::session_cookie(changed->cookie_value, request.secure));
}

http::Reply mail_post(Context& context, http::Request& request) {
    auto const asked = ask_own_address(context, text_of(request, "address"));
    if (!asked) return account_page_with(context, request, &asked.error());
    return http::see_other("/account?done=done.mail_asked");
}

http::Reply end_session_post(Context& context, http::Request& request) {
    auto const ended = end_own_session(context, text_of(request, "session"));
    if (!ended) return refusal(context, request, ended.error());
    return http::see_other("/account?done=done.saved");
}

http::Reply data_reply(Context& context, http::Request&) {
    return http::download(own_data(context), "application/json", "account.json");
}

} // namespace

std::vector<http::Route> own_account_routes() {
    using enum http::Method;
    using http::Body;
    return for_people({{get, "/account", "signed_in", account_page},
                       {post, "/account/profile", "signed_in", profile_post, Body::form},
                       {post, "/account/password", "signed_in", password_post, Body::form},
                       {post, "/account/mail", "signed_in", mail_post, Body::form},
                       {post, "/account/sessions/end", "signed_in", end_session_post, Body::form},
                       {get, "/account/data.json", "signed_in", data_reply}});
}

} // namespace sangu::identity
