#include "kernel/auth/sign_in.h"
#include "modules/identity/pages.h"
#include "modules/identity/parts.h"
#include "modules/identity/service.h"
#include "modules/registry/registry.h"

namespace sangu::identity {

using namespace html;

namespace {

std::vector<Crumb> crumbs(Context const& context) {
    return {{std::string{context.t("kernel.account.plural")}, "/accounts"}};
}

std::string path_of(std::string_view account_id) { return "/accounts/" + std::string{account_id}; }

// One button that posts; what it does cannot be undone by going back.
void act_button(Out& out, Context const& context, std::string const& path, std::string_view label_key, bool danger) {
    begin_form(out, context, path);
    out << button(cls(danger ? "button danger" : "button"), type("submit"), context.t(label_key));
    out.raw("</form>");
}

void facts_part(Out& out, Context const& context, auth::Account const& account) {
    out << dl(cls("facts"), dt(context.t("kernel.account.login")), dd(account.login),
              dt(context.t("kernel.account.state")), dd([&](Out& inner) {
                  bool const active = account.state == auth::AccountState::active;
                  badge(inner, context.t("kernel.account.state." + std::string{name_of(account.state)}),
                        active ? "good" : "bad");
              }),
              dt(context.t("kernel.account.created_at")), dd(i18n::format_time(context.language, account.created_at)),
              dt(context.t("kernel.account.signed_in_at")),
              dd(account.signed_in_at ? i18n::format_time(context.language, *account.signed_in_at)
                                      : std::string{context.t("identity.never")}));
}

void acts_part(Out& out, Context const& context, auth::Account const& account) {
    if (account.id.text == context.actor.account_id) {
        out << p(cls("hint"), context.t("identity.not_yourself"));
        return;
    }
    out.raw("<div class=\"button-row\">");
    std::string const path = path_of(account.id.text);
    if (context.may("identity.account.edit")) {
        bool const active = account.state == auth::AccountState::active;
        act_button(out, context, path + "/code", "identity.account.reset_password", false);
        act_button(out, context, path + (active ? "/suspend" : "/restore"),
                   active ? "identity.account.suspend" : "identity.account.restore", active);
    }
    if (context.may("identity.second_factor.reset"))
        act_button(out, context, path + "/second-factor", "identity.account.reset_factor", true);
    out.raw("</div>");
}

void grants_part(Out& out, Context& context, auth::Account const& account,
                 std::vector<registry::PlaceCard> const& places) {
    auto const grants = auth::grants_of(context.reader(), account.id.text);
    bool const may_edit = context.may("identity.role.edit") && account.id.text != context.actor.account_id;
    out << h2(context.t("identity.account.roles"));
    if (grants.empty()) out << p(context.t("identity.account.no_roles"));
    auto const head = [&](std::string_view key) { return th(scope("col"), context.t(key)); };
    auto const day = [&](std::optional<Date> date) {
        return date ? i18n::format_date(context.language, *date) : std::string{"–"};
    };
    auto const row = [&](auth::Grant const& one) {
        return tr(td(role_name(context, one.role)), td(registry::scope_name(places, one.scope, context.language)),
                  td(day(one.valid_from)), td(day(one.valid_to)), td([&, id_text = one.id.text](Out& cell) {
                      if (may_edit)
                          act_button(cell, context, path_of(account.id.text) + "/roles/" + id_text + "/revoke",
                                     "identity.role.revoke", true);
                  }));
    };
    if (!grants.empty())
        out << div(cls("table-wrap"), role("region"), tabindex(0), aria_label(context.t("identity.account.roles")),
                   table(cls("table"),
                         thead(tr(head("kernel.role_grant.role"), head("kernel.role_grant.scope"),
                                  head("kernel.role_grant.valid_from"), head("kernel.role_grant.valid_to"),
                                  head("identity.session.act"))),
                         tbody(each(grants, row))));
}

void grant_form(Out& out, Context const& context, auth::Account const& account,
                std::vector<registry::PlaceCard> const& places, Problems const& problems,
                http::Request const& request) {
    out << h2(context.t("identity.role.grant"));
    begin_form(out, context, path_of(account.id.text) + "/roles");
    auto const choose = [&](std::string_view field, auto const& all, auto const& value_of, auto const& label_of) {
        std::string const chosen = text_of(request, field), label_key = "identity.form." + std::string{field};
        out << div(cls("field"), label(for_(field), context.t(label_key)), [&](Out& inner) {
            inner << select(id(field), name(field), required(true), option(value(""), context.t("form.choose")),
                            each(all, [&](auto const& one) {
                                std::string stored{value_of(one)};
                                bool const is_chosen = stored == chosen;
                                return option(value(std::move(stored)), selected(is_chosen),
                                              std::string{label_of(one)});
                            }));
        });
    };
    choose(
        "role", grantable_roles(context), [](std::string_view one) { return one; },
        [&](std::string_view one) { return role_name(context, one); });
    choose(
        "scope", places, [](registry::PlaceCard const& one) { return one.path; },
        [&](registry::PlaceCard const& one) { return one.name(context.language); });
    text_field(out, context,
               {.name = "valid_from",
                .type = "date",
                .value = text_of(request, "valid_from"),
                .required = false,
                .length_max = 10},
               problems);
    text_field(out, context,
               {.name = "valid_to",
                .type = "date",
                .value = text_of(request, "valid_to"),
                .required = false,
                .length_max = 10},
               problems);
    end_form(out, context.t("identity.role.grant"));
}

http::Reply account_page_with(Context& context, http::Request const& request, Error const* error) {
    auto const account = auth::find_account(context.reader(), request.parameter("id"));
    if (!account) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    auto const places = registry::places(context.reader());
    Page const page{
        .title = account->name, .crumbs = crumbs(context), .status = error ? http::status_of(error->refusal) : 200};
    return render(context, page, [&](Out& out) {
        if (error) error_summary(out, context, *error, form_name);
        facts_part(out, context, *account);
        acts_part(out, context, *account);
        grants_part(out, context, *account, places);
        if (context.may("identity.role.edit") && account->id.text != context.actor.account_id)
            grant_form(out, context, *account, places, error ? error->problems : Problems{}, request);
    });
}

http::Reply account_page(Context& context, http::Request& request) {
    return account_page_with(context, request, nullptr);
}

http::Reply new_form(Context const& context, http::Request const& request, Error const* error) {
    Page const page{.title = std::string{context.t("identity.account.new")},
                    .crumbs = crumbs(context),
                    .status = error ? http::status_of(error->refusal) : 200};
    return render(context, page, [&](Out& out) {
        Problems const problems = error ? error->problems : Problems{};
        if (error) error_summary(out, context, *error, form_name);
        begin_form(out, context, "/accounts/new");
        text_field(
            out, context,
            {.name = "login", .hint = "identity.login_hint", .value = text_of(request, "login"), .length_max = 60},
            problems);
        text_field(out, context, {.name = "name", .value = text_of(request, "name"), .length_max = 60}, problems);
        end_form(out, context.t("identity.account.create"), "/accounts", context.t("identity.cancel"));
    });
}

http::Reply new_page(Context& context, http::Request& request) { return new_form(context, request, nullptr); }

http::Reply code_shown(Context const& context, WithCode const& made) {
    Page const page{.title = std::string{context.t("identity.code.shown")}, .crumbs = crumbs(context)};
    auto reply = render(context, page, [&](Out& out) {
        out << div(cls("note good"), role("status"), p(context.t("identity.code.once", {made.account.login})),
                   p(code(cls("mono"), made.code)));
        out << p(a(cls("button"), href(Url::path("/accounts", made.account.id.text)), made.account.name));
    });
    reply.shown_once = true;
    return reply;
}

http::Reply new_post(Context& context, http::Request& request) {
    auto const made = create_account(context, text_of(request, "login"), text_of(request, "name"));
    return made ? code_shown(context, *made) : new_form(context, request, &made.error());
}

http::Reply code_post(Context& context, http::Request& request) {
    auto const made = reset_password(context, request.parameter("id"));
    return made ? code_shown(context, *made) : refusal(context, request, made.error());
}

http::Reply done_or_refused(Context& context, http::Request const& request, Result<void> const& done) {
    if (!done) return refusal(context, request, done.error());
    return http::see_other(path_of(request.parameter("id")) + "?done=done.saved");
}

http::Reply suspend_post(Context& context, http::Request& request) {
    return done_or_refused(context, request,
                           set_state(context, request.parameter("id"), auth::AccountState::suspended));
}
http::Reply restore_post(Context& context, http::Request& request) {
    return done_or_refused(context, request, set_state(context, request.parameter("id"), auth::AccountState::active));
}
http::Reply factor_post(Context& context, http::Request& request) {
    return done_or_refused(context, request, reset_second_factor(context, request.parameter("id")));
}
http::Reply grant_post(Context& context, http::Request& request) {
    auto const done =
        grant(context, {std::string{request.parameter("id")}, text_of(request, "role"), text_of(request, "scope"),
                        text_of(request, "valid_from"), text_of(request, "valid_to")});
    context.refresh();
    if (!done) return account_page_with(context, request, &done.error());
    return done_or_refused(context, request, done);
}
http::Reply revoke_post(Context& context, http::Request& request) {
    return done_or_refused(context, request, revoke(context, request.parameter("id"), request.parameter("grant")));
}

} // namespace

std::vector<http::Route> account_routes() {
    using enum http::Method;
    using http::Body;
    return for_people({{get, "/accounts/new", "identity.account.edit", new_page},
                       {post, "/accounts/new", "identity.account.edit", new_post, Body::form},
                       {get, "/accounts/{id}", "identity.account.read", account_page},
                       {post, "/accounts/{id}/code", "identity.account.edit", code_post, Body::form},
                       {post, "/accounts/{id}/suspend", "identity.account.edit", suspend_post, Body::form},
                       {post, "/accounts/{id}/restore", "identity.account.edit", restore_post, Body::form},
                       {post, "/accounts/{id}/second-factor", "identity.second_factor.reset", factor_post, Body::form},
                       {post, "/accounts/{id}/roles", "identity.role.edit", grant_post, Body::form},
                       {post, "/accounts/{id}/roles/{grant}/revoke", "identity.role.edit", revoke_post, Body::form}});
}

} // namespace sangu::identity
