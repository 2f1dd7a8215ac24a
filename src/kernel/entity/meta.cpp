#include "kernel/entity/meta.h"

#include "base/result.h"

#include <algorithm>

namespace sangu::entity {

FieldMeta const* EntityMeta::find(std::string_view field_name) const {
    auto const found = std::ranges::find(fields, field_name, &FieldMeta::name);
    return found == fields.end() ? nullptr : &*found;
}

FieldMeta const& EntityMeta::key() const {
    auto const found = std::ranges::find(fields, true, &FieldMeta::key);
    SANGU_ASSERT(found != fields.end());
    return *found;
}

std::string EntityMeta::table() const { return table_of(name); }

std::string table_of(std::string_view entity_name) {
    std::string table{entity_name};
    std::ranges::replace(table, '.', '_');
    return table;
}

} // namespace sangu::entity
