#include "kernel/entity/derive.h"

namespace sangu::entity {

std::vector<FieldChange> differences(EntityMeta const& meta, void const* before, void const* after) {
    std::vector<FieldChange> changes;
    for (FieldMeta const& field : meta.fields) {
        if (field.version) continue;
        Value const old_value = field.load(before), new_value = field.load(after);
        if (old_value == new_value) continue;
        auto const shown = [&](Value const& value) { return field.hidden ? "***" : to_plain_text(field, value); };
        changes.push_back({std::string{field.name}, shown(old_value), shown(new_value)});
    }
    return changes;
}

} // namespace sangu::entity
