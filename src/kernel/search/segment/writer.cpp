#include "kernel/search/segment/writer.h"

#include "base/result.h"
#include "kernel/search/segment/bytes.h"
#include "kernel/search/segment/checksum.h"

#include <algorithm>
#include <limits>

namespace sangu::search {
namespace {

// Eight bytes may be read behind the last list (see unpack).
constexpr std::string_view padding{"\0\0\0\0\0\0\0\0", 8};

} // namespace

SegmentWriter::SegmentWriter(Output& output, std::size_t facets) : output_{output}, facets_(facets) {
    SANGU_ASSERT(facets <= facets_max);
    footer_.facets = static_cast<std::uint32_t>(facets);
}

std::uint32_t SegmentWriter::term(std::uint64_t hash, std::string_view text, std::span<Posting const> postings) {
    SANGU_ASSERT(!has_documents_ && !postings.empty() && text.size() <= 255);
    SANGU_ASSERT(hashes_.empty() || hashes_.back() <= hash);
    TermEntry entry{};
    entry.documents = static_cast<std::uint32_t>(postings.size());
    entry.text = static_cast<std::uint32_t>(texts_.size());
    entry.impact = std::ranges::max(postings, {}, &Posting::impact).impact;
    if (postings.size() == 1) {
        entry.place = postings[0].document;
    } else {
        encoded_.clear();
        encode_postings(encoded_, postings);
        entry.place = output_.size();
        entry.size = static_cast<std::uint32_t>(encoded_.size());
        output_.append(encoded_);
    }
    texts_ += static_cast<char>(text.size());
    texts_ += text;
    hashes_.push_back(hash);
    entries_.push_back(entry);
    ends_.push_back(ends_of(text));
    return static_cast<std::uint32_t>(entries_.size() - 1);
}

Section SegmentWriter::write(std::string_view bytes) {
    output_.align(8);
    Section const section{output_.size(), bytes.size()};
    output_.append(bytes);
    return section;
}

template <class T> Section SegmentWriter::write_all(std::vector<T> const& values) {
    return write({reinterpret_cast<char const*>(values.data()), values.size() * sizeof(T)});
}

void SegmentWriter::end_terms() {
    if (has_documents_) return;
    has_documents_ = true;
    output_.append(padding);
    footer_.postings = {0, output_.size()};
    footer_.terms = static_cast<std::uint32_t>(entries_.size());
    footer_.texts = write(texts_);
    footer_.hashes = write_all(hashes_);
    footer_.entries = write_all(entries_);
    footer_.ends = write_all(ends_);
    texts_ = {};
    hashes_ = {};
    entries_ = {};
    ends_ = {};
    output_.align(8);
    footer_.records.offset = output_.size();
}

void SegmentWriter::document(std::string_view key, std::string_view record, std::span<FacetValue const> facets) {
    end_terms();
    record_starts_.push_back(output_.size());
    output_.append(record);
    key_hashes_.emplace_back(checksum(key), footer_.documents++);
    key_starts_.push_back(static_cast<std::uint32_t>(keys_.size()));
    keys_ += key;
    for (FacetValue const& value : facets) {
        Facet& facet = facets_.at(value.facet);
        auto const number = static_cast<std::uint32_t>(facet.numbers.size());
        facet.values.push_back(facet.numbers.try_emplace(value.value, number).first->second);
    }
    for (Facet& facet : facets_) facet.starts.push_back(static_cast<std::uint32_t>(facet.values.size()));
}

void SegmentWriter::write_keys() {
    key_starts_.push_back(static_cast<std::uint32_t>(keys_.size()));
    footer_.keys = write(keys_);
    footer_.key_starts = write_all(key_starts_);
    std::ranges::sort(key_hashes_);
    std::vector<std::uint64_t> hashes;
    std::vector<std::uint32_t> documents;
    for (auto const& [hash, document] : key_hashes_) {
        hashes.push_back(hash);
        documents.push_back(document);
    }
    footer_.key_hashes = write_all(hashes);
    footer_.key_documents = write_all(documents);
}

// Values are numbered in the order of their texts.
FacetSections SegmentWriter::write_facet(Facet& facet) {
    FacetSections sections;
    std::vector<std::uint32_t> sorted(facet.numbers.size()), name_starts;
    std::string names;
    std::uint32_t number = 0;
    for (auto const& [name, given] : facet.numbers) {
        sorted[given] = number++;
        name_starts.push_back(static_cast<std::uint32_t>(names.size()));
        names += name;
    }
    name_starts.push_back(static_cast<std::uint32_t>(names.size()));
    for (std::uint32_t& value : facet.values) value = sorted[value];
    sections.starts = write_all(facet.starts);
    sections.values = write_all(facet.values);
    sections.names = write(names);
    sections.name_starts = write_all(name_starts);
    return sections;
}

void SegmentWriter::finish() {
    end_terms();
    footer_.records.size = output_.size() - footer_.records.offset;
    record_starts_.push_back(output_.size());
    footer_.record_starts = write_all(record_starts_);
    write_keys();
    for (std::size_t at = 0; at < facets_.size(); ++at) footer_.facet[at] = write_facet(facets_[at]);
    output_.align(8);
    std::vector<std::uint64_t> const checksums = output_.finish_checksums();
    footer_.checksums = write_all(checksums);
    footer_.checksums_checksum =
        checksum({reinterpret_cast<char const*>(checksums.data()), checksums.size() * sizeof(std::uint64_t)});
    auto const* const bytes = reinterpret_cast<char const*>(&footer_);
    footer_.checksum = checksum({bytes, offsetof(Footer, checksum)});
    output_.append({bytes, sizeof footer_});
    output_.sync();
}

} // namespace sangu::search
