#pragma once

// What the ranking takes into account besides the words of the query; all of it is off unless asked for.
//
//   score(q, d) = Π over priors (1 + gives) · Σ over terms weight · idf · worth
//
// A prior gives the most that one of the document's values of a facet is worth, 0 … most. Weights of fields multiply
// those of the schema. Pruning stays exact: bounds are multiplied by what priors and fields can add at most.

#include "base/time.h"
#include "kernel/search/score/schema.h"

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::search {

struct Prior {
    std::uint32_t facet = 0;
    double most = 0;                                     // ≥ 0
    std::function<double(std::string_view value)> gives; // asked once for each value of a segment; clamped to 0 … most
};

struct Ranking {
    std::array<double, fields_max> fields{1, 1, 1, 1, 1, 1, 1, 1}; // ≥ 0
    std::vector<Prior> priors;

    // What a score can be multiplied by at most.
    double bound() const;
};

// A facet of dates ("2026-11-25"): `most` for one of today or later, half of it after each `half_life` days.
Prior prior_for_fresh(std::uint32_t facet, Date today, double half_life, double most);
// A facet of codes that say more the longer they are ("H01M 10/0525"): the part of a code of the query that one of the
// document begins with, spaces left out. Below three characters they have nothing in common.
Prior prior_for_codes(std::uint32_t facet, std::vector<std::string> codes, double most);

} // namespace sangu::search
