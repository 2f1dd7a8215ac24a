#include "kernel/search/segment/segment.h"

#include "kernel/search/segment/bytes.h"
#include "kernel/search/segment/checksum.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace sangu::search {
namespace {

constexpr auto damaged = "a block of a segment is damaged";
constexpr auto incomplete = "a segment is not whole";
constexpr auto outside = "a segment points outside itself";

[[noreturn]] void fail(char const* what) { throw std::system_error{errno, std::generic_category(), what}; }

} // namespace

std::shared_ptr<Segment const> Segment::open(std::string const& path) {
    std::shared_ptr<Segment> segment{new Segment};
    int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) fail("open a segment");
    struct stat status{};
    bool const is_known = ::fstat(file, &status) == 0;
    segment->size_ = is_known ? static_cast<std::size_t>(status.st_size) : 0;
    void* const mapped =
        segment->size_ > 0 ? ::mmap(nullptr, segment->size_, PROT_READ, MAP_SHARED, file, 0) : MAP_FAILED;
    ::close(file);
    if (mapped == MAP_FAILED) {
        segment->size_ = 0;
        throw CorruptIndex{incomplete};
    }
    segment->base_ = static_cast<char const*>(mapped);
    segment->read_footer();
    return segment;
}

std::shared_ptr<Segment const> Segment::in_memory(std::string bytes) {
    std::shared_ptr<Segment> segment{new Segment};
    segment->memory_ = std::move(bytes);
    segment->base_ = segment->memory_.data();
    segment->size_ = segment->memory_.size();
    segment->read_footer();
    return segment;
}

Segment::~Segment() {
    if (memory_.empty() && base_) ::munmap(const_cast<char*>(base_), size_);
}

void Segment::read_footer() {
    if (size_ < sizeof footer_) throw CorruptIndex{incomplete};
    char const* const place = base_ + size_ - sizeof footer_;
    footer_ = load<Footer>(place);
    if (footer_.magic != segment_magic || footer_.checksum != checksum({place, offsetof(Footer, checksum)}))
        throw CorruptIndex{incomplete};
    check_sections();
    checked_size_ = footer_.checksums.offset;
    std::uint64_t const blocks = (checked_size_ + checked_bytes - 1) / checked_bytes;
    if (footer_.checksums.size != blocks * sizeof(std::uint64_t) ||
        checksum({base_ + footer_.checksums.offset, footer_.checksums.size}) != footer_.checksums_checksum)
        throw CorruptIndex{damaged};
    is_verified_ = std::make_unique<std::atomic<bool>[]>(blocks);
    are_lists_checked_ = std::make_unique<std::atomic<std::uint8_t>[]>(footer_.terms / 8 + std::size_t{1});
}

// Each inside the part that is checked, with as many entries as the footer says, at a place where they can be read.
void Segment::check_sections() const {
    Section const& checksums = footer_.checksums;
    std::uint64_t const end = size_ - sizeof footer_;
    if (checksums.offset > end || checksums.size > end - checksums.offset) throw CorruptIndex{outside};
    auto const fits = [&](Section const& section, std::uint64_t alignment = 1) {
        if (section.offset > checksums.offset || section.size > checksums.offset - section.offset ||
            section.offset % alignment != 0)
            throw CorruptIndex{outside};
    };
    auto const holds = [&](Section const& section, std::uint64_t count, std::uint64_t size) {
        fits(section);
        if (section.size != count * size) throw CorruptIndex{outside};
    };
    std::uint64_t const terms = footer_.terms, documents = footer_.documents;
    for (Section const& section : {footer_.postings, footer_.texts, footer_.records, footer_.keys}) fits(section);
    holds(footer_.hashes, terms, sizeof(std::uint64_t));
    holds(footer_.entries, terms, sizeof(TermEntry));
    holds(footer_.ends, terms, sizeof(TermEnds));
    holds(footer_.record_starts, documents + 1, sizeof(std::uint64_t));
    holds(footer_.key_starts, documents + 1, sizeof(std::uint32_t));
    holds(footer_.key_hashes, documents, sizeof(std::uint64_t));
    holds(footer_.key_documents, documents, sizeof(std::uint32_t));
    if (footer_.facets > facets_max) throw CorruptIndex{outside};
    for (FacetSections const& facet : footer_.facet)
        for (Section const& section : {facet.starts, facet.values, facet.names, facet.name_starts})
            fits(section, alignof(std::uint32_t));
    for (std::size_t at = 0; at < footer_.facets; ++at)
        holds(footer_.facet[at].starts, documents + 1, sizeof(std::uint32_t));
}

void Segment::verify(std::uint64_t offset, std::uint64_t size) const {
    if (size == 0) return;
    std::uint64_t const last = (offset + size - 1) / checked_bytes;
    for (std::uint64_t block = offset / checked_bytes; block <= last; ++block)
        if (!is_verified_[block].load(std::memory_order_relaxed)) verify_block(block);
}

void Segment::verify_block(std::uint64_t block) const {
    std::uint64_t const begin = block * checked_bytes;
    std::uint64_t const size = std::min<std::uint64_t>(checked_bytes, checked_size_ - begin);
    auto const expected = load<std::uint64_t>(base_ + footer_.checksums.offset + block * sizeof(std::uint64_t));
    if (checksum({base_ + begin, size}) != expected) throw CorruptIndex{damaged};
    is_verified_[block].store(true, std::memory_order_relaxed);
}

char const* Segment::bytes_of(Section const& section, std::uint64_t begin, std::uint64_t size) const {
    if (begin > section.size || size > section.size - begin) throw CorruptIndex{outside};
    verify(section.offset + begin, size);
    return base_ + section.offset + begin;
}

