#include "kernel/module.h"
#include "kernel/resource/pages.h"
#include "kernel/resource/service.h"

#include <algorithm>
#include <set>

namespace sangu::resource {

using entity::AnyObject;
using entity::EntityMeta;
using entity::FieldMeta;
using i18n::Language;

namespace {

EntityMeta const* entity_named(Context const& context, std::string_view name) {
    for (Module const& module : context.services.modules)
        for (EntityMeta const* meta : module.entities)
            if (meta->name == name) return meta;
    return nullptr;
}

// Where a field points: another entity, by its id or by its code.
struct Reference {
    EntityMeta const* target = nullptr;
    std::string_view key; // "id" or "code"
};

Reference reference_of(Context const& context, Resource const& resource, FieldMeta const& field) {
    if (!field.refers_to.empty()) return {entity_named(context, field.refers_to), "id"};
    auto const found = std::ranges::find(resource.codes, field.name, &CodeReference::field);
    if (found == resource.codes.end()) return {};
    return {entity_named(context, found->entity), "code"};
}

// The column with the name of an object in the reader's language: name_en beside name or name_zh.
std::string label_column(EntityMeta const& meta, Language language) {
    std::string const name{label_field(meta).name};
    if (language != Language::en) return name;
    std::string const english = (name.ends_with("_zh") ? name.substr(0, name.size() - 3) : name) + "_en";
    if (!meta.find(english)) return name;
    return "coalesce(nullif(" + english + ", ''), " + name + ")";
}

std::string label_text(db::Row const& row, Language language) {
    std::string text{row.text(1)};
    return language == Language::zh_hant ? i18n::to_traditional(text) : text;
}

std::string label_key(Reference const& reference, FieldMeta const& field, std::string_view value) {
    return reference.key == "id" ? std::string{value} : std::string{field.name} + "=" + std::string{value};
}

} // namespace

FieldMeta const& label_field(EntityMeta const& meta) {
    FieldMeta const* best = &meta.key();
    for (FieldMeta const& field : meta.fields)
        if (!field.hidden && field.search_weight > best->search_weight) best = &field;
    return *best;
}

Labels labels_of(Context& context, Resource const& resource, std::vector<AnyObject> const& rows) {
    Labels labels;
    for (FieldMeta const& field : resource.meta->fields) {
        if (field.hidden) continue;
        Reference const reference = reference_of(context, resource, field);
        if (!reference.target) continue;
        std::set<std::string> values;
        for (AnyObject const& row : rows)
            if (Value const value = field.load(row.get()); auto const* text = std::get_if<std::string>(&value))
                if (!text->empty() && !labels.contains(label_key(reference, field, *text))) values.insert(*text);
        if (values.empty()) continue;
        std::string marks;
        std::vector<Value> parameters;
        for (std::string const& value : values) {
            marks += marks.empty() ? "?" : ", ?";
            parameters.emplace_back(value);
        }
        std::string const key{reference.key};
        std::string const sql = "select " + key + ", " + label_column(*reference.target, context.language) + " from " +
                                reference.target->table() + " where " + key + " in (" + marks + ")";
        context.reader().query(sql, db::Parameters{parameters}, [&](db::Row const& row) {
            labels.emplace(label_key(reference, field, row.text(0)), label_text(row, context.language));
        });
    }
    return labels;
}

std::string const* label_of(Labels const& labels, FieldMeta const& field, std::string_view value) {
    auto found = labels.find(value);
    if (field.type->kind != entity::Kind::id) found = labels.find(std::string{field.name} + "=" + std::string{value});
    return found == labels.end() ? nullptr : &found->second;
}

std::vector<std::pair<std::string, std::string>> reference_options(Context& context, Resource const& resource,
                                                                   FieldMeta const& field) {
    std::vector<std::pair<std::string, std::string>> options;
    Reference const reference = reference_of(context, resource, field);
    if (!reference.target) return options;
    std::string const key{reference.key};
    // People know objects that have codes by the order of the codes.
    std::string const sql = "select " + key + ", " + label_column(*reference.target, context.language) + " from " +
                            reference.target->table() + " order by " + (key == "id" ? "2" : "1") + " limit 500";
    context.reader().query(sql, {}, [&](db::Row const& row) {
        options.emplace_back(std::string{row.text(0)}, label_text(row, context.language));
    });
    return options;
}

} // namespace sangu::resource
