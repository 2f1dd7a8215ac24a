#include "kernel/config/settings.h"
#include "kernel/html/page.h"
#include "modules/registry/claims.h"
#include "modules/registry/organisation_service.h"
#include "modules/registry/page_parts.h"
#include "modules/registry/pages.h"
#include "modules/registry/registry.h"
#include "modules/registry/workspace.h"

#include <algorithm>

namespace sangu::registry {

using namespace html;

namespace {

constexpr int confirm_days = 180;

struct Member {
    Membership membership;
    std::string name;
};

std::vector<Member> members_of(Context& context, Organisation const& one) {
    std::vector<Member> members;
    std::string const today = to_text(context.today());
    for (Membership& membership : entity::where<Membership>(
             context.reader(),
             "where organisation_id = ? and since <= ? and (until is null or until > ?) order by since, id limit 200",
             {one.id.text, today, today}))
        members.push_back({std::move(membership), {}});
    context.reader().query("select m.id, a.name from registry_membership m join kernel_account a on a.id = m.account_id"
                           " where m.organisation_id = ?",
                           {one.id.text}, [&](db::Row const& row) {
                               for (Member& member : members)
                                   if (member.membership.id.text == row.text(0)) member.name = row.text(1);
                           });
    return members;
}

void attention_part(Out& out, Context& context, Organisation const& one) {
    auto const items = attention_of(context, one);
    out << h2(context.t("registry.workspace.attention"));
    if (items.empty()) {
        out << p(cls("muted"), context.t("registry.workspace.nothing"));
        return;
    }
    out << ul(cls("card-list"), each(items, [&](Attention const& item) {
                  return li(cls("card"), a(href(Url::local(item.path)), context.t(item.text)));
              }));
}

void members_part(Out& out, Context& context, Organisation const& one) {
    out << h2(context.t("registry.membership.plural")) << ul(cls("card-list"), [&] {
        for (Member const& member : members_of(context, one)) {
            out.raw("<li class=\"card\">");
            out << strong(member.name) << " · " << member.membership.position << " "
                << span(cls("muted"), period_text(context, member.membership.since, member.membership.until));
            begin_form(out, context, "/my-organisation/members/" + member.membership.id.text + "/end");
            out << button(cls("button quiet small"), type("submit"), context.t("registry.workspace.end_membership"),
                          span(cls("visually-hidden"), " ", member.name));
            out.raw("</form></li>");
        }
    });
}

void invitations_part(Out& out, Context& context, Organisation const& one, Problems const& problems,
                      std::string const& link) {
    out << h2(context.t("registry.invitation.plural"))
        << p(context.t("registry.invitation.text", {std::to_string(invitation_days)}));
    if (!link.empty())
        out << div(cls("note good"), role("status"), h2(context.t("registry.invitation.link")), p(cls("mono"), link),
                   p(context.t("registry.invitation.once")));
    auto const open = entity::where<Invitation>(
        context.reader(), "where organisation_id = ? and used_at is null and expires_at > ? order by id desc limit 50",
        {one.id.text, to_text(context.now())});
    out << ul([&] {
        for (Invitation const& invitation : open) {
            out.raw("<li>");
            out << invitation.position << " "
                << span(cls("muted"), context.t("registry.invitation.until",
                                                {i18n::format_time(context.language, invitation.expires_at)}));
            begin_form(out, context, "/my-organisation/invitations/" + invitation.id.text + "/revoke");
            out << button(cls("button quiet small"), type("submit"), context.t("registry.invitation.revoke"));
            out.raw("</form></li>");
        }
    });
    begin_form(out, context, "/my-organisation/" + one.id.text + "/invitations");
    form_field(out, context, Invitation::meta, *Invitation::meta.find("position"), "", problems);
    end_form(out, context.t("registry.invitation.new"));
}

void own_claims(Out& out, Context& context) {
    auto const claims = entity::where<Claim>(
        context.reader(), "where account_id = ? and state in ('submitted', 'returned') order by id desc limit 20",
        {context.actor.account_id});
    if (claims.empty()) return;
    out << h2(context.t("registry.claim.plural")) << ul(each(claims, [&](Claim const& one) {
        return li(a(href(Url::path("/claims", one.id.text)),
                    context.t("registry.claim.state." + std::string{name_of(one.state)})),
                  " ", one.position);
    }));
}

http::Reply no_organisation(Context& context) {
    Page const page{.title = std::string{context.t("registry.workspace.title")}};
    return render(context, page, [&](Out& out) {
        empty_state(out, context.t("registry.workspace.none"), context.t("registry.workspace.none_text"),
                    "/organisations", context.t("registry.workspace.find"));
        own_claims(out, context);
    });
}

http::Reply show(Context& context, std::string const& wanted, Error const* error, std::string const& link) {
    auto const own = organisations_of(context.reader(), context.actor.account_id, context.today());
    if (own.empty()) return no_organisation(context);
    auto const chosen = std::ranges::find_if(own, [&](OrganisationCard const& card) { return card.id.text == wanted; });
    auto const& card = chosen == own.end() ? own.front() : *chosen;
    auto const one = entity::find(context.reader(), card.id);
    Page page{.title = std::string{card.shown(context.language)},
              .lead = std::string{context.t("registry.workspace.title")}};
    page.actions = markup(
        a(cls("button"), href(Url::path("/organisations", card.id.text)), context.t("registry.workspace.public")), " ",
        a(cls("button"), href(Url::path("/organisations", card.id.text, "edit")), context.t("resource.edit")));
    if (error) page.status = http::status_of(error->refusal);
    return render(context, page, [&](Out& out) {
        if (error) error_summary(out, context, *error, Invitation::meta.name);
        if (own.size() > 1)
            out << ul(cls("tabs"), each(own, [&](OrganisationCard const& other) {
                          return li(a(href(Url::local("/my-organisation?id=" + other.id.text)),
                                      aria_current(other.id == card.id ? std::optional<std::string_view>{"true"}
                                                                       : std::nullopt),
                                      other.shown(context.language)));
                      }));
        attention_part(out, context, *one);
        members_part(out, context, *one);
        invitations_part(out, context, *one, error ? error->problems : Problems{}, link);
        own_claims(out, context);
    });
}

} // namespace

std::vector<Attention> attention_of(Context const& context, Organisation const& one) {
    std::vector<Attention> items;
    std::string const page = "/organisations/" + one.id.text;
    if (!one.uscc) items.push_back({"registry.attention.uscc", page});
    if (!one.introduction || !one.industry) items.push_back({"registry.attention.incomplete", page + "/edit"});
    if (!one.confirmed_on || context.today() - *one.confirmed_on > confirm_days)
        items.push_back({"registry.attention.confirm", page});
    return items;
}

http::Reply workspace_page(Context& context, http::Request& request) {
    return show(context, std::string{request.query_value("id").value_or("")}, nullptr, {});
}

http::Reply invite_post(Context& context, http::Request& request) {
    std::string const id{request.parameter("id")};
    auto const one = is_id(id) ? entity::find(context.reader(), Id<Organisation>{id}) : std::nullopt;
    if (!one) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    auto const token = invite(context, *one, typed(request, "position"));
    if (!token && token.error().refusal != Refusal::invalid) return refusal(context, request, token.error());
    context.refresh();
    if (!token) return show(context, id, &token.error(), {});
    return show(context, id, nullptr, context.services.settings.public_url + "/invitations/" + *token);
}

http::Reply revoke_invitation_post(Context& context, http::Request& request) {
    auto const done = revoke_invitation(context, request.parameter("id"));
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/my-organisation?done=done.saved");
}

http::Reply end_membership_post(Context& context, http::Request& request) {
    auto const done = end_membership(context, request.parameter("id"));
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/my-organisation?done=done.saved");
}

http::Reply invitation_page(Context& context, http::Request& request) {
    auto const one = open_invitation(context, request.parameter("token"));
    if (!one) return refusal(context, request, Error{Refusal::not_found, "registry.invitation.over", {}, {}});
    std::string const ids[] = {one->organisation_id.text};
    auto const cards = organisations(context.reader(), ids);
    Page const page{.title = context.t("registry.invitation.title", {cards.empty() ? "" : cards.front().name})};
    return render(context, page, [&](Out& out) {
        out << p(context.t("registry.invitation.accept_text", {one->position}));
        begin_form(out, context, "/invitations/" + std::string{request.parameter("token")});
        end_form(out, context.t("registry.invitation.accept"));
    });
}

http::Reply accept_invitation_post(Context& context, http::Request& request) {
    auto const done = accept_invitation(context, request.parameter("token"));
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/my-organisation?id=" + *done + "&done=done.saved");
}

std::vector<http::Route> workspace_routes() {
    using enum http::Method;
    constexpr auto form = http::Body::form;
    return {{get, "/my-organisation", "signed_in", workspace_page},
            {post, "/my-organisation/{id}/invitations", "signed_in", invite_post, form},
            {post, "/my-organisation/invitations/{id}/revoke", "signed_in", revoke_invitation_post, form},
            {post, "/my-organisation/members/{id}/end", "signed_in", end_membership_post, form},
            {get, "/invitations/{token}", "signed_in", invitation_page},
            {post, "/invitations/{token}", "signed_in", accept_invitation_post, form}};
}

} // namespace sangu::registry
