#include "modules/registry/merge.h"

#include "base/text.h"
#include "modules/registry/duplicates.h"
#include "modules/registry/merge_references.h"
#include "modules/registry/person_merge.h"

#include <algorithm>

namespace sangu::registry {

using entity::field, entity::fields;

constinit entity::EntityMeta const Merge::meta = entity::entity<Merge>("registry.merge", [] {
    using M = Merge;
    return fields(field<&M::id>().key(), field<&M::entity>().required().max_length(40).read_only(),
                  field<&M::kept_id>().required().max_length(26).read_only(),
                  field<&M::dropped_id>().required().max_length(26).read_only(),
                  field<&M::dropped_name>().required().max_length(120).read_only(), field<&M::dropped_row>().hidden(),
                  field<&M::kept_before>().hidden(), field<&M::kept_after>().hidden(),
                  field<&M::reason>().max_length(500).multiline(),
                  field<&M::scope>().required().max_length(200).read_only(),
                  field<&M::merged_by>().required().max_length(60).read_only(),
                  field<&M::merged_at>().required().read_only(), field<&M::undone_by>().max_length(60).read_only(),
                  field<&M::undone_at>().read_only(), field<&M::version>().version());
});

namespace {

constexpr std::size_t chain_max = 20;

// The kept entry after the merge: chosen fields from the dropped one, what it lacks likewise, both names findable.
Organisation combined(Organisation const& kept, Organisation const& dropped, std::vector<std::string> const& chosen) {
    Organisation after = kept;
    for (entity::FieldMeta const& field : Organisation::meta.fields) {
        if (field.key || field.version || field.read_only) continue;
        bool const is_chosen = std::ranges::find(chosen, field.name) != chosen.end();
        Value const own = field.load(&kept), other = field.load(&dropped);
        if (!is_null(other) && (is_chosen || is_null(own))) field.store(&after, other);
    }
    if (after.place_id == dropped.place_id) after.scope = dropped.scope;
    if (after.industry == dropped.industry) after.industry_edition = dropped.industry_edition;
    std::string names = after.former_names.value_or("");
    for (std::string const& name : {kept.name, dropped.name}) {
        auto const lines = split_text(names, '\n');
        if (name == after.name || std::ranges::find(lines, name) != lines.end()) continue;
        names += (names.empty() ? "" : "\n") + name;
    }
    if (!names.empty()) after.former_names = names;
    return after;
}

Result<Organisation> seen_organisation(db::Session& session, std::string const& id, std::int64_t version) {
    auto const found = is_id(id) ? entity::find(session, Id<Organisation>{id}) : std::nullopt;
    if (!found) return refuse(Refusal::not_found, "registry.merge.gone");
    if (found->version != version) return refuse(Refusal::stale, "error.stale");
    return *found;
}

Result<void> check_codes(Organisation const& kept, Organisation const& dropped, MergeWish const& wish) {
    if (kept.id == dropped.id) return refuse(Refusal::invalid, "registry.merge.itself");
    bool const disagree = kept.uscc && dropped.uscc && *kept.uscc != *dropped.uscc;
    if (disagree && trim(wish.reason).empty()) return refuse(Problems{{"reason", "registry.merge.reason_needed", {}}});
    return {};
}

void decide_pairs(db::Transaction& transaction, Context const& context, std::string const& kept,
                  std::string const& dropped, std::string_view from, std::string_view to) {
    auto const [first, second] = std::minmax(kept, dropped);
    transaction.execute(
        "update registry_duplicate set state = ?, decided_by = ?, decided_at = ?, version = version + 1"
        " where first_id = ? and second_id = ? and state = ?",
        {std::string{to}, context.actor.account_id, to_text(context.now()), first, second, std::string{from}});
}

Result<Merge> merge_to_undo(db::Session& session, std::string_view merge_id) {
    auto const found = is_id(merge_id) ? entity::find(session, Id<Merge>{std::string{merge_id}}) : std::nullopt;
    if (!found) return refuse(Refusal::not_found, "error.not_found");
    if (found->undone_at) return refuse(Refusal::conflict, "registry.merge.undone");
    return *found;
}

Result<void> undo_organisations(Context& context, Change& change, Merge const& journal) {
    TRY_VOID(context.require(merge_permission, journal.scope));
    db::Transaction& transaction = change.transaction();
    auto const kept = entity::find(transaction, Id<Organisation>{journal.kept_id});
    if (!kept) return refuse(Refusal::conflict, "registry.merge.later");
    Organisation back = restored(*kept, journal);
    // The kept entry first: it may hold the credit code that is the other's again.
    TRY_VOID(change.save(*kept, back, "registry.organisation.unmerged", kept->scope));
    Organisation dropped;
    row_from_json(Organisation::meta, &dropped, journal.dropped_row);
    ++dropped.version;
    entity::insert(transaction, dropped);
    restore_references(context.services, transaction, journal);
    store_name_keys(transaction, back);
    store_name_keys(transaction, dropped);
    decide_pairs(transaction, context, journal.kept_id, journal.dropped_id, "merged", "open");
    change.publish("registry.organisation.unmerged", journal.kept_id, journal.scope, "registry.read");
    return {};
}

} // namespace

std::map<std::string, std::int64_t> references_to(Context& context, std::string_view entity, std::string_view id) {
    std::map<std::string, std::int64_t> counts;
    std::string sql;
    std::vector<Value> parameters;
    for (Reference const& one : references_of(context.services, entity)) {
        sql += (sql.empty() ? "" : " union all ") + std::string{"select '"} + std::string{one.meta->name} +
               "', count(*) from " + one.meta->table() + " where " + std::string{one.field->name} + " = ?";
        parameters.emplace_back(std::string{id});
    }
    context.reader().query(sql, db::Parameters{parameters}, [&](db::Row const& row) {
        if (row.integer(1) > 0) counts[std::string{row.text(0)}] += row.integer(1);
    });
    return counts;
}

Result<std::string> merge(Context& context, MergeWish const& wish) {
    return context.change<std::string>([&](Change& change) -> Result<std::string> {
        db::Transaction& transaction = change.transaction();
        Organisation const kept = TRY(seen_organisation(transaction, wish.kept_id, wish.kept_version));
        Organisation const dropped = TRY(seen_organisation(transaction, wish.dropped_id, wish.dropped_version));
        TRY_VOID(context.require(merge_permission, kept.scope));
        TRY_VOID(context.require(merge_permission, dropped.scope));
        TRY_VOID(check_codes(kept, dropped, wish));
        Organisation after = combined(kept, dropped, wish.from_dropped);
        Merge journal{.id = new_id_of<Merge>(),
                      .kept_id = kept.id.text,
                      .dropped_id = dropped.id.text,
                      .dropped_name = dropped.name,
                      .dropped_row = row_as_json(Organisation::meta, &dropped),
                      .kept_before = row_as_json(Organisation::meta, &kept),
                      .reason = std::string{trim(wish.reason)},
                      .scope = kept.scope,
                      .merged_by = context.actor.account_id,
                      .merged_at = context.now()};
        journal.kept_after = row_as_json(Organisation::meta, &after);
        if (auto problems = entity::validate(journal); !problems.empty()) return refuse(std::move(problems));
        entity::insert(transaction, journal);
        move_references(context.services, transaction, journal);
        entity::erase(transaction, Organisation::meta, dropped.id.text);
        TRY_VOID(change.save(kept, after, "registry.organisation.merged", kept.scope, journal.reason));
        store_name_keys(transaction, after);
        decide_pairs(transaction, context, kept.id.text, dropped.id.text, "open", "merged");
        change.audit({.action = "registry.organisation.merged_away",
                      .object_kind = "registry.organisation",
                      .object_id = dropped.id.text,
                      .scope = dropped.scope,
                      .comment = journal.reason});
        change.publish("registry.organisation.merged", kept.id.text, kept.scope, "registry.read",
                       R"({"dropped":")" + dropped.id.text + R"("})");
        return journal.id.text;
    });
}

Result<void> undo_merge(Context& context, std::string_view merge_id) {
    return context.change<void>([&](Change& change) -> Result<void> {
        Merge const journal = TRY(merge_to_undo(change.transaction(), merge_id));
        if (journal.entity == Person::meta.name)
            TRY_VOID(undo_people(context, change, journal));
        else
            TRY_VOID(undo_organisations(context, change, journal));
        Merge done = journal;
        done.undone_by = context.actor.account_id;
        done.undone_at = context.now();
        return change.save(journal, done, "registry.merge.undone", journal.scope);
    });
}

std::string merged_into(db::Session& session, std::string_view merged) {
    std::string id{merged}, target;
    for (std::size_t step = 0; step < chain_max; ++step) {
        auto const next = session.text("select kept_id from registry_merge where dropped_id = ? and undone_at is null"
                                       " order by id desc limit 1",
                                       {id});
        if (!next) break;
        target = id = *next;
    }
    return target;
}

} // namespace sangu::registry
