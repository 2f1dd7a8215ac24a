#include "modules/registry/merge_references.h"

#include "kernel/db/schema.h"
#include "kernel/entity/any_object.h"
#include "kernel/json/json.h"
#include "kernel/module.h"

#include <algorithm>

namespace sangu::registry {

namespace {

// Columns outside the descriptions that name what is merged in their own way.
struct TextReference {
    std::string_view entity, table, column, prefix, condition;
};
constexpr TextReference text_references[] = {
    {"registry.organisation", "kernel_attachment", "owner_id", "", " and owner_kind = 'registry.organisation'"},
    {"registry.organisation", "kernel_role_grant", "scope", "org/", ""},
    {"registry.person", "kernel_attachment", "owner_id", "", " and owner_kind = 'registry.person'"},
};

std::string version_step(entity::EntityMeta const& meta) {
    auto const version = std::ranges::find_if(meta.fields, &entity::FieldMeta::version);
    if (version == meta.fields.end()) return {};
    std::string const name{version->name};
    return ", " + name + " = " + name + " + 1";
}

// The condition under which row `t` would stand twice if its column became the second parameter.
std::string clash_condition(std::string const& table, std::string const& column,
                            std::vector<std::vector<std::string>> const& unique_keys) {
    std::string condition;
    for (auto const& key : unique_keys) {
        if (std::ranges::find(key, column) == key.end()) continue;
        std::string same;
        for (std::string const& other : key)
            if (other != column) same += " and x." + other + " = t." + other;
        condition += (condition.empty() ? "" : " or ") + std::string{"exists (select 1 from "} + table + " x where x." +
                     column + " = ?" + same + ")";
    }
    return condition;
}

// Rows that cannot stand beside those of the kept entry (one figure a year, one membership a day) are kept in
// the journal as a whole.
void remove_clashing(db::Transaction& transaction, Reference const& reference, std::string const& merge_id,
                     std::string const& from, std::string const& to) {
    std::string const table = reference.meta->table(), column{reference.field->name};
    std::string const key{reference.meta->key().name};
    std::string const clash = clash_condition(table, column, db::unique_keys_of(transaction, table));
    if (clash.empty()) return;
    std::vector<Value> parameters{from};
    for (std::size_t at = 0; (at = clash.find('?', at)) != std::string::npos; ++at) parameters.emplace_back(to);
    std::vector<std::string> keys;
    transaction.query("select t." + key + " from " + table + " t where t." + column + " = ? and (" + clash + ")",
                      db::Parameters{parameters}, [&](db::Row const& row) { keys.emplace_back(row.text(0)); });
    for (std::string const& one : keys) {
        entity::AnyObject object{*reference.meta};
        Value const id = one;
        entity::each(transaction, *reference.meta, object.get(), "where " + key + " = ?", db::Parameters{&id, 1},
                     [] {});
        transaction.execute("insert into registry_merge_row (merge_id, referring_table, referring_column, row_key,"
                            " removed_row) values (?, ?, ?, ?, ?)",
                            {merge_id, table, column, one, row_as_json(*reference.meta, object.get())});
        entity::erase(transaction, *reference.meta, one);
    }
}

void move(db::Transaction& transaction, std::string const& merge_id, std::string const& table,
          std::string const& column, std::string const& key, std::string const& condition, std::string const& step,
          std::string const& from, std::string const& to) {
    transaction.execute(
        "insert into registry_merge_row (merge_id, referring_table, referring_column, row_key) select ?,"
        " ?, ?, " +
            key + " from " + table + " where " + column + " = ?" + condition,
        {merge_id, table, column, from});
    transaction.execute("update " + table + " set " + column + " = ?" + step + " where " + column + " = ?" + condition,
                        {to, from});
}

// Only rows that still point where the merge put them: what people changed since stays.
void move_back(db::Transaction& transaction, std::string const& merge_id, std::string const& table,
               std::string const& column, std::string const& key, std::string const& step, std::string const& from,
               std::string const& to) {
    transaction.execute("update " + table + " set " + column + " = ?" + step + " where " + column + " = ? and " + key +
                            " in (select row_key from registry_merge_row where merge_id = ? and referring_table = ? and"
                            " referring_column = ? and removed_row is null)",
                        {from, to, merge_id, table, column});
}

void put_back_removed(db::Transaction& transaction, Reference const& reference, std::string const& merge_id) {
    std::vector<std::string> rows;
    transaction.query("select removed_row from registry_merge_row where merge_id = ? and referring_table = ? and"
                      " referring_column = ? and removed_row is not null order by row_key",
                      {merge_id, reference.meta->table(), std::string{reference.field->name}},
                      [&](db::Row const& row) { rows.emplace_back(row.text(0)); });
    for (std::string const& text : rows) {
        entity::AnyObject object{*reference.meta};
        row_from_json(*reference.meta, object.get(), text);
        entity::insert(transaction, *reference.meta, object.get());
    }
}

} // namespace

std::vector<Reference> references_of(Services const& services, std::string_view entity) {
    std::vector<Reference> all;
    for (Module const& module : services.modules)
        for (entity::EntityMeta const* meta : module.entities)
            for (entity::FieldMeta const& field : meta->fields)
                if (field.refers_to == entity) all.push_back({meta, &field});
    return all;
}

void move_references(Services const& services, db::Transaction& transaction, Merge const& merge) {
    std::string const &id = merge.id.text, &from = merge.dropped_id, &to = merge.kept_id;
    for (Reference const& one : references_of(services, merge.entity)) {
        remove_clashing(transaction, one, id, from, to);
        move(transaction, id, one.meta->table(), std::string{one.field->name}, std::string{one.meta->key().name}, "",
             version_step(*one.meta), from, to);
    }
    for (TextReference const& one : text_references) {
        if (one.entity != merge.entity) continue;
        std::string const prefix{one.prefix};
        std::string clash = one.table == "kernel_role_grant"
                                ? " and not exists (select 1 from kernel_role_grant x where x.scope = '" + prefix + to +
                                      "' and x.account_id = kernel_role_grant.account_id and x.role ="
                                      " kernel_role_grant.role)"
                                : "";
        move(transaction, id, std::string{one.table}, std::string{one.column}, "id", std::string{one.condition} + clash,
             "", prefix + from, prefix + to);
    }
}

void restore_references(Services const& services, db::Transaction& transaction, Merge const& merge) {
    std::string const &id = merge.id.text, &from = merge.dropped_id, &to = merge.kept_id;
    for (Reference const& one : references_of(services, merge.entity)) {
        move_back(transaction, id, one.meta->table(), std::string{one.field->name}, std::string{one.meta->key().name},
                  version_step(*one.meta), from, to);
        put_back_removed(transaction, one, id);
    }
    for (TextReference const& one : text_references) {
        if (one.entity != merge.entity) continue;
        std::string const prefix{one.prefix};
        move_back(transaction, id, std::string{one.table}, std::string{one.column}, "id", "", prefix + from,
                  prefix + to);
    }
}

std::string row_as_json(entity::EntityMeta const& meta, void const* object) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    for (entity::FieldMeta const& field : meta.fields) writer.key(field.name).value(field.load(object));
    writer.end_object();
    return text;
}

void row_from_json(entity::EntityMeta const& meta, void* object, std::string_view text) {
    auto const document = json::Document::parse(text);
    if (!document) throw db::Fault{"a row of the merge journal cannot be read"};
    for (entity::FieldMeta const& field : meta.fields) {
        auto const node = document->root().find(field.name);
        if (!node) continue;
        Value value;
        switch (node->kind()) {
        case json::Kind::boolean: value = node->boolean(); break;
        case json::Kind::integer: value = node->integer(); break;
        case json::Kind::real: value = node->real(); break;
        case json::Kind::string: value = std::string{node->text()}; break;
        default: break;
        }
        field.store(object, value);
    }
}

} // namespace sangu::registry
