// Export and erasure of one's personal data.

#include "base/text.h"
#include "kernel/entity/any_object.h"
#include "kernel/json/json.h"
#include "kernel/module.h"
#include "modules/registry/person_merge.h"

namespace sangu::registry {

namespace {

constexpr std::int64_t rows_max = 10'000;

// Appends the rows of one entity that point to `id` by a field that refers to `target`.
void append_rows(std::string& items, Context& context, entity::EntityMeta const& meta, std::string_view target,
                 std::string const& id) {
    std::vector<Value> parameters;
    std::string condition;
    for (entity::FieldMeta const& field : meta.fields) {
        if (field.refers_to != target) continue;
        condition += (condition.empty() ? "" : " or ") + std::string{field.name} + " = ?";
        parameters.emplace_back(id);
    }
    if (condition.empty()) return;
    entity::AnyObject one{meta};
    std::string const tail = "where " + condition + " order by id limit " + std::to_string(rows_max);
    entity::each(context.reader(), meta, one.get(), tail, db::Parameters{parameters}, [&] {
        if (!items.empty()) items += ',';
        entity::write_json(items, meta, one.get());
    });
}

// Profiles that became this one, as they were.
std::string merged_profiles(db::Session& session, std::string const& person_id) {
    std::string items;
    session.query("select dropped_row from registry_merge where entity = 'registry.person' and kept_id = ? and"
                  " undone_at is null order by id limit 100",
                  {person_id},
                  [&](db::Row const& row) { items += (items.empty() ? "" : ",") + std::string{row.text(0)}; });
    return "[" + items + "]";
}

} // namespace

Result<std::string> export_personal_data(Context& context, Person const& person) {
    if (!owns(context, person)) return refuse(Refusal::forbidden, "error.forbidden");
    std::string text;
    json::Writer writer{text};
    writer.begin_object().member("exported_at", to_text(context.now())).key("person").raw(entity::to_json(person));
    writer.key("merged_profiles").raw(merged_profiles(context.reader(), person.id.text));
    writer.key("records").begin_object();
    for (Module const& module : context.services.modules) {
        for (entity::EntityMeta const* meta : module.entities) {
            std::string items;
            append_rows(items, context, *meta, "registry.person", person.id.text);
            append_rows(items, context, *meta, "kernel.account", context.actor.account_id);
            if (!items.empty()) writer.key(meta->name).raw("[" + items + "]");
        }
    }
    writer.end_object().end_object();
    return text;
}

Result<void> erase_personal_data(Context& context, Person const& person, std::string_view typed_name) {
    if (!owns(context, person)) return refuse(Refusal::forbidden, "error.forbidden");
    if (trim(typed_name) != person.name) return refuse(Problems{{"name", "registry.erase.name", {}}});
    return context.change<void>([&](Change& change) -> Result<void> {
        db::Transaction& transaction = change.transaction();
        std::string const today = to_text(context.today());
        bool const erased =
            transaction.execute(
                "update registry_person set name = '', name_en = null, orcid = null, introduction = null,"
                " account_id = null, is_public = false, erased_at = ?, version = version + 1"
                " where id = ? and erased_at is null",
                {to_text(context.now()), person.id.text}) == 1;
        if (!erased) return refuse(Refusal::stale, "error.stale");
        transaction.execute("delete from registry_contact where person_id = ?", {person.id.text});
        transaction.execute("delete from registry_affiliation where person_id = ?", {person.id.text});
        // A membership must last a day at least; one that began today goes.
        transaction.execute("delete from registry_membership where account_id = ? and since >= ?",
                            {context.actor.account_id, today});
        transaction.execute("update registry_membership set until = ?, version = version + 1 where account_id = ?"
                            " and (until is null or until > ?)",
                            {today, context.actor.account_id, today});
        forget_merges(transaction, person.id.text);
        change.audit(
            {.action = "registry.person.erased", .object_kind = "registry.person", .object_id = person.id.text});
        change.publish("registry.person.erased", person.id.text, "zone", person_read);
        return {};
    });
}

} // namespace sangu::registry
