#pragma once

// A bonus for documents in which terms that are neighbours in the query are neighbours too: pairs of ideographs that
// follow each other are a longer word, Latin words a phrase. Looks at the first hits only and puts them in order anew.

#include "kernel/search/query/search.h"
#include "kernel/search/text/analyzer.h"

#include <string_view>

namespace sangu::search {

struct NearnessSettings {
    double weight = 0.2;        // of a pair of neighbours, where each of its terms weighs its inverse frequency
    std::size_t looked_at = 50; // hits; some microseconds each
    std::uint32_t distance = 8; // positions from which on a pair is no pair
};

// What nearness adds to the score of a document.
double nearness(Snapshot const& snapshot, std::string_view query, Analyzer& analyzer, DocumentPlace place,
                NearnessSettings const& settings = {});
// The hits with that bonus, the best first. Ask search() for `looked_at` hits and take as many of these as are wanted.
std::vector<Hit> by_nearness(Snapshot const& snapshot, std::vector<Hit> hits, std::string_view query,
                             Analyzer& analyzer, NearnessSettings const& settings = {});

} // namespace sangu::search
