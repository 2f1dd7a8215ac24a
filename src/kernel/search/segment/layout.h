#pragma once

// How a segment lies on disk: sections one after the other, then the checksums of all blocks of 64 KiB before them,
// then the footer. docs/search.md draws it.

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace sangu::search {

inline constexpr std::uint64_t segment_magic = 0x3230474553554753; // "SGUSEG02"
inline constexpr std::size_t checked_bytes = 65536;
inline constexpr std::size_t facets_max = 32;

struct Section {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

struct TermEntry {
    std::uint64_t place;     // of the postings; for a term of one document the document
    std::uint32_t size;      // of the postings in bytes; 0 for a term of one document
    std::uint32_t documents; // how many have the term
    std::uint32_t text;      // place in the section of texts
    std::uint8_t impact;     // the greatest
    std::array<std::uint8_t, 3> unused;
};

struct FacetSections {
    Section starts; // one number a document and one more: where its values begin
    Section values; // numbers of values
    Section names;  // sorted texts of values, each with its length before it
    Section name_starts;
};

struct Footer {
    std::uint64_t magic = segment_magic;
    std::uint32_t documents = 0;
    std::uint32_t terms = 0;
    std::uint32_t facets = 0;
    std::uint32_t unused = 0;
    Section postings, texts, hashes, entries, records, record_starts, keys, key_starts, key_hashes, key_documents, ends,
        checksums;
    std::array<FacetSections, facets_max> facet{};
    std::uint64_t checksums_checksum = 0;
    std::uint64_t checksum = 0; // of the footer before it
};

// A segment or manifest that is not what was written: the index must be rebuilt.
struct CorruptIndex : std::runtime_error {
    using std::runtime_error::runtime_error;
};

} // namespace sangu::search
