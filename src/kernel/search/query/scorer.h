#pragma once

// The exact score of a document: Σ weight · idf · worth over the terms of the query, in the order of the query, times
// what its facets give (ranking.h).

#include "kernel/search/index/snapshot.h"
#include "kernel/search/query/ranking.h"
#include "kernel/search/query/weighted.h"
#include "kernel/search/score/bm25f.h"

#include <array>
#include <cstdint>
#include <vector>

namespace sangu::search {

class Scorer {
public:
    // A term of the query as one segment knows it.
    struct Term {
        std::uint32_t number; // in the segment
        std::uint32_t query;  // in the query
    };

    // Throws CorruptIndex when a segment is damaged.
    Scorer(Snapshot const& snapshot, WeightedQuery const& query, Ranking const& ranking = {});

    double weight(std::uint32_t term) const { return weights_[term]; } // with the inverse frequency
    std::vector<Term> const& of(std::size_t segment) const { return segments_[segment]; }
    // What the impact of a term can add to a score at most.
    double greatest(std::uint32_t term) const { return weights_[term] * bound_; }
    double score(DocumentPlace place) const;
    // What a prior multiplies the score by.
    double factor(std::size_t prior, DocumentPlace place) const;
    // What each term of the query gives in each field; all together they are the score without priors.
    std::vector<std::array<double, fields_max>> shares(DocumentPlace place) const;

private:
    template <class F> void for_each_match(RecordReader& reader, std::uint32_t segment, F const& function) const;

    Snapshot const& snapshot_;
    WeightedQuery const& query_;
    std::vector<double> weights_;
    std::vector<std::vector<Term>> segments_; // by number in the segment
    Schema schema_;                           // with the weights of the fields for this query
    double bound_;
    std::vector<std::uint32_t> facets_;                     // of the priors
    std::vector<std::vector<std::vector<double>>> factors_; // of each prior, segment, value
};

} // namespace sangu::search
