#pragma once

// Documents → one segment. Memory: about 48 bytes for each pair of document and term and 8 for each place where one
// stands, so callers end a segment after some thousands of documents and let the merge join them.

#include "kernel/search/segment/record.h"
#include "kernel/search/segment/writer.h"
#include "kernel/search/text/analyzer.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sangu::search {

struct Document {
    std::string key;                 // its name in the index, unique
    std::vector<std::string> fields; // texts in the order of the schema; missing ones are empty
    std::vector<FacetValue> facets;  // any number of values for each facet
    double boost = 1;                // 0 < boost ≤ 1: what its scores are multiplied by
};

class SegmentBuilder {
public:
    SegmentBuilder(Schema const& schema, std::shared_ptr<Lexicon const> lexicon);

    void add(Document const& document);
    std::uint32_t documents() const { return static_cast<std::uint32_t>(documents_.size()); }
    std::size_t postings() const { return postings_.size(); }
    // Writes the segment and begins anew.
    void write(Output& output);

private:
    struct Count {
        std::uint32_t term;
        std::uint32_t field;
    };
    struct TermCounts {
        std::uint32_t term;
        FieldCounts counts;
    };
    struct Entry {
        std::uint32_t term, document;
        std::uint8_t impact;
    };
    struct Waiting {
        std::string key;
        std::vector<FacetValue> facets;
        RecordHead head;
        std::size_t begin; // of its terms in counted_
        std::size_t order; // of its occurrences in order_
        FieldCounts occurrences;
    };
    std::uint32_t number_of(std::string_view term);
    void count(std::size_t field, std::string_view text, RecordHead& head);
    void end_document(Document const& document, RecordHead head);
    void append_order(std::string& record, Waiting const& document, std::vector<TermCounts> const& terms);
    std::vector<std::uint32_t> write_terms(SegmentWriter& writer);
    void write_documents(SegmentWriter& writer, std::vector<std::uint32_t> const& sorted);

    Schema schema_;
    Analyzer analyzer_, characters_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::vector<std::string const*> texts_;
    std::vector<Count> now_;
    std::string counted_;
    std::vector<Entry> postings_;
    std::vector<Occurrence> order_; // terms by their number here
    FieldCounts now_occurrences_{};
    std::vector<TermEnds> ends_;
    std::vector<std::uint32_t> places_; // of a term in the document at hand
    std::vector<Waiting> documents_;
};

} // namespace sangu::search
