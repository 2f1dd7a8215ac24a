#pragma once

// The exact score of a document: Σ weight · idf · worth over the terms of the query, in the order of the query.

#include "kernel/search/index/snapshot.h"
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
    Scorer(Snapshot const& snapshot, WeightedQuery const& query);

    double weight(std::uint32_t term) const { return weights_[term]; } // with the inverse frequency
    std::vector<Term> const& of(std::size_t segment) const { return segments_[segment]; }
    double score(DocumentPlace place) const;
    // What each term of the query gives in each field; all together they are the score.
    std::vector<std::array<double, fields_max>> shares(DocumentPlace place) const;

private:
    template <class F> void for_each_match(RecordReader& reader, std::uint32_t segment, F const& function) const;

    Snapshot const& snapshot_;
    WeightedQuery const& query_;
    std::vector<double> weights_;
    std::vector<std::vector<Term>> segments_; // by number in the segment
};

} // namespace sangu::search
