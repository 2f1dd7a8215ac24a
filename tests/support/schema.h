#pragma once

// Compares what the migrations made with what a description asks for.

#include "kernel/db/db.h"
#include "kernel/entity/meta.h"

#include <string>
#include <vector>

namespace sangu::test {

// One sentence for each difference between the table in the database and the description: a table or column that is
// missing, a column that is not described, another type, another nullability. Empty: they agree.
std::vector<std::string> schema_differences(db::Session& session, entity::EntityMeta const& meta);

} // namespace sangu::test
