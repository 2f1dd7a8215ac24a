#pragma once

// JSON Lines (one object a line) and a JSON array of objects, read like a table. The first row holds the names of all
// members in the order in which they first appear; members of inner objects are "owner.name", the values of an inner
// array are joined by "; ". Numbers, true and false come as text, null and a missing member as "".

#include "kernel/tables/input.h"
#include "kernel/tables/tables.h"

#include <memory>
#include <string_view>

namespace sangu::tables {

// By the first characters that are not blank: '{' before '"' or '}', '[' before '{' or ']'. No CSV of names begins so.
bool looks_like_json(std::string_view start);

// Reads JSON Lines twice (names, then rows) and holds one line at a time; an array is held whole, up to
// `json_array_bytes_max`. `line` is that of the file, for an array the number of the object. Refuses what is not an
// object of this form: "error.json…", "error.json.not_an_object".
inline constexpr std::uint64_t json_array_bytes_max = 16u << 20;
Result<std::unique_ptr<Reader>> json_reader(std::unique_ptr<Input> input, Limits const& limits);

} // namespace sangu::tables
