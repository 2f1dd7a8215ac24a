#pragma once

// Pseudo-relevance feedback: the terms that the best hits have in common widen the query. A switch, because it helps
// questions of few words and harms long needs (docs/search.md has the table).

#include "kernel/search/query/search.h"

#include <span>

namespace sangu::search {

struct FeedbackSettings {
    std::size_t documents = 5; // of the hits
    std::size_t terms = 20;    // that are added
    double weight = 0.3;       // of the strongest of them, where the query's strongest weighs 1
};

// The query with further terms, found in the first of its hits.
WeightedQuery with_feedback(Snapshot const& snapshot, WeightedQuery query, std::span<Hit const> hits,
                            FeedbackSettings const& settings = {});

} // namespace sangu::search
