#pragma once

#include "kernel/search/index/snapshot.h"
#include "kernel/search/query/scorer.h"
#include "kernel/search/query/weighted.h"

namespace sangu::matching {

// How near the words of records come to those of a text: the cosine of their terms, 0 … 1, each weighed by its worth in
// the text and by rarity. A long record is not nearer for having more words, nor a short one for having few.
class Nearness {
public:
    // Both must live as long. Throws CorruptIndex when a segment is damaged.
    Nearness(search::Snapshot const& snapshot, search::WeightedQuery const& terms);

    double of(search::DocumentPlace place) const;

private:
    search::Snapshot const& snapshot_;
    search::WeightedQuery const& terms_;
    search::Scorer scorer_;
    double weight_;
};

} // namespace sangu::matching
