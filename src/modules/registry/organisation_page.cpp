#include "kernel/config/settings.h"
#include "kernel/json/json.h"
#include "kernel/resource/pages.h"
#include "modules/reference/reference.h"
#include "modules/registry/duplicates.h"
#include "modules/registry/merge.h"
#include "modules/registry/organisation_service.h"
#include "modules/registry/page_parts.h"
#include "modules/registry/pages.h"

namespace sangu::registry {

using namespace html;

namespace {

constexpr int fresh_days = 180;
constexpr std::int64_t people_shown = 20;

void fact(Out& out, Context const& context, std::string_view key, std::string const& text) {
    if (!text.empty()) out << dt(context.t(key)) << dd(text);
}

void what_it_is(Out& out, Context& context, Organisation const& one) {
    auto const coded = [&](std::string_view table, std::optional<std::string> const& code) {
        return code && !code->empty() ? reference::shown(table, *code, context.language) : std::string{};
    };
    bool const is_2011 = one.industry_edition == IndustryEdition::y2011;
    auto const all = places(context.reader());
    out << dl(cls("facts"), [&] {
        out << dt(context.t("registry.organisation.kind"))
            << dd(context.t("registry.organisation.kind." + std::string{name_of(one.kind)}));
        out << dt(context.t("registry.organisation.uscc")) << dd([&] {
            if (one.uscc)
                out << span(cls("mono"), *one.uscc);
            else
                badge(out, context.t("registry.uscc_missing"), "warn");
        });
        if (one.place_id)
            fact(out, context, "registry.organisation.place_id", scope_name(all, one.scope, context.language));
        fact(out, context, "registry.organisation.division_code", coded(reference::divisions, one.division_code));
        fact(out, context, "registry.organisation.address", one.address.value_or(""));
        fact(out, context, "registry.organisation.founded_on",
             one.founded_on ? i18n::format_date(context.language, *one.founded_on) : std::string{});
        fact(out, context, "registry.organisation.industry",
             coded(is_2011 ? reference::industries_2011 : reference::industries_2017, one.industry) +
                 (one.industry && is_2011 ? " (2011)" : ""));
        fact(out, context, "registry.organisation.strategic_industry",
             coded(reference::strategic_industries, one.strategic_industry));
        fact(out, context, "registry.organisation.high_tech_field",
             coded(reference::high_tech_fields, one.high_tech_field));
        if (one.cluster && !one.cluster->empty()) {
            auto const* term = reference::find_table(reference::clusters)->find(*one.cluster);
            fact(out, context, "registry.organisation.cluster", term ? term->name(context.language) : *one.cluster);
        }
        fact(out, context, "registry.organisation.former_names", one.former_names.value_or(""));
        if (one.website)
            out << dt(context.t("registry.organisation.website"))
                << dd(a(href(Url::external(*one.website)), rel("noopener nofollow"), *one.website));
    });
    if (one.introduction) out << p(cls("prose"), *one.introduction);
}

// Who stands behind the entry and how fresh it is.
void trust(Out& out, Context& context, Organisation const& one, std::int64_t members) {
    out.raw("<section class=\"card\">");
    out << h2(context.t("registry.page.trust")) << p([&] {
        if (members > 0)
            badge(out, context.t("registry.page.claimed"), "good");
        else
            badge(out, context.t("registry.page.unclaimed"), "muted");
        out << " " << context.t(members > 0 ? "registry.page.claimed_text" : "registry.page.unclaimed_text");
    });
    out << p([&] {
        bool const fresh = one.confirmed_on && context.today() - *one.confirmed_on <= fresh_days;
        if (!one.confirmed_on)
            badge(out, context.t("registry.page.never_confirmed"), "muted");
        else
            badge(out, context.t("registry.page.confirmed", {i18n::format_date(context.language, *one.confirmed_on)}),
                  fresh ? "good" : "warn");
    });
    out.raw("</section>");
}

void what_can_be_done(Out& out, Context& context, Organisation const& one, bool editor, bool member) {
    out.raw("<section class=\"card\">");
    out << h2(context.t("registry.page.actions"));
    if (editor) {
        out << p(a(cls("button"), href(Url::path("/organisations", one.id.text, "edit")), context.t("resource.edit")));
        begin_form(out, context, "/organisations/" + one.id.text + "/confirm");
        out << button(cls("button"), type("submit"), context.t("registry.page.confirm"));
        out.raw("</form>");
    }
    if (member)
        out << p(a(cls("button"), href(Url::local("/my-organisation?id=" + one.id.text)),
                   context.t("registry.workspace.title")));
    else
        out << p(a(cls("button"), href(Url::path("/organisations", one.id.text, "claim")),
                   context.t("registry.claim.new")))
            << p(cls("hint"), context.t("registry.page.claim_hint"));
    out.raw("</section>");
}

// People who let everybody see that they work here.
void people_part(Out& out, Context& context, Organisation const& one) {
    std::vector<std::string> ids;
    context.reader().query(
        "select distinct p.id from registry_affiliation a join registry_person p on p.id = a.person_id"
        " where a.organisation_id = ? and p.is_public and (a.until is null or a.until > ?) limit ?",
        {one.id.text, to_text(context.today()), people_shown},
        [&](db::Row const& row) { ids.emplace_back(row.text(0)); });
    if (ids.empty()) return;
    auto const cards = people(context.reader(), ids);
    out << h2(context.t("registry.person.plural")) << ul(each(cards, [&](PersonCard const& card) {
        return li(a(href(Url::path("/people", card.id.text)), card.shown(context.language)));
    }));
}

// schema.org for search engines.
std::string structured_data(Organisation const& one, std::string const& address_of_page) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object().member("@context", "https://schema.org");
    bool const teaches = one.kind == OrganisationKind::university;
    writer.member("@type", teaches ? "CollegeOrUniversity" : "Organization").member("@id", address_of_page);
    writer.member("name", one.name);
    if (one.name_en) writer.member("alternateName", *one.name_en);
    if (one.uscc) writer.member("identifier", *one.uscc);
    if (one.address) writer.member("address", *one.address);
    if (one.website) writer.member("url", *one.website);
    if (one.founded_on) writer.member("foundingDate", to_text(*one.founded_on));
    writer.end_object();
    return text;
}

} // namespace

