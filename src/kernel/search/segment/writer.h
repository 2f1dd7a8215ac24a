#pragma once

// Writes one segment: first its terms in order of their hashes, then its documents, then finish().

#include "kernel/search/score/schema.h"
#include "kernel/search/segment/layout.h"
#include "kernel/search/segment/output.h"
#include "kernel/search/segment/postings.h"
#include "kernel/search/segment/sequence.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::search {

struct FacetValue {
    std::uint32_t facet = 0; // number in the schema
    std::string value;

    auto operator<=>(FacetValue const&) const = default;
};

class SegmentWriter {
public:
    SegmentWriter(Output& output, std::size_t facets);

    // The number of the term: terms are numbered from 0 in the order they are given. `postings` is not empty.
    std::uint32_t term(std::uint64_t hash, std::string_view text, std::span<Posting const> postings);
    // `record` is what RecordWriter and append_sequences made. Documents are numbered from 0.
    void document(std::string_view key, std::string_view record, std::span<FacetValue const> facets);
    void finish();

private:
    struct Facet {
        std::map<std::string, std::uint32_t, std::less<>> numbers;
        std::vector<std::uint32_t> starts{0}, values;
    };
    Section write(std::string_view bytes);
    template <class T> Section write_all(std::vector<T> const& values);
    void end_terms();
    void write_keys();
    FacetSections write_facet(Facet& facet);

    Output& output_;
    Footer footer_;
    std::string texts_, encoded_, keys_;
    std::vector<std::uint64_t> hashes_, record_starts_;
    std::vector<std::uint32_t> key_starts_;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> key_hashes_;
    std::vector<TermEntry> entries_;
    std::vector<TermEnds> ends_;
    std::vector<Facet> facets_;
    bool has_documents_ = false;
};

} // namespace sangu::search
