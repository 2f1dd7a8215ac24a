#pragma once

// The order in which a document's terms stand in its fields: what phrases are checked with. Small, because of two
// neighbouring pairs of ideographs the second begins with the character the first ends with: among the terms of one
// document that leaves hardly a choice, and where there is one only its number is written.

#include "kernel/search/score/schema.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::search {

// Which character a pair of ideographs begins and ends with, as a number that others may share; 0 for every other term.
struct TermEnds {
    std::uint16_t first = 0;
    std::uint16_t last = 0;
};
TermEnds ends_of(std::string_view term);

struct Occurrence {
    std::uint32_t term = 0; // its place among the terms of the document
    std::uint32_t position = 0;

    bool operator==(Occurrence const&) const = default;
};

// A term of the document, as writer and reader know it.
struct SequenceTerm {
    TermEnds ends;
    FieldCounts counts{};
};

// Of a longer field the rest is not written: the order of the first four million is known.
inline constexpr std::size_t occurrences_max = std::size_t{1} << 22;

// By position, none shares one.
using Sequences = std::array<std::vector<Occurrence>, fields_max>;

// The same order of the same terms gives the same bytes in every segment.
void append_sequences(std::string& bytes, std::span<SequenceTerm const> terms, Sequences const& sequences);
// Throws CorruptIndex when the bytes cannot have been written for these terms.
void read_sequences(std::string_view bytes, std::span<SequenceTerm const> terms, Sequences& sequences);

} // namespace sangu::search
