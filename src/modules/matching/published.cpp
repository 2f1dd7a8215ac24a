#include "modules/matching/published.h"

#include "kernel/entity/any_object.h"
#include "kernel/module.h"
#include "kernel/resource/pages.h"
#include "kernel/resource/published.h"

#include <algorithm>

namespace sangu::matching {

namespace {

using entity::FieldMeta;
using resource::Published;

constexpr std::string_view abstract_fields[] = {"abstract", "summary", "introduction", "description", "definition"};
// Lists that are parts of other records or tables of the house: nobody looks for their rows by words.
constexpr std::string_view not_searched[] = {"places", "targets", "sources", "milestones", "sections"};

Context stranger(Services& services) { return {services, auth::anonymous(), i18n::Language::zh_hans}; }

resource::RowFilter public_rows(Context& context, Published const& list) {
    resource::RowFilter filter{"1 = 1", {}};
    resource::RowFilter const visible = list.resource.visible ? list.resource.visible(context) : resource::RowFilter{};
    for (resource::RowFilter const* one : {&list.rows, &visible})
        if (!one->sql.empty()) {
            filter.sql += " and (" + one->sql + ")";
            filter.parameters.insert(filter.parameters.end(), one->parameters.begin(), one->parameters.end());
        }
    return filter;
}

FieldMeta const* version_of(entity::EntityMeta const& meta) {
    auto const found = std::ranges::find_if(meta.fields, &FieldMeta::version);
    return found == meta.fields.end() ? nullptr : &*found;
}

bool is_readable(Published const& list, FieldMeta const& field) {
    if (field.hidden || field.personal) return false;
    return list.fields.empty() || std::ranges::find(list.fields, field.name) != list.fields.end();
}

SearchRecord record_of(Published const& list, entity::AnyObject const& object) {
    entity::EntityMeta const& meta = *list.resource.meta;
    FieldMeta const& label = resource::label_field(meta);
    auto const text = [&](FieldMeta const& field) { return entity::to_plain_text(field, field.load(object.get())); };
    SearchRecord record{.id = object.id(),
                        .kind = std::string{list.resource.path},
                        .title = text(label),
                        .path = resource::object_path(list.resource, text(*meta.find(list.key))),
                        .mark = text(*version_of(meta)),
                        .layers = {}};
    SearchLayer layer{.readers = {"public"}};
    std::string const scope = resource::scope_of(list.resource, object.get());
    for (FieldMeta const& field : meta.fields) {
        if (!is_readable(list, field) || field.key || &field == &label) continue;
        if (field.type->kind != entity::Kind::text) continue;
        std::string const value = text(field);
        if (value.empty() || value == scope) continue; // the place is a facet
        std::string& target = std::ranges::find(abstract_fields, field.name) != std::end(abstract_fields)
                                  ? layer.abstract
                              : field.unique || field.max_length <= 40 ? layer.codes
                                                                       : layer.body;
        target.append(target.empty() ? "" : "\n").append(value);
        if (field.name == "industry") layer.facets.emplace_back("industry", value.substr(0, 1));
    }
    std::string_view rest = scope;
    while (!rest.empty()) {
        auto const slash = rest.find('/');
        std::string_view const part = rest.substr(0, slash);
        if (part != "zone" && part != "org") layer.facets.emplace_back("place", part);
        rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
    }
    layer.facts.emplace_back("scope", scope);
    record.layers.push_back(std::move(layer));
    if (record.title.empty()) record.layers.clear(); // nothing to call it by
    return record;
}

std::vector<SearchRecord> load(Published const& list, Services& services, db::Session& session,
                               std::span<std::string const> ids) {
    std::vector<SearchRecord> records;
    if (ids.empty()) return records;
    Context context = stranger(services);
    auto [condition, parameters] = public_rows(context, list);
    entity::EntityMeta const& meta = *list.resource.meta;
    std::string tail = "where " + condition + " and " + std::string{meta.key().name} + " in (?";
    for (std::size_t i = 1; i < ids.size(); ++i) tail += ", ?";
    parameters.insert(parameters.end(), ids.begin(), ids.end());
    entity::AnyObject one{meta};
    entity::each(session, meta, one.get(), tail + ")", db::Parameters{parameters}, [&] {
        if (!services.permissions.allows(auth::anonymous(), list.resource.read,
                                         resource::scope_of(list.resource, one.get())))
            return;
        SearchRecord record = record_of(list, one);
        if (!record.layers.empty()) records.push_back(std::move(record));
    });
    return records;
}

void marks(Published const& list, Services& services, db::Session& session, std::string const& after, int limit,
           std::function<void(std::string_view, std::string_view)> const& each) {
    Context context = stranger(services);
    auto [condition, parameters] = public_rows(context, list);
    entity::EntityMeta const& meta = *list.resource.meta;
    std::string const key{meta.key().name};
    parameters.emplace_back(after);
    parameters.emplace_back(std::int64_t{limit});
    session.query("select " + key + ", " + std::string{version_of(meta)->name} + " from " + meta.table() + " where " +
                      condition + " and " + key + " > ? order by " + key + " limit ?",
                  db::Parameters{parameters},
                  [&](db::Row const& row) { each(row.text(0), std::to_string(row.integer(1))); });
}

Searchable searchable(Published list) {
    auto const shared = std::make_shared<Published const>(std::move(list));
    std::string const path{shared->resource.path};
    return {.name = path,
            .kinds = {{path, std::string{shared->type} + ".plural"}},
            .events = {std::string{shared->resource.meta->name} + "."},
            .marks = [shared](Services& services, db::Session& session, std::string const& after, int limit,
                              auto const& each) { marks(*shared, services, session, after, limit, each); },
            .load = [shared](Services& services, db::Session& session,
                             std::span<std::string const> ids) { return load(*shared, services, session, ids); }};
}

bool is_found_by_words(Services const& services, Published const& list) {
    entity::EntityMeta const& meta = *list.resource.meta;
    return services.permissions.allows(auth::anonymous(), list.resource.read) && list.resource.scope_column.empty() &&
           version_of(meta) && !resource::label_field(meta).key &&
           std::ranges::find(not_searched, list.resource.path) == std::end(not_searched);
}

} // namespace

std::vector<Searchable> all_searchable(Services const& services) {
    std::vector<Searchable> all;
    std::vector<entity::EntityMeta const*> covered;
    for (SearchableRecords const& one : offers_of<SearchableRecords>(services.modules)) {
        for (Searchable& source : one.of(services)) all.push_back(std::move(source));
        covered.insert(covered.end(), one.covers.begin(), one.covers.end());
    }
    auto const add = [&](Published list) {
        if (std::ranges::find(covered, list.resource.meta) != covered.end() || !is_found_by_words(services, list))
            return;
        covered.push_back(list.resource.meta);
        all.push_back(searchable(std::move(list)));
    };
    for (resource::PublishedLists const lists : offers_of<resource::PublishedLists>(services.modules))
        for (Published& one : lists(services)) add(std::move(one));
    for (Module const& module : services.modules)
        for (resource::Resource const& one : module.resources) add({.resource = one, .type = one.meta->name});
    return all;
}

std::vector<std::string> reader_keys(Context& context) {
    std::vector<std::string> keys{"public"};
    for (SearchableRecords const& one : offers_of<SearchableRecords>(context.services.modules))
        if (one.keys)
            for (std::string& key : one.keys(context)) keys.push_back(std::move(key));
    return keys;
}

} // namespace sangu::matching
