#include "base/text.h"
#include "kernel/auth/token.h"
#include "modules/identity/pages.h"
#include "modules/identity/parts.h"
#include "modules/identity/service.h"

namespace sangu::identity {

using namespace html;

namespace {

std::string permission_label(Context const& context, std::string_view permission) {
    std::string const key = "permission." + std::string{permission};
    return i18n::has_message(context.language, key) ? std::string{context.t(key)} : std::string{permission};
}

void list_part(Out& out, Context& context) {
    auto const own = auth::tokens_of(context.reader(), context.actor.account_id);
    if (own.empty()) return empty_state(out, context.t("identity.token.none"), context.t("identity.token.none_hint"));
    auto const head = [&](std::string_view key) { return th(scope("col"), context.t(key)); };
    auto const row = [&](auth::TokenView const& one) {
        return tr(td(one.name), td(cls("mono"), join(one.permissions, " ")),
                  td(i18n::format_time(context.language, one.expires_at)),
                  td(one.last_used_at ? i18n::format_time(context.language, *one.last_used_at)
                                      : std::string{context.t("identity.token.never")}),
                  td(form(method("post"), action("/account/tokens/revoke"),
                          input(type("hidden"), name("csrf"), value(context.csrf_token)),
                          input(type("hidden"), name("token"), value(one.id)),
                          button(cls("button small danger"), type("submit"), context.t("identity.token.revoke")))));
    };
    out << div(
        cls("table-wrap"), role("region"), tabindex(0), aria_label(context.t("identity.token.title")),
        table(cls("table"),
              thead(tr(head("identity.form.token_name"), head("identity.form.permissions"),
                       head("identity.token.expires"), head("identity.token.used"), head("identity.session.act"))),
              tbody(each(own, row))));
}

void new_part(Out& out, Context const& context, Problems const& problems) {
    out << h2(context.t("identity.token.new"));
    begin_form(out, context, "/account/tokens");
    text_field(out, context, {.name = "token_name", .hint = "identity.token.name_hint", .length_max = 60}, problems);
    text_field(out, context, {.name = "days", .type = "number", .value = "90", .length_max = 3}, problems);
    out << fieldset(cls("field"), id("permissions"), tabindex(-1), legend(context.t("identity.form.permissions")),
                    [&](Out& inner) {
                        for (auth::Permission const& one : context.services.permissions.all())
                            if (context.services.permissions.allows_somewhere(context.actor, one.name)) {
                                std::string const own_id = "permission-" + std::string{one.name};
                                inner << label(cls("choice"), for_(own_id),
                                               input(type("checkbox"), id(own_id), name("permission"), value(one.name)),
                                               span(permission_label(context, one.name)));
                            }
                    });
    end_form(out, context.t("identity.token.create"));
}

http::Reply page_with(Context& context, Error const* error, auth::NewToken const* made) {
    Page const page{.title = std::string{context.t("identity.token.title")},
                    .lead = std::string{context.t("identity.token.lead")},
                    .crumbs = {{std::string{context.t("page.account")}, "/account"}},
                    .status = error ? http::status_of(error->refusal) : 200};
    auto reply = render(context, page, [&](Out& out) {
        if (error) error_summary(out, context, *error, form_name);
        if (made)
            out << div(cls("note good"), role("status"), p(context.t("identity.token.once")),
                       p(code(cls("mono"), made->secret)));
        list_part(out, context);
        new_part(out, context, error ? error->problems : Problems{});
    });
    reply.shown_once = made != nullptr;
    return reply;
}

http::Reply tokens_page(Context& context, http::Request&) { return page_with(context, nullptr, nullptr); }

http::Reply create_post(Context& context, http::Request& request) {
    TokenRequest wish{.name = text_of(request, "token_name"),
                      .days = parse_integer(text_of(request, "days")).value_or(0)};
    for (auto const& [field, value] : request.form)
        if (field == "permission") wish.permissions.push_back(value);
    auto const made = create_own_token(context, wish);
    context.refresh();
    return page_with(context, made ? nullptr : &made.error(), made ? &*made : nullptr);
}

http::Reply revoke_post(Context& context, http::Request& request) {
    auto const done = revoke_own_token(context, text_of(request, "token"));
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/account/tokens?done=done.saved");
}

} // namespace

std::vector<http::Route> token_routes() {
    using enum http::Method;
    using http::Body;
    return for_people({{get, "/account/tokens", "signed_in", tokens_page},
                       {post, "/account/tokens", "signed_in", create_post, Body::form},
                       {post, "/account/tokens/revoke", "signed_in", revoke_post, Body::form}});
}

} // namespace sangu::identity
