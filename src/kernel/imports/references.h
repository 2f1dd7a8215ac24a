#pragma once

// What a cell of a reference field means: the id, code, identifier or name of another object. Each text is looked up
// once.

#include "kernel/context.h"
#include "kernel/entity/derive.h"
#include "kernel/resource/resource.h"

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sangu::imports {

class References {
public:
    // `field` must be a reference: FieldMeta::refers_to or Resource::codes; check with is_reference.
    References(Context const& context, resource::Resource const& resource, entity::FieldMeta const& field);
    static bool is_reference(resource::Resource const& resource, entity::FieldMeta const& field);

    void load(db::Session& session, std::set<std::string> const& texts);
    // The id (or code) meant; "error.import.no_such" or "error.import.several" when there is none or more than one.
    entity::ParsedText find(std::string_view text) const;

private:
    struct Found {
        std::string value;
        int objects = 0;
    };

    std::string table_, key_;
    std::vector<std::string> columns_; // that name an object, the surest first
    std::unordered_map<std::string, Found> known_;
};

} // namespace sangu::imports
