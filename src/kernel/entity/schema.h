#pragma once

// The columns a table must have for a description: what a migration is compared with.

#include "kernel/db/db.h"
#include "kernel/entity/meta.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::entity {

struct ColumnSchema {
    std::string name;
    std::string type; // in the words of the dialect: "bigint", "timestamptz"; "integer", "text"
    bool not_null = true;

    bool operator==(ColumnSchema const&) const = default;
};

std::string_view column_type(Kind kind, db::Dialect dialect);
std::vector<ColumnSchema> schema_of(EntityMeta const& meta, db::Dialect dialect);

} // namespace sangu::entity
