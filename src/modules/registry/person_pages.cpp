#include "kernel/resource/pages.h"
#include "modules/registry/page_parts.h"
#include "modules/registry/pages.h"
#include "modules/registry/person_merge.h"

namespace sangu::registry {

using namespace html;

namespace {

void about(Out& out, Context const& context, Person const& person) {
    out << dl(cls("facts"), [&] {
        if (person.name_en) out << dt(context.t("registry.person.name_en")) << dd(*person.name_en);
        out << dt(context.t("registry.person.orcid")) << dd([&] {
            if (person.orcid)
                out << a(href(Url::external("https://orcid.org/" + *person.orcid)), rel("noopener"), *person.orcid);
            else
                out << span(cls("muted"), context.t("registry.not_given"));
        });
        out << dt(context.t("registry.person.profile_by")) << dd([&] {
            if (person.account_id)
                badge(out, context.t("registry.person.owned"), "good");
            else
                badge(out, context.t("registry.person.unowned"), "muted");
        });
    });
    if (person.introduction) out << p(cls("prose"), *person.introduction);
}

void work(Out& out, Context& context, Person const& person) {
    out << h2(context.t("registry.person.work"));
    auto const views = affiliations_of(context, person.id.text);
    if (views.empty()) out << p(cls("muted"), context.t("registry.person.no_work"));
    out << ul(each(views, [&](AffiliationView const& view) {
        std::string const period = period_text(context, view.affiliation.since, view.affiliation.until);
        return li([&, period](Out& item) {
            organisation_link(item, view.affiliation.organisation_id.text, view.organisation);
            item << " · " << view.affiliation.position;
            if (!period.empty()) item << " " << span(cls("muted"), period);
        });
    }));
}

void reached(Out& out, Context& context, Person const& person) {
    auto const contact = contact_of(context, person);
    out << h2(context.t("registry.contact"));
    if (!contact || (!contact->email && !contact->phone)) {
        out << p(cls("muted"), context.t("registry.contact.not_shown"));
        return;
    }
    out << dl(cls("facts"), [&] {
        if (contact->email)
            out << dt(context.t("registry.contact.email"))
                << dd(a(href(Url::external("mailto:" + *contact->email)), *contact->email));
        if (contact->phone) out << dt(context.t("registry.contact.phone")) << dd(*contact->phone);
        out << dt(context.t("registry.contact.audience"))
            << dd(context.t("registry.contact.audience." + std::string{name_of(contact->audience)}));
    });
}

} // namespace

http::Reply person_page(Context& context, http::Request& request) {
    auto const person = visible_person(context, request.parameter("id"));
    if (!person) {
        auto const target = merged_into(context.reader(), request.parameter("id"));
        if (!target.empty()) return http::see_other("/people/" + target);
        return refusal(context, request, person.error());
    }
    if (person->erased_at) {
        Page const page{.title = std::string{context.t("registry.person.erased")},
                        .lead = std::string{context.t("registry.person.erased_text")}};
        return render(context, page, [](Out&) {});
    }
    bool const own = owns(context, *person);
    std::string const edit = own ? "/profile" : "/people/" + person->id.text + "/edit";
    bool const english = context.language == i18n::Language::en && person->name_en;
    Page page{.title = english ? *person->name_en : person->name};
    page.actions = markup(when(context.may(person_merge_permission),
                               [&] {
                                   return a(cls("button"), href(Url::path("/people", person->id.text, "merge")),
                                            context.t("registry.person_merge.open"));
                               }),
                          " ", when(may_edit(context, *person), [&] {
                              return a(cls("button"), href(Url::local(edit)), context.t("resource.edit"));
                          }));
    return render(context, page, [&](Out& out) {
        about(out, context, *person);
        work(out, context, *person);
        reached(out, context, *person);
        if (own || context.may(person_read)) resource::history_part(out, context, Person::meta, person->id.text);
    });
}

} // namespace sangu::registry