std::uint64_t Segment::hash_of(std::uint32_t term) const { return at<std::uint64_t>(footer_.hashes, term); }

std::string_view Segment::text_of(std::uint32_t term) const {
    std::uint32_t const place = entry(term).text;
    auto const size = static_cast<unsigned char>(*bytes_of(footer_.texts, place, 1));
    return {bytes_of(footer_.texts, place + 1U, size), size};
}

// Hashes are spread evenly, so the place of one is nearly known.
std::optional<std::uint32_t> Segment::find(std::uint64_t hash, std::string_view term) const {
    std::uint32_t const count = terms();
    if (count == 0) return std::nullopt;
    auto const guess = static_cast<std::uint32_t>(static_cast<double>(hash) * 0x1p-64 * count);
    std::uint32_t low = std::min(guess, count - 1), high = low, step = 16;
    while (low > 0 && hash_of(low) >= hash) {
        low = low > step ? low - step : 0;
        step *= 2;
    }
    step = 16;
    while (high < count && hash_of(high) < hash) {
        high = count - high > step ? high + step : count;
        step *= 2;
    }
    while (low < high) {
        std::uint32_t const middle = low + (high - low) / 2;
        if (hash_of(middle) < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < count && hash_of(low) == hash; ++low)
        if (text_of(low) == term) return low;
    return std::nullopt;
}

PostingsView Segment::postings(std::uint32_t term) const {
    TermEntry const found = entry(term);
    PostingsView const list = found.size == 0
                                  ? PostingsView{Posting{static_cast<std::uint32_t>(found.place), found.impact}}
                                  : PostingsView{bytes_of(footer_.postings, found.place, found.size), found.documents};
    auto const bit = static_cast<std::uint8_t>(1U << term % 8);
    if ((are_lists_checked_[term / 8].load(std::memory_order_relaxed) & bit) == 0) check_list(term, found, list);
    return list;
}

void Segment::check_list(std::uint32_t term, TermEntry const& entry, PostingsView const& list) const {
    bool const is_whole = entry.size == 0 ? entry.place < documents() && entry.documents == 1
                                          : list.is_whole(entry.size, documents(), entry.impact);
    if (!is_whole) throw CorruptIndex{"a list of a segment is not whole"};
    are_lists_checked_[term / 8].fetch_or(static_cast<std::uint8_t>(1U << term % 8), std::memory_order_relaxed);
}

RecordReader Segment::record(std::uint32_t document) const {
    auto const begin = at<std::uint64_t>(footer_.record_starts, document);
    auto const end = at<std::uint64_t>(footer_.record_starts, std::uint64_t{document} + 1);
    if (begin < footer_.records.offset || end < begin) throw CorruptIndex{outside};
    return RecordReader{{bytes_of(footer_.records, begin - footer_.records.offset, end - begin), end - begin}};
}

std::string_view Segment::key(std::uint32_t document) const {
    auto const begin = at<std::uint32_t>(footer_.key_starts, document);
    auto const end = at<std::uint32_t>(footer_.key_starts, std::uint64_t{document} + 1);
    if (end < begin) throw CorruptIndex{outside};
    return {bytes_of(footer_.keys, begin, end - begin), end - begin};
}

std::optional<std::uint32_t> Segment::document_of(std::string_view wanted) const {
    std::uint64_t const hash = checksum(wanted);
    std::uint32_t low = 0, high = documents();
    while (low < high) {
        std::uint32_t const middle = low + (high - low) / 2;
        if (at<std::uint64_t>(footer_.key_hashes, middle) < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < documents() && at<std::uint64_t>(footer_.key_hashes, low) == hash; ++low)
        if (auto const document = at<std::uint32_t>(footer_.key_documents, low); key(document) == wanted)
            return document;
    return std::nullopt;
}

std::span<std::uint32_t const> Segment::facet_values(std::size_t facet, std::uint32_t document) const {
    FacetSections const& sections = footer_.facet.at(facet);
    auto const begin = at<std::uint32_t>(sections.starts, document);
    auto const end = at<std::uint32_t>(sections.starts, std::uint64_t{document} + 1);
    if (end < begin) throw CorruptIndex{outside};
    auto const* const values = bytes_of(sections.values, std::uint64_t{begin} * 4, std::uint64_t{end - begin} * 4);
    std::span const numbers{reinterpret_cast<std::uint32_t const*>(values), end - begin};
    std::uint32_t const count = facet_value_count(facet);
    if (std::ranges::any_of(numbers, [&](std::uint32_t number) { return number >= count; }))
        throw CorruptIndex{outside};
    return numbers;
}

std::uint32_t Segment::facet_value_count(std::size_t facet) const {
    std::uint64_t const size = footer_.facet.at(facet).name_starts.size / sizeof(std::uint32_t);
    return size == 0 ? 0 : static_cast<std::uint32_t>(size - 1);
}

std::string_view Segment::facet_value(std::size_t facet, std::uint32_t number) const {
    FacetSections const& sections = footer_.facet.at(facet);
    auto const begin = at<std::uint32_t>(sections.name_starts, number);
    auto const end = at<std::uint32_t>(sections.name_starts, std::uint64_t{number} + 1);
    if (end < begin) throw CorruptIndex{outside};
    return {bytes_of(sections.names, begin, end - begin), end - begin};
}

std::optional<std::uint32_t> Segment::facet_number(std::size_t facet, std::string_view value) const {
    std::uint32_t low = 0, high = facet_value_count(facet);
    while (low < high) {
        std::uint32_t const middle = low + (high - low) / 2;
        if (facet_value(facet, middle) < value)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < facet_value_count(facet) && facet_value(facet, low) == value) return low;
    return std::nullopt;
}

} // namespace sangu::search
