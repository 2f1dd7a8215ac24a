#pragma once

// What a collection is made of: its fields with their weights, its facets, and the constants of the ranking formula.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::search {

inline constexpr std::size_t fields_max = 8;

struct Field {
    std::string name; // ASCII, as in a query: "title"
    double weight = 1;
    double b = 0.75;         // how much a long text counts less, 0 … 1
    double pivot = 100;      // positions of a text of ordinary length
    bool characters = false; // single ideographs find too
};

// Constant over the life of an index: another schema is another index, built beside the old one. The pivots are
// constants and not averages, so that a document has the same impacts in every segment and on every server.
struct Schema {
    std::vector<Field> fields;       // at most fields_max
    std::vector<std::string> facets; // at most 32
    double k1 = 1.2;

    // The same text for the same schema; stands in the manifest.
    std::string fingerprint() const;
};

using FieldCounts = std::array<std::uint32_t, fields_max>;

} // namespace sangu::search
