#pragma once

// From a text, or from a document of the index, to the terms it should find by.

#include "kernel/search/index/snapshot.h"
#include "kernel/search/query/parse.h"
#include "kernel/search/query/weighted.h"
#include "kernel/search/text/analyzer.h"
#include "kernel/search/text/synonyms.h"

#include <string_view>

namespace sangu::search {

struct WeighSettings {
    std::size_t terms_max = 256; // the strongest are kept; at most query_terms_max
    double word = 1;             // weight of a word of three and more characters
    double word_pair = 1;        // of a pair that is a word
    double other_pair = 1;       // of a pair that is none
    double k3 = 8;               // how soon repeating a term in the query stops helping
    Synonyms const* synonyms = nullptr;
};

// Words and whole texts alike: of a demand of 300 terms the strongest count. Stop words count when there is nothing
// else.
WeightedQuery weigh(std::string_view text, Analyzer& analyzer, Snapshot const& snapshot,
                    WeighSettings const& settings = {}, std::uint8_t fields = every_field);
// The words and phrases of an expert query that are not forbidden, each in its field.
WeightedQuery weigh(Node const& query, Analyzer& analyzer, Snapshot const& snapshot,
                    WeighSettings const& settings = {});
// More like this document; it will be its own best hit.
WeightedQuery weigh_like(Snapshot const& snapshot, DocumentPlace place, WeighSettings const& settings = {});

} // namespace sangu::search
