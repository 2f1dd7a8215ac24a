#pragma once

// One segment, as it is read: mapped from its file or held in memory. Immutable, so any number of threads read it at
// once. A block of 64 KiB is checked against its checksum when it is touched for the first time, and a list of postings
// is looked through: whatever the bytes are, reading them ends with an answer or with CorruptIndex.

#include "kernel/search/segment/layout.h"
#include "kernel/search/segment/postings.h"
#include "kernel/search/segment/record.h"
#include "kernel/search/segment/sequence.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::search {

class Segment {
public:
    // Both throw CorruptIndex when the bytes are not a whole segment; open also std::system_error.
    static std::shared_ptr<Segment const> open(std::string const& path);
    static std::shared_ptr<Segment const> in_memory(std::string bytes);
    ~Segment();
    Segment(Segment const&) = delete;
    Segment& operator=(Segment const&) = delete;

    std::uint32_t documents() const { return footer_.documents; }
    std::uint32_t terms() const { return footer_.terms; }
    std::size_t facets() const { return footer_.facets; }
    std::size_t bytes() const { return size_; }
    bool is_in_memory() const { return !memory_.empty(); }
    std::uint64_t identity() const { return footer_.checksum; }

    // All of these throw CorruptIndex when they meet a block that is not what was written.
    std::optional<std::uint32_t> find(std::uint64_t hash, std::string_view term) const;
    std::uint64_t hash_of(std::uint32_t term) const;
    std::string_view text_of(std::uint32_t term) const;
    std::uint32_t frequency(std::uint32_t term) const { return entry(term).documents; }
    std::uint8_t greatest_impact(std::uint32_t term) const { return entry(term).impact; }
    PostingsView postings(std::uint32_t term) const;
    TermEnds ends(std::uint32_t term) const { return at<TermEnds>(footer_.ends, term); }
    RecordReader record(std::uint32_t document) const;
    std::string_view key(std::uint32_t document) const;
    std::optional<std::uint32_t> document_of(std::string_view key) const;
    // The numbers of the values that a document has in a facet, and their texts; values are sorted by text.
    std::span<std::uint32_t const> facet_values(std::size_t facet, std::uint32_t document) const;
    std::uint32_t facet_value_count(std::size_t facet) const;
    std::string_view facet_value(std::size_t facet, std::uint32_t number) const;
    std::optional<std::uint32_t> facet_number(std::size_t facet, std::string_view value) const;
    // Every block at once, for a check of the whole file.
    void verify_all() const { verify(0, checked_size_); }

private:
    Segment() = default;
    void read_footer();
    void check_sections() const;
    void verify(std::uint64_t offset, std::uint64_t size) const;
    void verify_block(std::uint64_t block) const;
    void check_list(std::uint32_t term, TermEntry const& entry, PostingsView const& list) const;
    TermEntry entry(std::uint32_t term) const { return at<TermEntry>(footer_.entries, term); }

    template <class T> T at(Section const& section, std::uint64_t index) const {
        if ((index + 1) * sizeof(T) > section.size) throw CorruptIndex{"a segment points outside itself"};
        verify(section.offset + index * sizeof(T), sizeof(T));
        return load<T>(base_ + section.offset + index * sizeof(T));
    }
    char const* bytes_of(Section const& section, std::uint64_t begin, std::uint64_t size) const;

    char const* base_ = nullptr;
    std::size_t size_ = 0;
    std::string memory_;
    Footer footer_;
    std::uint64_t checked_size_ = 0;
    mutable std::unique_ptr<std::atomic<bool>[]> is_verified_;
    mutable std::unique_ptr<std::atomic<std::uint8_t>[]> are_lists_checked_; // one bit a term
};

} // namespace sangu::search
