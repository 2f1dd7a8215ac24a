#include "kernel/imports/references.h"

#include "base/id.h"
#include "kernel/imports/lookup.h"
#include "kernel/module.h"
#include "kernel/resource/service.h"

#include <algorithm>

namespace sangu::imports {

using entity::EntityMeta;
using entity::FieldMeta;

namespace {

constexpr std::size_t known_max = 200'000; // texts remembered; beyond that they are looked up again

EntityMeta const* entity_named(Context const& context, std::string_view name) {
    for (Module const& module : context.services.modules)
        for (EntityMeta const* meta : module.entities)
            if (meta->name == name) return meta;
    return nullptr;
}

std::string_view code_target(resource::Resource const& resource, FieldMeta const& field) {
    auto const found = std::ranges::find(resource.codes, field.name, &resource::CodeReference::field);
    return found == resource.codes.end() ? std::string_view{} : found->entity;
}

} // namespace

bool References::is_reference(resource::Resource const& resource, FieldMeta const& field) {
    return !field.refers_to.empty() || !code_target(resource, field).empty();
}

References::References(Context const& context, resource::Resource const& resource, FieldMeta const& field)
    : key_{field.refers_to.empty() ? "code" : "id"} {
    EntityMeta const* target =
        entity_named(context, field.refers_to.empty() ? code_target(resource, field) : field.refers_to);
    if (!target) return; // the module is left out: nothing can be meant
    table_ = target->table();
    for (FieldMeta const& one : target->fields)
        if (one.type->kind == entity::Kind::text && one.unique && !one.hidden) columns_.emplace_back(one.name);
    FieldMeta const& label = resource::label_field(*target);
    for (std::string_view const name :
         {label.name, std::string_view{"name"}, std::string_view{"name_zh"}, std::string_view{"name_en"}}) {
        FieldMeta const* const one = target->find(name);
        if (one && one->type->kind == entity::Kind::text && std::ranges::find(columns_, name) == columns_.end())
            columns_.emplace_back(name);
    }
}

void References::load(db::Session& session, std::set<std::string> const& texts) {
    if (table_.empty()) return;
    if (known_.size() > known_max) known_.clear();
    std::vector<std::string> open;
    for (std::string const& text : texts)
        if (!known_.contains(text)) open.push_back(text);
    auto const look = [&](std::string const& column, std::vector<std::string> const& wanted) {
        std::string const select = "select " + key_ + ", " + column + " from " + table_;
        std::unordered_map<std::string, Found> found;
        each_of(session, select, column, wanted, [&](db::Row const& row) {
            Found& one = found[std::string{row.text(1)}];
            if (one.objects == 0 || one.value != row.text(0)) ++one.objects;
            one.value = row.text(0);
        });
        for (auto& [text, one] : found) known_.emplace(text, std::move(one));
        std::erase_if(open, [&](std::string const& text) { return found.contains(text); });
    };
    if (key_ == "id") {
        std::vector<std::string> ids;
        std::ranges::copy_if(open, std::back_inserter(ids), [](std::string const& text) { return is_id(text); });
        look("id", ids);
    }
    for (std::string const& column : columns_) look(column, open);
    for (std::string& text : open) known_.emplace(std::move(text), Found{});
}

entity::ParsedText References::find(std::string_view text) const {
    auto const known = known_.find(std::string{text});
    if (known == known_.end() || known->second.objects == 0) return {{}, "error.import.no_such"};
    if (known->second.objects > 1) return {{}, "error.import.several"};
    return {Value{known->second.value}};
}

} // namespace sangu::imports
