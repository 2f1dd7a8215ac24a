#include "modules/exchange/published.h"

#include "kernel/entity/any_object.h"
#include "kernel/module.h"
#include "kernel/resource/pages.h"

#include <algorithm>

namespace sangu::exchange {

using entity::FieldMeta;

namespace {

// What describes an object best, by the names that fields bear.
constexpr std::string_view description_fields[] = {"abstract", "summary", "introduction", "description", "definition"};

// What strangers may know of the table of a source: a condition over its columns, "1 = 1" when it is everything.
resource::RowFilter public_rows(Context& stranger, Source const& source) {
    resource::RowFilter filter{"1 = 1", {}};
    resource::RowFilter const visible =
        source.resource.visible ? source.resource.visible(stranger) : resource::RowFilter{};
    for (resource::RowFilter const* one : {&source.rows, &visible})
        if (!one->sql.empty()) {
            filter.sql += " and (" + one->sql + ")";
            filter.parameters.insert(filter.parameters.end(), one->parameters.begin(), one->parameters.end());
        }
    return filter;
}

bool is_readable(Source const& source, FieldMeta const& field) {
    if (field.hidden || field.personal) return false;
    return source.fields.empty() || std::ranges::find(source.fields, field.name) != source.fields.end();
}

Record record_of(Context const& context, Source const& source, entity::AnyObject const& object) {
    entity::EntityMeta const& meta = *source.resource.meta;
    auto const text = [&](FieldMeta const& field) { return entity::to_plain_text(field, field.load(object.get())); };
    Record record{.id = text(*meta.find(source.key)),
                  .title = text(resource::label_field(meta)),
                  .type = std::string{context.t(source.type)},
                  .language = "zh"};
    for (FieldMeta const& field : meta.fields) {
        if (!is_readable(source, field)) continue;
        std::string value = text(field);
        if (value.empty()) continue;
        if (std::ranges::find(description_fields, field.name) != std::end(description_fields))
            record.description = std::move(value);
        else if (field.type->kind == entity::Kind::choice && field.facet)
            record.subjects.emplace_back(context.t(resource::field_key(meta, field) + "." + value));
        else if (field.type->kind == entity::Kind::text && field.unique)
            record.identifiers.push_back(std::string{field.name} + ":" + value);
    }
    // A catalogue lists by title, also what nobody has put into words yet (a milestone the plan leaves open).
    if (record.title.empty()) record.title = record.type + " " + record.id;
    return record;
}

} // namespace

Context stranger_in(Services& services, i18n::Language language) { return {services, auth::anonymous(), language}; }

void marks(Context& stranger, Source const& source, std::string const& after, int limit,
           FunctionRef<void(std::string_view id, std::string_view mark)> each) {
    auto const version = std::ranges::find_if(source.resource.meta->fields, &FieldMeta::version);
    std::string const key{source.key};
    auto [condition, parameters] = public_rows(stranger, source);
    parameters.emplace_back(after);
    parameters.emplace_back(std::int64_t{limit});
    stranger.reader().query("select " + key + ", " + std::string{version->name} + " from " +
                                source.resource.meta->table() + " where " + condition + " and " + key +
                                " > ? order by " + key + " limit ?",
                            db::Parameters{parameters}, [&](db::Row const& row) {
                                std::string const id{row.text(0)};
                                each(id, std::to_string(row.integer(1)));
                            });
}

std::vector<Record> records_of(Context& asked, Source const& source, std::vector<std::string> const& ids) {
    Context context = stranger_in(asked.services, asked.language);
    std::vector<Record> records;
    auto [condition, parameters] = public_rows(context, source);
    std::string tail = "where " + condition + " and " + std::string{source.key} + " in (?";
    for (std::size_t i = 1; i < ids.size(); ++i) tail += ", ?";
    parameters.insert(parameters.end(), ids.begin(), ids.end());
    entity::EntityMeta const& meta = *source.resource.meta;
    entity::AnyObject one{meta};
    entity::each(context.reader(), meta, one.get(), tail + ")", db::Parameters{parameters}, [&] {
        std::string const scope = resource::scope_of(source.resource, one.get());
        if (context.services.permissions.allows(auth::anonymous(), source.resource.read, scope))
            records.push_back(record_of(context, source, one));
    });
    return records;
}

std::string Source::address_of(std::string_view object_id) const { return resource::object_path(resource, object_id); }

std::vector<Source> sources(Services const& services) {
    std::vector<Source> all;
    auto const add = [&](resource::Published one) {
        bool const is_public =
            services.permissions.allows(auth::anonymous(), one.resource.read) && one.resource.scope_column.empty();
        bool const has_version = std::ranges::any_of(one.resource.meta->fields, &FieldMeta::version);
        bool const is_offered =
            std::ranges::any_of(all, [&](Source const& earlier) { return earlier.resource.path == one.resource.path; });
        if (is_public && has_version && !is_offered && !resource::label_field(*one.resource.meta).key)
            all.push_back({std::move(one)});
    };
    for (resource::PublishedLists const lists : offers_of<resource::PublishedLists>(services.modules))
        for (resource::Published& one : lists(services)) add(std::move(one));
    for (Module const& module : services.modules)
        for (resource::Resource const& one : module.resources) add({.resource = one, .type = one.meta->name});
    return all;
}

std::optional<Source> source_named(Services const& services, std::string_view name) {
    for (Source& one : sources(services))
        if (one.resource.path == name) return std::move(one);
    return {};
}

} // namespace sangu::exchange
