#pragma once

// What people type, before it has a type: shared by the derivations, not for modules.

#include "kernel/entity/derive.h"

#include <string_view>

namespace sangu::entity {

// The message for a value of the wrong kind: "error.not_a_date", …
std::string_view wrong_kind_key(Kind kind);
// Parses and stores what a person typed; appends what is wrong.
void store_typed(FieldMeta const& field, void* object, std::string_view text, Problems& problems);
Problem problem_of(FieldMeta const& field, std::string_view key, std::vector<std::string> arguments = {});

} // namespace sangu::entity
