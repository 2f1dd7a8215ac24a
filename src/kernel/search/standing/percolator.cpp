#include "kernel/search/standing/percolator.h"

#include "kernel/search/query/match.h"
#include "kernel/search/query/parse.h"

#include <algorithm>

namespace sangu::search {
namespace {

constexpr float worth_least = 1e-9F; // a gate opens whatever the boost of the document
constexpr float rounding = 1e-4F;    // more than sums of floats can be wrong by

FieldCounts masked(FieldCounts counts, std::uint8_t fields) {
    for (std::size_t field = 0; field < fields_max; ++field)
        if ((fields >> field & 1) == 0) counts[field] = 0;
    return counts;
}

} // namespace

Percolator::Percolator(StandingQueries const& queries)
    : queries_{queries}, builder_{queries.schema_, queries.lexicon_}, analyzer_{queries.lexicon_} {}

void Percolator::read(Document const& document) {
    builder_.add(document);
    Output output;
    builder_.write(output);
    auto segment = Segment::in_memory(output.take_memory());
    RecordReader reader = segment->record(0);
    DocumentWeights const weights{queries_.schema_, reader.head().lengths, reader.head().boost};
    for (Known const& known : known_) places_[known.term] = 0;
    known_.clear();
    places_.resize(queries_.terms_.size());
    std::string term;
    while (reader.next()) {
        term = segment->text_of(reader.term());
        auto const number = queries_.numbers_.find(term);
        if (number == queries_.numbers_.end()) continue;
        FieldCounts const counts = reader.counts();
        known_.push_back({number->second, weights.worth(counts), counts});
        places_[number->second] = static_cast<std::uint32_t>(known_.size());
    }
    snapshot_ =
        std::make_shared<Snapshot const>(queries_.schema_, std::vector<SegmentState>{{std::move(segment), nullptr}});
}

void Percolator::add_up() {
    sums_.assign(queries_.waiting_.size(), 0);
    for (Known const& known : known_) {
        float const worth = std::max(static_cast<float>(known.worth), worth_least);
        for (auto const& [waiting, weight] : queries_.lists_[known.term]) sums_[waiting] += weight * worth;
    }
}

double Percolator::score(std::uint32_t waiting, DocumentWeights const& weights) const {
    double score = 0;
    for (auto const& [term, weight, fields] : queries_.waiting_[waiting].terms) {
        std::uint32_t const place = places_[term];
        if (place == 0) continue;
        Known const& known = known_[place - 1];
        score += static_cast<double>(weight) *
                 (fields == every_field ? known.worth : weights.worth(masked(known.counts, fields)));
    }
    return score;
}

bool Percolator::is_met(std::uint32_t waiting, double score) {
    StandingQuery const& query = queries_.waiting_[waiting].query;
    if (query.expert.empty() && (score <= 0 || score < query.least)) return false;
    Permitted const allowed{snapshot_, query.filter};
    if (!allowed.of(0).has(0)) return false;
    if (query.expert.empty()) return true;
    std::vector<std::string_view> names;
    for (Field const& field : queries_.schema_.fields) names.push_back(field.name);
    Node const root = parse_query(query.expert, names).root;
    return matching(allowed, root, analyzer_).of(0).has(0);
}

void Percolator::consider(std::uint32_t waiting, DocumentWeights const& weights, std::vector<StandingHit>& hits) {
    if (queries_.waiting_[waiting].is_removed) return;
    double const exact = score(waiting, weights);
    if (is_met(waiting, exact)) hits.push_back({queries_.waiting_[waiting].query.key, exact});
}

std::vector<StandingHit> Percolator::run(Document const& document, bool is_exhaustive) {
    std::shared_lock const lock{queries_.mutex_};
    read(document);
    RecordReader const reader = snapshot_->segments()[0].segment->record(0);
    DocumentWeights const weights{queries_.schema_, reader.head().lengths, reader.head().boost};
    std::vector<StandingHit> hits;
    if (is_exhaustive) {
        for (std::uint32_t waiting = 0; waiting < queries_.waiting_.size(); ++waiting) consider(waiting, weights, hits);
    } else {
        add_up();
        for (std::uint32_t waiting = 0; waiting < sums_.size(); ++waiting)
            if (sums_[waiting] > 0 && sums_[waiting] * (1 + rounding) >= queries_.waiting_[waiting].threshold)
                consider(waiting, weights, hits);
        for (std::uint32_t const waiting : queries_.always_) consider(waiting, weights, hits);
    }
    std::ranges::sort(hits, [](StandingHit const& one, StandingHit const& other) {
        return one.score != other.score ? one.score > other.score : one.key < other.key;
    });
    return hits;
}

std::vector<StandingHit> Percolator::met_by(Document const& document) { return run(document, false); }

std::vector<StandingHit> Percolator::met_by_exhaustively(Document const& document) { return run(document, true); }

} // namespace sangu::search
