#pragma once

// Moving what refers to an organisation, with a journal.

#include "kernel/context.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::registry {

// A column that holds the id of an organisation.
struct Reference {
    entity::EntityMeta const* meta = nullptr;
    entity::FieldMeta const* field = nullptr;
};
// By the descriptions of all modules.
std::vector<Reference> organisation_references(Services const& services);

void move_references(Services const& services, db::Transaction& transaction, std::string const& merge_id,
                     std::string const& from, std::string const& to);
void restore_references(Services const& services, db::Transaction& transaction, std::string const& merge_id,
                        std::string const& from, std::string const& to);

// All columns of an object as JSON, and back; what the JSON does not name stays.
std::string row_as_json(entity::EntityMeta const& meta, void const* object);
void row_from_json(entity::EntityMeta const& meta, void* object, std::string_view text);

} // namespace sangu::registry
