#include "kernel/search/query/scorer.h"

#include "base/result.h"
#include "kernel/search/segment/checksum.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace sangu::search {
namespace {

FieldCounts masked(FieldCounts counts, std::uint8_t fields) {
    for (std::size_t field = 0; field < fields_max; ++field)
        if ((fields >> field & 1) == 0) counts[field] = 0;
    return counts;
}

std::vector<double> factors_of(Segment const& segment, Prior const& prior) {
    std::vector<double> factors(segment.facet_value_count(prior.facet));
    for (std::uint32_t value = 0; value < factors.size(); ++value)
        factors[value] = 1 + std::clamp(prior.gives(segment.facet_value(prior.facet, value)), 0.0, prior.most);
    return factors;
}

} // namespace

Scorer::Scorer(Snapshot const& snapshot, WeightedQuery const& query, Ranking const& ranking)
    : snapshot_{snapshot}, query_{query}, segments_(snapshot.segments().size()), schema_{snapshot.schema()},
      bound_{ranking.bound()} {
    SANGU_ASSERT(query.size() <= query_terms_max);
    for (std::size_t field = 0; field < schema_.fields.size(); ++field)
        schema_.fields[field].weight *= ranking.fields[field];
    for (Prior const& prior : ranking.priors) {
        facets_.push_back(prior.facet);
        auto& of_segment = factors_.emplace_back();
        for (SegmentState const& state : snapshot.segments()) of_segment.push_back(factors_of(*state.segment, prior));
    }
    for (std::uint32_t at = 0; at < query.size(); ++at) {
        std::uint64_t const hash = term_hash(query[at].term);
        std::uint64_t frequency = 0;
        for (std::size_t segment = 0; segment < segments_.size(); ++segment) {
            Segment const& reader = *snapshot.segments()[segment].segment;
            auto const number = reader.find(hash, query[at].term);
            if (!number) continue;
            frequency += reader.frequency(*number);
            segments_[segment].push_back({*number, at});
        }
        weights_.push_back(query[at].weight * inverse_frequency(snapshot.counted_documents(), frequency));
    }
    for (auto& terms : segments_)
        std::ranges::sort(terms, {}, [](Term const& term) { return std::pair{term.number, term.query}; });
}

// function(query term, reader at its term)
template <class F> void Scorer::for_each_match(RecordReader& reader, std::uint32_t segment, F const& function) const {
    auto const& terms = segments_[segment];
    auto wanted = terms.begin();
    while (wanted != terms.end() && reader.next()) {
        while (wanted != terms.end() && wanted->number < reader.term()) ++wanted;
        for (; wanted != terms.end() && wanted->number == reader.term(); ++wanted) function(wanted->query);
    }
}

double Scorer::score(DocumentPlace place) const {
    RecordReader reader = snapshot_.segments()[place.segment].segment->record(place.document);
    DocumentWeights const weights{schema_, reader.head().lengths, reader.head().boost};
    FieldCounts once{};
    once[reader.main_field()] = 1;
    double const plain = weights.worth(once);
    thread_local std::vector<double>
        parts; // by term of the query: segments number terms differently, the sum must not know
    parts.assign(weights_.size(), 0);
    for_each_match(reader, place.segment, [&](std::uint32_t term) {
        std::uint8_t const fields = query_[term].fields;
        if (reader.is_plain())
            parts[term] = (fields >> reader.main_field() & 1) != 0 ? weights_[term] * plain : 0;
        else
            parts[term] = weights_[term] * weights.worth(masked(reader.counts(), fields));
    });
    double score = std::accumulate(parts.begin(), parts.end(), 0.0);
    for (std::size_t prior = 0; prior < facets_.size(); ++prior) score *= factor(prior, place);
    return score;
}

double Scorer::factor(std::size_t prior, DocumentPlace place) const {
    double factor = 1;
    Segment const& segment = *snapshot_.segments()[place.segment].segment;
    for (std::uint32_t const value : segment.facet_values(facets_[prior], place.document))
        factor = std::max(factor, factors_[prior][place.segment].at(value));
    return factor;
}

std::vector<std::array<double, fields_max>> Scorer::shares(DocumentPlace place) const {
    RecordReader reader = snapshot_.segments()[place.segment].segment->record(place.document);
    DocumentWeights const weights{schema_, reader.head().lengths, reader.head().boost};
    std::vector<std::array<double, fields_max>> shares(weights_.size());
    for_each_match(reader, place.segment, [&](std::uint32_t term) {
        FieldCounts const counts = masked(reader.counts(), query_[term].fields);
        for (std::size_t field = 0; field < fields_max; ++field)
            shares[term][field] = weights_[term] * weights.share(counts, field);
    });
    return shares;
}

} // namespace sangu::search
