// Two profiles side by side, to become one.

#include "base/text.h"
#include "modules/registry/merge_parts.h"
#include "modules/registry/page_parts.h"
#include "modules/registry/pages.h"
#include "modules/registry/person_merge.h"

namespace sangu::registry {

using namespace html;

namespace {

constexpr std::int64_t namesakes_max = 20;

std::string merge_path(std::string const& id) { return "/people/" + id + "/merge"; }

struct Pairing {
    Context& context;
    Person stays, goes;
    http::Request const* refused = nullptr;
    Error const* error = nullptr;
};

// The two are given as the page of the one that stays, and `with`.
void notes(Out& out, Pairing const& page) {
    auto const found = disagreement(page.stays, page.goes);
    if (found.orcid) out << div(cls("note warn"), p(page.context.t("registry.person_merge.orcid_differs")));
    if (found.account) out << div(cls("note warn"), p(page.context.t("registry.person_merge.account_differs")));
    bool const owned = page.stays.account_id || page.goes.account_id;
    if (owned && !found.account) out << div(cls("note info"), p(page.context.t("registry.person_merge.owner_kept")));
}

http::Reply compare(Pairing const& page) {
    Context& context = page.context;
    std::string const stays = page.stays.id.text, goes = page.goes.id.text;
    Page frame{.title = std::string{context.t("registry.person_merge.title")},
               .lead = std::string{context.t("registry.person_merge.lead")},
               .crumbs = {{std::string{context.t("registry.person.plural")}, "/people"},
                          {page.stays.name, "/people/" + stays}}};
    if (page.error) frame.status = http::status_of(page.error->refusal);
    return render(context, frame, [&](Out& out) {
        if (page.error) error_summary(out, context, *page.error, Merge::meta.name);
        notes(out, page);
        out << p(a(cls("button quiet"), href(Url::local(merge_path(goes)).query("with", stays)),
                   context.t("registry.merge.swap")));
        begin_form(out, context, merge_path(stays));
        seen_fields(out, stays, page.stays.version, goes, page.goes.version);
        sides_table(out, {.context = context,
                          .meta = Person::meta,
                          .stays = &page.stays,
                          .goes = &page.goes,
                          .labels = {},
                          .refused = page.refused});
        reference_counts(out, context, Person::meta.name, goes);
        reason_field(out, context, disagreement(page.stays, page.goes).any(), "registry.person_merge.reason_needed",
                     typed_or(page.refused, "reason", ""), page.error ? page.error->problems : Problems{});
        end_form(out, context.t("registry.merge.merge"), "/people/" + stays, context.t("resource.cancel"));
    });
}

// Whom `text` names: the id of a profile, its address, an ORCID iD or a name that only one has.
std::optional<Person> named(Context& context, std::string_view text) {
    std::string_view const last = trim(text.substr(text.rfind('/') + 1));
    std::string id{last};
    if (!is_id(last)) {
        auto const card = find_person(context.reader(), last, "");
        if (!card) return std::nullopt;
        id = card->id.text;
    }
    auto person = entity::find(context.reader(), Id<Person>{id});
    return person && !person->erased_at ? person : std::nullopt;
}

http::Reply choose(Context& context, Person const& person, std::string const& asked) {
    auto const others = namesakes(context.reader(), person, namesakes_max);
    Page frame{.title = std::string{context.t("registry.person_merge.title")},
               .lead = context.t("registry.person_merge.choose", {person.name}),
               .crumbs = {{std::string{context.t("registry.person.plural")}, "/people"},
                          {person.name, "/people/" + person.id.text}}};
    Problems problems;
    if (!asked.empty()) {
        problems.push_back({"with", "registry.person_merge.not_found", {asked}});
        frame.status = 422;
    }
    return render(context, frame, [&](Out& out) {
        out << h2(context.t("registry.person_merge.namesakes"));
        if (others.empty()) out << p(cls("muted"), context.t("registry.person_merge.no_namesakes"));
        out << ul(cls("card-list"), [&] {
            for (Person const& one : others)
                out << li(cls("card"),
                          p(strong(one.name), " ", span(cls("muted"), one.name_en.value_or("")), " ",
                            span(cls("mono"), one.orcid.value_or(""))),
                          p(a(cls("button"), href(Url::local(merge_path(person.id.text)).query("with", one.id.text)),
                              context.t("registry.duplicate.compare"),
                              span(cls("visually-hidden"), " ", one.name, " ", one.orcid.value_or("")))));
        });
        out << h2(context.t("registry.person_merge.other"))
            << form(method("get"), action(Url::local(merge_path(person.id.text))), [&] {
                   out << div(
                              cls(problems.empty() ? "field" : "field wrong"),
                              label(for_("with"), context.t("registry.person_merge.with")),
                              p(cls("hint"), context.t("registry.person_merge.with_hint")),
                              [&] {
                                  if (!problems.empty())
                                      out << p(cls("field-error"), i18n::format(context.language, problems.front()));
                              },
                              input(type("text"), id("with"), name("with"), value(asked), maxlength(200)))
                       << button(cls("button primary"), type("submit"), context.t("registry.duplicate.compare"));
               });
    });
}

Result<Person> mergeable(Context& context, std::string_view id) {
    TRY_VOID(context.require(person_merge_permission));
    Person person = TRY(visible_person(context, id));
    if (person.erased_at) return refuse(Refusal::conflict, "registry.person_merge.erased");
    return person;
}

} // namespace

http::Reply person_merge_page(Context& context, http::Request& request) {
    auto const person = mergeable(context, request.parameter("id"));
    if (!person) return refusal(context, request, person.error());
    std::string const asked{trim(request.query_value("with").value_or(""))};
    auto const other = asked.empty() ? std::nullopt : named(context, asked);
    if (!other || other->id == person->id) return choose(context, *person, asked);
    return compare({.context = context, .stays = *person, .goes = *other});
}

http::Reply person_merge_post(Context& context, http::Request& request) {
    MergeWish const wish = wish_of(request);
    auto const done = wish.kept_id == request.parameter("id")
                          ? merge_people(context, wish)
                          : Result<std::string>{refuse(Refusal::invalid, "registry.merge.gone")};
    if (done) return http::see_other("/merges?done=done.merged");
    context.refresh();
    auto const stays = mergeable(context, wish.kept_id), goes = mergeable(context, wish.dropped_id);
    if (!stays || !goes || stays->id == goes->id) return refusal(context, request, done.error());
    return compare({.context = context, .stays = *stays, .goes = *goes, .refused = &request, .error = &done.error()});
}

} // namespace sangu::registry
