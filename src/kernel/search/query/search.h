#pragma once

// The k best documents, exactly: pruning skips only what cannot be among them.

#include "kernel/search/query/filter.h"
#include "kernel/search/query/ranking.h"
#include "kernel/search/query/weighted.h"

#include <cstdint>
#include <vector>

namespace sangu::search {

struct Hit {
    DocumentPlace place;
    double score = 0;
};

struct SearchStatistics {
    std::uint64_t postings = 0; // decoded
    std::uint64_t scored = 0;   // documents scored exactly
    std::uint64_t skipped = 0;  // windows not looked at
};

// Best first; equal scores in the order of their keys. Documents that share no term with the query are no hits. Only
// what `permitted` passes is looked at. Throws CorruptIndex when a segment is damaged.
std::vector<Hit> search(Permitted const& permitted, WeightedQuery const& query, std::size_t k,
                        SearchStatistics* statistics = nullptr, Ranking const& ranking = {});
// The same answer by scoring every document: what tests compare with.
std::vector<Hit> search_exhaustively(Permitted const& permitted, WeightedQuery const& query, std::size_t k,
                                     Ranking const& ranking = {});

} // namespace sangu::search