http::Reply organisation_page(Context& context, http::Request& request) {
    std::string const id{request.parameter("id")};
    auto const one = is_id(id) ? entity::find(context.reader(), Id<Organisation>{id}) : std::nullopt;
    if (!one) {
        auto const target = is_id(id) ? merged_into(context.reader(), id) : std::string{};
        if (!target.empty()) return http::see_other("/organisations/" + target);
        return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    }
    bool const member = context.actor.kind == auth::ActorKind::person &&
                        speaks_for(context.reader(), context.actor.account_id, id, context.today());
    bool const editor = member || context.may(organisation_edit, one->scope);
    std::string const today = to_text(context.today());
    auto const members =
        context.reader()
            .integer("select count(*) from (select 1 from registry_membership where organisation_id = ?"
                     " and since <= ? and (until is null or until > ?) limit 1) one",
                     {id, today, today})
            .value_or(0);
    bool const english = context.language == i18n::Language::en && one->name_en;
    Page const page{.title = english ? *one->name_en : one->name,
                    .lead = english ? one->name : one->name_en.value_or(""),
                    .crumbs = {{std::string{context.t("registry.organisation.plural")}, "/organisations"}}};
    std::string const address = context.services.settings.public_url + "/organisations/" + id;
    auto reply = render(context, page, [&](Out& out) {
        out << div(cls("split"), div([&] {
                       what_it_is(out, context, *one);
                       people_part(out, context, *one);
                       if (editor) resource::history_part(out, context, Organisation::meta, id);
                   }),
                   div([&] {
                       trust(out, context, *one, members);
                       what_can_be_done(out, context, *one, editor, member);
                   }));
        out.raw("<script type=\"application/ld+json\">");
        out.json(structured_data(*one, address));
        out.raw("</script>");
    });
    reply.header("Link", "<" + address + ">; rel=\"canonical\"");
    return reply;
}

http::Reply confirm_organisation_post(Context& context, http::Request& request) {
    std::string const id{request.parameter("id")};
    auto const one = is_id(id) ? entity::find(context.reader(), Id<Organisation>{id}) : std::nullopt;
    if (!one) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    auto const done = confirm_organisation(context, *one);
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/organisations/" + id + "?done=done.saved");
}

} // namespace sangu::registry
