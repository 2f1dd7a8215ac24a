#pragma once

// Which documents an expert query allows, and how many there are of which kind.

#include "kernel/search/query/filter.h"
#include "kernel/search/query/parse.h"
#include "kernel/search/query/weighted.h"
#include "kernel/search/text/analyzer.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sangu::search {

// What `permitted` passes and the query matches. A word and a phrase match where they stand: their pairs and parts side
// by side in one field. A text matches when one of its words does.
Permitted matching(Permitted const& permitted, Node const& query, Analyzer& analyzer);
// What `permitted` passes and has one term of the query at least: what a plain search finds.
Permitted matching_any(Permitted const& permitted, WeightedQuery const& query);

// How many of the documents have each value of a facet; the most frequent first, equal ones by text. Values without a
// document are left out.
std::vector<std::pair<std::string, std::uint64_t>> count_facet(Permitted const& documents, std::size_t facet);

} // namespace sangu::search
