#include "kernel/search/segment/builder.h"

#include "base/result.h"
#include "kernel/search/score/bm25f.h"
#include "kernel/search/segment/checksum.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace sangu::search {

SegmentBuilder::SegmentBuilder(Schema const& schema, std::shared_ptr<Lexicon const> lexicon)
    : schema_{schema}, analyzer_{lexicon}, characters_{lexicon, {.characters = true}} {
    SANGU_ASSERT(schema.fields.size() <= fields_max);
}

std::uint32_t SegmentBuilder::number_of(std::string_view term) {
    auto const [place, is_new] = numbers_.try_emplace(std::string{term}, static_cast<std::uint32_t>(texts_.size()));
    if (is_new) texts_.push_back(&place->first);
    return place->second;
}

void SegmentBuilder::count(std::size_t field, std::string_view text, RecordHead& head) {
    Analyzer& analyzer = schema_.fields[field].characters ? characters_ : analyzer_;
    Analysis const& analysis = analyzer.analyse(text);
    head.lengths[field] = analysis.length;
    for (Token const& token : analysis.tokens)
        now_.push_back({number_of(token.term), static_cast<std::uint32_t>(field)});
}

void SegmentBuilder::add(Document const& document) {
    SANGU_ASSERT(document.boost > 0 && document.boost <= 1 && document.fields.size() <= schema_.fields.size());
    RecordHead head;
    head.boost = static_cast<double>(static_cast<float>(document.boost));
    now_.clear();
    for (std::size_t field = 0; field < document.fields.size(); ++field) count(field, document.fields[field], head);
    end_document(document, head);
}

void SegmentBuilder::end_document(Document const& document, RecordHead head) {
    auto const number = documents();
    std::size_t const begin = counted_.size();
    std::ranges::sort(now_, {}, &Count::term);
    DocumentWeights const weights{schema_, head.lengths, head.boost};
    for (std::size_t at = 0; at < now_.size();) {
        TermCounts counted{now_[at].term, {}};
        for (; at < now_.size() && now_[at].term == counted.term; ++at) ++counted.counts[now_[at].field];
        append_value(counted_, counted);
        postings_.push_back({counted.term, number, impact_of(weights.worth(counted.counts))});
        ++head.terms;
    }
    documents_.push_back({document.key, document.facets, head, begin});
}

// The number of each term in the segment.
std::vector<std::uint32_t> SegmentBuilder::write_terms(SegmentWriter& writer) {
    std::vector<std::uint64_t> hashes;
    for (std::string const* const text : texts_) hashes.push_back(term_hash(*text));
    std::vector<std::uint32_t> order(texts_.size()), sorted(texts_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](std::uint32_t one, std::uint32_t other) {
        return std::tie(hashes[one], *texts_[one]) < std::tie(hashes[other], *texts_[other]);
    });
    std::vector<std::size_t> ends(texts_.size() + 1);
    for (Entry const& entry : postings_) ++ends[entry.term + 1];
    std::partial_sum(ends.begin(), ends.end(), ends.begin());
    std::vector<std::size_t> places = ends;
    std::vector<Posting> postings(postings_.size());
    for (Entry const& entry : postings_) postings[places[entry.term]++] = {entry.document, entry.impact};
    for (std::uint32_t const term : order) {
        auto const list = std::span{postings}.subspan(ends[term], ends[term + 1] - ends[term]);
        sorted[term] = writer.term(hashes[term], *texts_[term], list);
    }
    return sorted;
}

void SegmentBuilder::write_documents(SegmentWriter& writer, std::vector<std::uint32_t> const& sorted) {
    std::string record;
    std::vector<TermCounts> terms;
    for (Waiting const& document : documents_) {
        terms.resize(document.head.terms);
        std::memcpy(terms.data(), counted_.data() + document.begin, terms.size() * sizeof(TermCounts));
        for (TermCounts& counted : terms) counted.term = sorted[counted.term];
        std::ranges::sort(terms, {}, &TermCounts::term);
        record.clear();
        RecordWriter writing{record, document.head};
        for (TermCounts const& counted : terms) writing.add(counted.term, counted.counts);
        writer.document(document.key, record, document.facets);
    }
}

void SegmentBuilder::write(Output& output) {
    SegmentWriter writer{output, schema_.facets.size()};
    std::vector<std::uint32_t> const sorted = write_terms(writer);
    write_documents(writer, sorted);
    writer.finish();
    numbers_.clear();
    texts_.clear();
    counted_.clear();
    postings_.clear();
    documents_.clear();
}

} // namespace sangu::search
