#include "modules/registry/person_service.h"

#include "base/text.h"
#include "kernel/entity/store.h"
#include "modules/registry/registry.h"

#include <algorithm>

namespace sangu::registry {

namespace {

std::string scope_of(Person const& person) {
    return person.account_id ? "account/" + person.account_id->text : std::string{"zone"};
}

Result<void> require_edit(Context const& context, Person const& person) {
    if (may_edit(context, person)) return {};
    return refuse(Refusal::forbidden, "error.forbidden");
}

// True when the actor is a member of an organisation where the person works now.
bool shares_organisation(Context& context, Person const& person) {
    std::string const today = to_text(context.today());
    return context.reader().exists(
        "select 1 from registry_affiliation a join registry_membership m on m.organisation_id = a.organisation_id"
        " where a.person_id = ? and m.account_id = ? and m.since <= ? and (m.until is null or m.until > ?)"
        " and (a.until is null or a.until > ?)",
        {person.id.text, context.actor.account_id, today, today, today});
}

bool may_see_contact(Context& context, Person const& person, ContactAudience audience) {
    if (owns(context, person)) return true;
    switch (audience) {
    case ContactAudience::nobody: return false;
    case ContactAudience::organisation: return context.actor.signed_in() && shares_organisation(context, person);
    case ContactAudience::signed_in: return context.actor.signed_in();
    case ContactAudience::everyone: return true;
    }
    return false;
}

Result<void> check_dates(Context const& context, Affiliation const& one) {
    if (one.since && *one.since > context.today()) return refuse(Problems{{"since", "registry.future", {}}});
    return {};
}

} // namespace

bool owns(Context const& context, Person const& person) {
    return context.actor.kind == auth::ActorKind::person && person.account_id &&
           person.account_id->text == context.actor.account_id;
}

bool may_edit(Context const& context, Person const& person) {
    return !person.erased_at && (owns(context, person) || (!person.account_id && context.may(person_edit)));
}

Result<Person> visible_person(Context& context, std::string_view id) {
    auto const person = is_id(id) ? entity::find(context.reader(), Id<Person>{std::string{id}}) : std::nullopt;
    if (person && (person->is_public || owns(context, *person) || context.may(person_read))) return *person;
    return refuse(Refusal::not_found, "error.not_found");
}

std::vector<AffiliationView> affiliations_of(Context& context, std::string_view person_id) {
    std::vector<AffiliationView> views;
    std::vector<std::string> ids;
    for (Affiliation& one : entity::where<Affiliation>(
             context.reader(), "where person_id = ? order by until is null desc, since desc, id desc limit 100",
             {std::string{person_id}})) {
        ids.push_back(one.organisation_id.text);
        views.push_back({std::move(one), {}});
    }
    for (OrganisationCard const& card : organisations(context.reader(), ids))
        for (AffiliationView& view : views)
            if (view.affiliation.organisation_id == card.id)
                view.organisation = std::string{card.shown(context.language)};
    return views;
}

std::optional<Contact> contact_of(Context& context, Person const& person) {
    auto const contact = entity::first<Contact>(context.reader(), "where person_id = ?", {person.id.text});
    if (contact && may_see_contact(context, person, contact->audience)) return contact;
    return std::nullopt;
}

Result<std::string> save_own_profile(Context& context, Person const& typed) {
    if (context.actor.kind != auth::ActorKind::person) return refuse(Refusal::forbidden, "error.forbidden");
    auto const stored = entity::first<Person>(context.reader(), "where account_id = ?", {context.actor.account_id});
    Person before = stored.value_or(Person{.id = new_id_of<Person>()});
    Person after = before;
    after.name = typed.name;
    after.name_en = typed.name_en;
    after.orcid = typed.orcid;
    after.introduction = typed.introduction;
    after.is_public = typed.is_public;
    after.account_id = Id<auth::Account>{context.actor.account_id};
    if (stored) before.version = after.version = typed.version;
    if (auto problems = entity::validate(after); !problems.empty()) return refuse(std::move(problems));
    return context.change<std::string>([&](Change& change) -> Result<std::string> {
        std::string const scope = scope_of(after);
        if (stored)
            TRY_VOID(change.save(before, after, "registry.person.updated", scope));
        else
            change.create(after, scope);
        change.publish(stored ? "registry.person.updated" : "registry.person.created", after.id.text, scope,
                       person_read);
        return after.id.text;
    });
}

Result<void> save_contact(Context& context, Person const& person, Contact const& typed) {
    TRY_VOID(require_edit(context, person));
    auto const stored = entity::first<Contact>(context.reader(), "where person_id = ?", {person.id.text});
    Contact before = stored.value_or(Contact{.id = new_id_of<Contact>(), .person_id = person.id});
    Contact after = before;
    after.email = typed.email;
    after.phone = typed.phone;
    after.audience = typed.audience;
    if (stored) before.version = after.version = typed.version;
    if (auto problems = entity::validate(after); !problems.empty()) return refuse(std::move(problems));
    return context.change<void>([&](Change& change) -> Result<void> {
        if (stored) return change.save(before, after, "registry.contact.updated", scope_of(person));
        change.create(after, scope_of(person));
        return {};
    });
}

Result<std::string> add_affiliation(Context& context, Person const& person, Affiliation typed) {
    TRY_VOID(require_edit(context, person));
    typed.id = new_id_of<Affiliation>();
    typed.person_id = person.id;
    if (auto problems = entity::validate(typed); !problems.empty()) return refuse(std::move(problems));
    TRY_VOID(check_dates(context, typed));
    return context.change<std::string>([&](Change& change) -> Result<std::string> {
        change.create(typed, scope_of(person));
        return typed.id.text;
    });
}

Result<void> remove_affiliation(Context& context, Person const& person, std::string_view affiliation_id) {
    TRY_VOID(require_edit(context, person));
    auto const one = entity::first<Affiliation>(context.reader(), "where id = ? and person_id = ?",
                                                {std::string{affiliation_id}, person.id.text});
    if (!one) return refuse(Refusal::not_found, "error.not_found");
    return context.change<void>([&](Change& change) -> Result<void> {
        if (!entity::erase(change, Affiliation::meta, one->id.text)) return refuse(Refusal::stale, "error.stale");
        change.audit({.action = "registry.affiliation.removed",
                      .object_kind = "registry.person",
                      .object_id = person.id.text,
                      .scope = scope_of(person)});
        return {};
    });
}

} // namespace sangu::registry
