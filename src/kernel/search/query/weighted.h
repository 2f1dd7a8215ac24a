#pragma once

// A query as the ranking sees it: terms with weights.

#include <cstdint>
#include <string>
#include <vector>

namespace sangu::search {

inline constexpr std::uint8_t every_field = 0xFF;
inline constexpr std::size_t query_terms_max = 1024;

struct QueryTerm {
    std::string term;
    double weight = 1;                 // > 0, before the inverse frequency
    std::uint8_t fields = every_field; // bit n: field n counts
};
using WeightedQuery = std::vector<QueryTerm>; // at most query_terms_max

} // namespace sangu::search
