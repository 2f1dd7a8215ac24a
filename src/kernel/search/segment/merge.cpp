#include "kernel/search/segment/merge.h"

#include "kernel/search/segment/writer.h"

#include <algorithm>
#include <limits>
#include <queue>
#include <tuple>

namespace sangu::search {
namespace {

constexpr std::uint32_t gone = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t ask_every = 4096;

struct Source {
    MergeInput input;
    std::vector<std::uint32_t> documents; // new numbers, `gone` when deleted
    std::vector<std::uint32_t> terms;     // new numbers, `gone` when no document is left
    std::uint32_t next_term = 0;
};

struct Front {
    std::uint64_t hash;
    std::string_view text;
    std::size_t source;

    bool operator>(Front const& other) const {
        return std::tie(hash, text, source) > std::tie(other.hash, other.text, other.source);
    }
};

class Merger {
public:
    Merger(std::span<MergeInput const> inputs, Output& output, std::function<bool()> const& is_cancelled)
        : output_{output}, is_cancelled_{is_cancelled} {
        for (MergeInput const& input : inputs) {
            if (input.segment->facets() != inputs[0].segment->facets())
                throw CorruptIndex{"segments have different facets"};
            number_documents(sources_.emplace_back(Source{input, {}, {}, 0}));
        }
    }

    std::optional<std::uint32_t> run() {
        if (count_ == 0) return 0;
        SegmentWriter writer{output_, sources_[0].input.segment->facets()};
        if (!write_terms(writer) || !write_documents(writer)) return std::nullopt;
        writer.finish();
        return count_;
    }

private:
    void number_documents(Source& source) {
        std::uint32_t const documents = source.input.segment->documents();
        source.documents.resize(documents, gone);
        for (std::uint32_t at = 0; at < documents; ++at)
            if (!source.input.deleted || !source.input.deleted->has(at)) source.documents[at] = count_++;
        source.terms.resize(source.input.segment->terms(), gone);
    }

    bool is_cancelled() { return ++asked_ % ask_every == 0 && is_cancelled_ && is_cancelled_(); }

    void push_front(std::size_t at) {
        Source const& source = sources_[at];
        Segment const& segment = *source.input.segment;
        if (source.next_term == segment.terms()) return;
        std::uint64_t const hash = segment.hash_of(source.next_term);
        if (source.next_term > 0 && hash < segment.hash_of(source.next_term - 1))
            throw CorruptIndex{"the terms of a segment are not in order"};
        fronts_.push({hash, segment.text_of(source.next_term), at});
    }

    bool write_terms(SegmentWriter& writer) {
        for (std::size_t at = 0; at < sources_.size(); ++at) push_front(at);
        std::vector<std::size_t> holders;
        while (!fronts_.empty()) {
            if (is_cancelled()) return false;
            Front const first = fronts_.top();
            postings_.clear();
            holders.clear();
            while (!fronts_.empty() && fronts_.top().hash == first.hash && fronts_.top().text == first.text) {
                holders.push_back(fronts_.top().source); // in order of the sources, so documents ascend
                fronts_.pop();
                add_postings(sources_[holders.back()]);
            }
            std::uint32_t const number = postings_.empty() ? gone : writer.term(first.hash, first.text, postings_);
            for (std::size_t const at : holders) {
                sources_[at].terms[sources_[at].next_term++] = number;
                push_front(at);
            }
        }
        return true;
    }

    void add_postings(Source const& source) {
        PostingsView const list = source.input.segment->postings(source.next_term);
        for (std::uint32_t block = 0; block < list.blocks(); ++block) {
            list.decode(block, block_);
            for (std::uint32_t at = 0; at < block_.count; ++at)
                if (std::uint32_t const document = source.documents[block_.documents[at]]; document != gone)
                    postings_.push_back({document, block_.impacts[at]});
        }
    }

    bool write_documents(SegmentWriter& writer) {
        for (Source const& source : sources_)
            for (std::uint32_t at = 0; at < source.input.segment->documents(); ++at) {
                if (source.documents[at] == gone) continue;
                if (is_cancelled()) return false;
                write_document(writer, source, at);
            }
        return true;
    }

    void write_document(SegmentWriter& writer, Source const& source, std::uint32_t document) {
        Segment const& segment = *source.input.segment;
        RecordReader reader = segment.record(document);
        record_.clear();
        RecordWriter record{record_, reader.head()};
        while (reader.next()) {
            if (reader.term() >= source.terms.size() || source.terms[reader.term()] == gone)
                throw CorruptIndex{"a document has a term that no list has"};
            record.add(source.terms[reader.term()], reader.counts());
        }
        record_ += reader.rest(); // terms keep their order, so theirs is written the same
        facets_.clear();
        for (std::uint32_t facet = 0; facet < segment.facets(); ++facet)
            for (std::uint32_t const value : segment.facet_values(facet, document))
                facets_.push_back({facet, std::string{segment.facet_value(facet, value)}});
        writer.document(segment.key(document), record_, facets_);
    }

    Output& output_;
    std::function<bool()> const& is_cancelled_;
    std::vector<Source> sources_;
    std::priority_queue<Front, std::vector<Front>, std::greater<>> fronts_;
    std::uint32_t count_ = 0;
    std::uint32_t asked_ = 0;
    Block block_;
    std::vector<Posting> postings_;
    std::string record_;
    std::vector<FacetValue> facets_;
};

} // namespace

std::optional<std::uint32_t> merge_segments(std::span<MergeInput const> inputs, Output& output,
                                            std::function<bool()> const& is_cancelled) {
    return Merger{inputs, output, is_cancelled}.run();
}

} // namespace sangu::search
