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
    if (is_new) {
        texts_.push_back(&place->first);
        ends_.push_back(ends_of(term));
    }
    return place->second;
}

void SegmentBuilder::count(std::size_t field, std::string_view text, RecordHead& head) {
    Analyzer& analyzer = schema_.fields[field].characters ? characters_ : analyzer_;
    Analysis const& analysis = analyzer.analyse(text);
    head.lengths[field] = analysis.length;
    for (Token const& token : analysis.tokens) {
        std::uint32_t const term = number_of(token.term);
        now_.push_back({term, static_cast<std::uint32_t>(field)});
        if (!token.is_ground() && !(token.kind == TokenKind::character && token.is_word)) continue;
        order_.push_back({term, token.position});
        ++now_occurrences_[field];
    }
}

void SegmentBuilder::add(Document const& document) {
    SANGU_ASSERT(document.boost > 0 && document.boost <= 1 && document.fields.size() <= schema_.fields.size());
    RecordHead head;
    head.boost = static_cast<double>(static_cast<float>(document.boost));
    now_.clear();
    now_occurrences_ = {};
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
    std::size_t const occurrences = std::accumulate(now_occurrences_.begin(), now_occurrences_.end(), std::size_t{0});
    documents_.push_back({document.key, document.facets, head, begin, order_.size() - occurrences, now_occurrences_});
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

// `terms` by their number here, in the order of the record.
void SegmentBuilder::append_order(std::string& record, Waiting const& document, std::vector<TermCounts> const& terms) {
    std::vector<SequenceTerm> known;
    for (std::uint32_t place = 0; place < terms.size(); ++place) {
        places_[terms[place].term] = place;
        known.push_back({ends_[terms[place].term], terms[place].counts});
    }
    Sequences sequences;
    auto next = order_.begin() + static_cast<std::ptrdiff_t>(document.order);
    for (std::size_t field = 0; field < fields_max; ++field)
        for (std::uint32_t at = 0; at < document.occurrences[field]; ++at, ++next)
            sequences[field].push_back({places_[next->term], next->position});
    append_sequences(record, known, sequences);
}

void SegmentBuilder::write_documents(SegmentWriter& writer, std::vector<std::uint32_t> const& sorted) {
    std::string record;
    std::vector<TermCounts> terms;
    places_.resize(texts_.size());
    for (Waiting const& document : documents_) {
        terms.resize(document.head.terms);
        std::memcpy(terms.data(), counted_.data() + document.begin, terms.size() * sizeof(TermCounts));
        std::ranges::sort(terms, {}, [&](TermCounts const& counted) { return sorted[counted.term]; });
        record.clear();
        RecordWriter writing{record, document.head};
        for (TermCounts const& counted : terms) writing.add(sorted[counted.term], counted.counts);
        append_order(record, document, terms);
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
    order_.clear();
    ends_.clear();
    documents_.clear();
}

} // namespace sangu::search
