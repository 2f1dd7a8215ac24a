#include "modules/matching/nearness.h"

#include "kernel/search/query/weigh.h"

#include <cmath>
#include <numeric>

namespace sangu::matching {

namespace {

// One more than the inverse frequency: where few records are, a word that all of them have still counts.
double rarity(search::Scorer const& scorer, search::WeightedQuery const& terms, std::uint32_t term) {
    return 1 + scorer.weight(term) / terms[term].weight;
}

double weight_of(search::Scorer const& scorer, search::WeightedQuery const& terms) {
    double sum = 0;
    for (std::uint32_t term = 0; term < terms.size(); ++term)
        sum += terms[term].weight * terms[term].weight * rarity(scorer, terms, term);
    return sum;
}

} // namespace

Nearness::Nearness(search::Snapshot const& snapshot, search::WeightedQuery const& terms)
    : snapshot_{snapshot}, terms_{terms}, scorer_{snapshot, terms}, weight_{weight_of(scorer_, terms)} {}

double Nearness::of(search::DocumentPlace place) const {
    auto const shares = scorer_.shares(place);
    double both = 0;
    for (std::uint32_t term = 0; term < terms_.size(); ++term) {
        double const share = std::accumulate(shares[term].begin(), shares[term].end(), 0.0);
        if (share > 0) both += share / scorer_.weight(term) * terms_[term].weight * rarity(scorer_, terms_, term);
    }
    search::WeightedQuery const own = search::weigh_like(snapshot_, place);
    double const greatest = std::sqrt(weight_ * weight_of({snapshot_, own}, own));
    return greatest > 0 ? both / greatest : 0;
}

} // namespace sangu::matching
