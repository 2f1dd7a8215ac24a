#pragma once

// Moving what refers to an organisation or a person, with a journal.

#include "modules/registry/merge.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::registry {

// A column that holds the id of what is merged.
struct Reference {
    entity::EntityMeta const* meta = nullptr;
    entity::FieldMeta const* field = nullptr;
};
// To `entity` ("registry.organisation"), by the descriptions of all modules.
std::vector<Reference> references_of(Services const& services, std::string_view entity);

void move_references(Services const& services, db::Transaction& transaction, Merge const& merge);
void restore_references(Services const& services, db::Transaction& transaction, Merge const& merge);

// All columns of an object as JSON, and back; what the JSON does not name stays.
std::string row_as_json(entity::EntityMeta const& meta, void const* object);
void row_from_json(entity::EntityMeta const& meta, void* object, std::string_view text);

// The kept entry as it becomes again: fields the merge changed go back unless somebody changed them since.
template <entity::Described E> E restored(E const& now, Merge const& merge) {
    E before = now, after = now, result = now;
    row_from_json(E::meta, &before, merge.kept_before);
    row_from_json(E::meta, &after, merge.kept_after);
    for (entity::FieldMeta const& field : E::meta.fields) {
        bool const is_untouched = !field.key && !field.version && field.load(&now) == field.load(&after);
        if (is_untouched) field.store(&result, field.load(&before));
    }
    return result;
}

} // namespace sangu::registry
