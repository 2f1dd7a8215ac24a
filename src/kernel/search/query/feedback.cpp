#include "kernel/search/query/feedback.h"

#include "kernel/search/score/bm25f.h"
#include "kernel/search/segment/checksum.h"

#include <algorithm>
#include <map>
#include <set>

namespace sangu::search {
namespace {

std::uint64_t frequency_of(Snapshot const& snapshot, std::string_view term) {
    std::uint64_t frequency = 0;
    for (auto const& state : snapshot.segments())
        if (auto const number = state.segment->find(term_hash(term), term))
            frequency += state.segment->frequency(*number);
    return frequency;
}

// Each term with the sum of its worth in the hits, a hit counting as much as its score.
std::map<std::string, double> terms_of(Snapshot const& snapshot, std::span<Hit const> hits) {
    std::map<std::string, double> sums;
    for (Hit const& hit : hits) {
        Segment const& segment = *snapshot.segments()[hit.place.segment].segment;
        RecordReader reader = segment.record(hit.place.document);
        DocumentWeights const weights{snapshot.schema(), reader.head().lengths, 1};
        while (reader.next())
            sums[std::string{segment.text_of(reader.term())}] += hit.score * weights.worth(reader.counts());
    }
    return sums;
}

} // namespace

WeightedQuery with_feedback(Snapshot const& snapshot, WeightedQuery query, std::span<Hit const> hits,
                            FeedbackSettings const& settings) {
    std::set<std::string_view> known;
    double strongest = 0;
    for (QueryTerm const& term : query) {
        known.insert(term.term);
        strongest = std::max(strongest, term.weight);
    }
    std::vector<std::pair<double, std::string>> found;
    for (auto const& [term, sum] : terms_of(snapshot, hits.first(std::min(hits.size(), settings.documents)))) {
        double const idf = inverse_frequency(snapshot.counted_documents(), frequency_of(snapshot, term));
        if (!known.contains(term)) found.emplace_back(sum * idf, term);
    }
    known.clear();
    std::size_t const room = query_terms_max - std::min(query.size(), query_terms_max);
    std::size_t const most = std::min({found.size(), settings.terms, room});
    std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(most), std::greater{});
    double const greatest = most > 0 ? found[0].first : 1;
    for (std::size_t at = 0; at < most; ++at)
        query.push_back({found[at].second, strongest * settings.weight * found[at].first / greatest, every_field});
    return query;
}

} // namespace sangu::search
