#include "modules/registry/person_merge.h"

#include "base/text.h"
#include "modules/registry/merge_references.h"

#include <algorithm>

namespace sangu::registry {

namespace {

Result<Person> seen_person(db::Session& session, std::string const& id, std::int64_t version) {
    auto const found = is_id(id) ? entity::find(session, Id<Person>{id}) : std::nullopt;
    if (!found) return refuse(Refusal::not_found, "registry.merge.gone");
    if (found->erased_at) return refuse(Refusal::conflict, "registry.person_merge.erased");
    if (found->version != version) return refuse(Refusal::stale, "error.stale");
    return *found;
}

Result<void> check(Person const& kept, Person const& dropped, MergeWish const& wish) {
    if (kept.id == dropped.id) return refuse(Refusal::invalid, "registry.merge.itself");
    if (disagreement(kept, dropped).any() && trim(wish.reason).empty())
        return refuse(Problems{{"reason", "registry.person_merge.reason_needed", {}}});
    return {};
}

Person combined(Person const& kept, Person const& dropped, std::vector<std::string> const& chosen) {
    Person after = kept;
    for (entity::FieldMeta const& field : Person::meta.fields) {
        if (field.key || field.version || field.read_only || field.name == "is_public") continue;
        bool const is_chosen = std::ranges::find(chosen, field.name) != chosen.end();
        Value const own = field.load(&kept), other = field.load(&dropped);
        if (!is_null(other) && (is_chosen || is_null(own))) field.store(&after, other);
    }
    if (!kept.account_id && dropped.account_id) {
        after.account_id = dropped.account_id;
        after.is_public = dropped.is_public;
    } else if (!kept.account_id) {
        after.is_public = kept.is_public && dropped.is_public;
    }
    return after;
}

// Since the merge another profile may have taken what is the dropped one's alone.
Result<void> check_free(db::Session& session, Person const& kept, Person const& dropped) {
    bool const taken = session.exists(
        "select 1 from registry_person where id <> ? and (orcid = ? or account_id = ?)",
        {kept.id.text, dropped.orcid.value_or(""), dropped.account_id ? dropped.account_id->text : std::string{}});
    if (taken) return refuse(Refusal::conflict, "registry.person_merge.taken");
    return {};
}

std::string scope_of(Person const& person) {
    return person.account_id ? "account/" + person.account_id->text : std::string{"zone"};
}

} // namespace

Disagreement disagreement(Person const& one, Person const& other) {
    return {.orcid = one.orcid && other.orcid && *one.orcid != *other.orcid,
            .account = one.account_id && other.account_id && *one.account_id != *other.account_id};
}

Result<std::string> merge_people(Context& context, MergeWish const& wish) {
    TRY_VOID(context.require(person_merge_permission));
    return context.change<std::string>([&](Change& change) -> Result<std::string> {
        db::Transaction& transaction = change.transaction();
        Person const kept = TRY(seen_person(transaction, wish.kept_id, wish.kept_version));
        Person const dropped = TRY(seen_person(transaction, wish.dropped_id, wish.dropped_version));
        TRY_VOID(check(kept, dropped, wish));
        Person after = combined(kept, dropped, wish.from_dropped);
        Merge const journal{.id = new_id_of<Merge>(),
                            .entity = std::string{Person::meta.name},
                            .kept_id = kept.id.text,
                            .dropped_id = dropped.id.text,
                            .dropped_name = dropped.name,
                            .dropped_row = row_as_json(Person::meta, &dropped),
                            .kept_before = row_as_json(Person::meta, &kept),
                            .kept_after = row_as_json(Person::meta, &after),
                            .reason = std::string{trim(wish.reason)},
                            .scope = "zone",
                            .merged_by = context.actor.account_id,
                            .merged_at = context.now()};
        if (auto problems = entity::validate(journal); !problems.empty()) return refuse(std::move(problems));
        entity::insert(transaction, journal);
        move_references(context.services, transaction, journal);
        entity::erase(transaction, Person::meta, dropped.id.text);
        TRY_VOID(change.save(kept, after, "registry.person.merged", scope_of(after), journal.reason));
        change.audit({.action = "registry.person.merged_away",
                      .object_kind = Person::meta.name,
                      .object_id = dropped.id.text,
                      .scope = scope_of(dropped),
                      .comment = journal.reason});
        change.publish("registry.person.merged", kept.id.text, scope_of(after), person_read,
                       R"({"dropped":")" + dropped.id.text + R"("})");
        return journal.id.text;
    });
}

Result<void> undo_people(Context& context, Change& change, Merge const& journal) {
    TRY_VOID(context.require(person_merge_permission));
    if (journal.dropped_row.empty()) return refuse(Refusal::conflict, "registry.merge.erased");
    db::Transaction& transaction = change.transaction();
    auto const kept = entity::find(transaction, Id<Person>{journal.kept_id});
    if (!kept) return refuse(Refusal::conflict, "registry.merge.later");
    Person dropped;
    row_from_json(Person::meta, &dropped, journal.dropped_row);
    TRY_VOID(check_free(transaction, *kept, dropped));
    Person back = restored(*kept, journal);
    // The kept profile first: it may hold the ORCID iD or the account that is the other's again.
    TRY_VOID(change.save(*kept, back, "registry.person.unmerged", scope_of(back)));
    ++dropped.version;
    entity::insert(transaction, dropped);
    restore_references(context.services, transaction, journal);
    change.publish("registry.person.unmerged", journal.kept_id, scope_of(back), person_read);
    return {};
}

void forget_merges(db::Transaction& transaction, std::string_view person_id) {
    std::string const concerned =
        "(with recursive person (id) as (select ? union select m.dropped_id from registry_merge m join person on"
        " m.kept_id = person.id where m.entity = 'registry.person' and m.undone_at is null)"
        " select m.id from registry_merge m join person on m.kept_id = person.id or m.dropped_id = person.id"
        " where m.entity = 'registry.person')";
    std::string const id{person_id};
    transaction.execute("delete from registry_merge_row where merge_id in " + concerned, {id});
    transaction.execute("update registry_merge set dropped_name = '', dropped_row = '', kept_before = '',"
                        " kept_after = '', reason = '', version = version + 1 where id in " +
                            concerned,
                        {id});
}

std::vector<Person> namesakes(db::Session& session, Person const& person, std::int64_t limit) {
    return entity::where<Person>(session,
                                 "where id <> ? and erased_at is null and (name = ? or (name_en is not null and name_en"
                                 " = ?)) order by id limit ?",
                                 {person.id.text, person.name, person.name_en.value_or(""), limit});
}

} // namespace sangu::registry
