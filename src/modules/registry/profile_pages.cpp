#include "base/text.h"
#include "kernel/html/page.h"
#include "kernel/http/message.h"
#include "modules/registry/page_parts.h"
#include "modules/registry/pages.h"
#include "modules/registry/person_merge.h"

#include <algorithm>

namespace sangu::registry {

using namespace html;

namespace {

// The page of one's own profile; `form` names the part whose entry was refused.
struct Profile {
    Context& context;
    std::optional<Person> person;
    std::optional<Contact> contact = {};
    std::vector<AffiliationView> affiliations = {};
    std::string_view form = {};
    Error const* error = nullptr;
    http::Request const* request = nullptr;

    std::string_view t(std::string_view key) const { return context.t(key); }
    Problems problems(std::string_view part) const { return error && form == part ? error->problems : Problems{}; }
    http::Request const* refused(std::string_view part) const { return form == part ? request : nullptr; }
};

std::optional<Person> own_person(Context& context) {
    return entity::first<Person>(context.reader(), "where account_id = ?", {context.actor.account_id});
}

void fields(Out& out, Profile const& page, std::string_view part, entity::EntityMeta const& meta, void const* object,
            std::initializer_list<std::string_view> names) {
    for (std::string_view const name : names) {
        entity::FieldMeta const& field = *meta.find(name);
        std::string const stored = entity::to_plain_text(field, field.load(object));
        form_field(out, page.context, meta, field, typed_or(page.refused(part), name, stored), page.problems(part));
    }
}

void person_form(Out& out, Profile const& page) {
    Person const shown = page.person.value_or(Person{.name = page.context.actor.name});
    out.raw("<section class=\"card\">");
    out << h2(page.t("registry.profile.person"));
    begin_form(out, page.context, "/profile");
    fields(out, page, "person", Person::meta, &shown,
           {"name", "name_en", "orcid", "introduction", "is_public", "version"});
    end_form(out, page.t("registry.save"));
    out.raw("</section>");
}

void affiliation_list(Out& out, Profile const& page) {
    out << ul(cls("card-list"), [&] {
        for (AffiliationView const& view : page.affiliations) {
            out.raw("<li class=\"card\">");
            organisation_link(out, view.affiliation.organisation_id.text, view.organisation);
            out << " · " << view.affiliation.position << " "
                << span(cls("muted"), period_text(page.context, view.affiliation.since, view.affiliation.until));
            begin_form(out, page.context, "/profile/affiliations/" + view.affiliation.id.text + "/remove");
            out << button(cls("button quiet small"), type("submit"), page.t("registry.remove"),
                          span(cls("visually-hidden"), " ", view.organisation));
            out.raw("</form></li>");
        }
    });
}

void work_part(Out& out, Profile const& page) {
    out.raw("<section class=\"card\">");
    out << h2(page.t("registry.person.work"));
    if (!page.affiliations.empty()) affiliation_list(out, page);
    begin_form(out, page.context, "/profile/affiliations");
    organisation_picker(out, page.context, "organisation", "registry.affiliation.organisation_id",
                        typed_or(page.refused("work"), "organisation", ""), page.problems("work"));
    Affiliation const empty;
    fields(out, page, "work", Affiliation::meta, &empty, {"position", "since", "until"});
    end_form(out, page.t("registry.profile.add_work"));
    out.raw("</section>");
}

void contact_part(Out& out, Profile const& page) {
    Contact const shown = page.contact.value_or(Contact{});
    out.raw("<section class=\"card\">");
    out << h2(page.t("registry.contact")) << p(page.t("registry.profile.contact_text"));
    begin_form(out, page.context, "/profile/contact");
    fields(out, page, "contact", Contact::meta, &shown, {"email", "phone", "audience", "version"});
    end_form(out, page.t("registry.save"));
    out.raw("</section>");
}

void rights_part(Out& out, Profile const& page) {
    out.raw("<section class=\"card\">");
    out << h2(page.t("registry.profile.rights")) << p(page.t("registry.profile.export_text"))
        << p(a(cls("button"), href("/profile/export.json"), page.t("registry.profile.export")));
    out.raw(page.form == "erase" ? "<details open>" : "<details>");
    out << summary(page.t("registry.profile.erase")) << p(page.t("registry.profile.erase_text"));
    begin_form(out, page.context, "/profile/erase");
    bool const wrong = !page.problems("erase").empty();
    out << div(cls(wrong ? "field wrong" : "field"), label(for_("erase-name"), page.t("registry.profile.erase_name")),
               when(wrong, [&] { return p(cls("field-error"), page.t("registry.erase.name")); }),
               input(id("erase-name"), name("name"), maxlength(60), autocomplete("off"), aria_invalid(wrong)));
    end_form(out, page.t("registry.profile.erase"));
    out.raw("</details></section>");
}

http::Reply show(Profile page) {
    if (page.person) {
        page.affiliations = affiliations_of(page.context, page.person->id.text);
        page.contact = contact_of(page.context, *page.person);
    }
    Page frame{.title = std::string{page.t("registry.profile.title")},
               .lead = std::string{page.t("registry.profile.lead")}};
    if (page.error) frame.status = http::status_of(page.error->refusal);
    if (page.person)
        frame.actions =
            markup(a(cls("button"), href(Url::path("/people", page.person->id.text)), page.t("registry.profile.view")));
    return render(page.context, frame, [&](Out& out) {
        if (page.error) error_summary(out, page.context, *page.error, Person::meta.name);
        person_form(out, page);
        if (!page.person) return;
        work_part(out, page);
        contact_part(out, page);
        rights_part(out, page);
    });
}

// Back to the profile, or the same page with what was typed and why it was refused.
template <class T>
http::Reply answer(Context& context, http::Request& request, Result<T> const& done, std::string_view form,
                   std::optional<Person> person) {
    if (done) return http::see_other("/profile?done=done.saved");
    context.refresh();
    return show(
        {.context = context, .person = std::move(person), .form = form, .error = &done.error(), .request = &request});
}

http::Reply no_profile(Context& context, http::Request& request) {
    return refusal(context, request, Error{Refusal::not_found, "registry.profile.none", {}, {}});
}

Result<std::string> affiliation_typed(Context& context, http::Request& request, Person const& person) {
    Affiliation one;
    Problems problems = entity::from_form(one, request.form);
    auto const organisation = picked_organisation(context.reader(), "organisation", typed(request, "organisation"));
    if (!organisation)
        problems.insert(problems.end(), organisation.error().problems.begin(), organisation.error().problems.end());
    if (!problems.empty()) return refuse(std::move(problems));
    one.organisation_id = organisation->id;
    return add_affiliation(context, person, one);
}

} // namespace

http::Reply profile_page(Context& context, http::Request&) {
    return show({.context = context, .person = own_person(context)});
}

http::Reply profile_post(Context& context, http::Request& request) {
    Person one;
    Problems problems = entity::from_form(one, request.form);
    one.version = parse_integer(typed(request, "version")).value_or(1);
    auto const done = problems.empty() ? save_own_profile(context, one) : refuse(std::move(problems));
    return answer(context, request, Result<std::string>{done}, "person", own_person(context));
}

http::Reply contact_post(Context& context, http::Request& request) {
    auto const person = own_person(context);
    if (!person) return no_profile(context, request);
    Contact one;
    Problems problems = entity::from_form(one, request.form);
    one.version = parse_integer(typed(request, "version")).value_or(1);
    auto const done =
        problems.empty() ? save_contact(context, *person, one) : Result<void>{refuse(std::move(problems))};
    return answer(context, request, done, "contact", person);
}

http::Reply affiliation_post(Context& context, http::Request& request) {
    auto const person = own_person(context);
    if (!person) return no_profile(context, request);
    return answer(context, request, affiliation_typed(context, request, *person), "work", person);
}

http::Reply remove_affiliation_post(Context& context, http::Request& request) {
    auto const person = own_person(context);
    if (!person) return no_profile(context, request);
    return answer(context, request, remove_affiliation(context, *person, request.parameter("id")), "work", person);
}

http::Reply export_reply(Context& context, http::Request& request) {
    auto const person = own_person(context);
    if (!person) return no_profile(context, request);
    auto data = export_personal_data(context, *person);
    if (!data) return refusal(context, request, data.error());
    return http::download(std::move(*data), "application/json", "my-data.json");
}

http::Reply erase_post(Context& context, http::Request& request) {
    auto const person = own_person(context);
    if (!person) return no_profile(context, request);
    auto const done = erase_personal_data(context, *person, typed(request, "name"));
    if (done) return http::see_other("/profile?done=done.erased");
    return answer(context, request, done, "erase", person);
}

std::vector<http::Route> person_routes() {
    using enum http::Method;
    constexpr auto form = http::Body::form;
    constexpr auto none = http::Body::none;
    return {{get, "/people/{id}", "public", person_page, none, http::Cache::page},
            {get, "/people/{id}/merge", person_merge_permission, person_merge_page},
            {post, "/people/{id}/merge", person_merge_permission, person_merge_post, form},
            {get, "/profile", "signed_in", profile_page},
            {post, "/profile", "signed_in", profile_post, form},
            {post, "/profile/contact", "signed_in", contact_post, form},
            {post, "/profile/affiliations", "signed_in", affiliation_post, form},
            {post, "/profile/affiliations/{id}/remove", "signed_in", remove_affiliation_post, form},
            {get, "/profile/export.json", "signed_in", export_reply},
            {post, "/profile/erase", "signed_in", erase_post, form}};
}

} // namespace sangu::registry
