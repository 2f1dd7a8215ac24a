#pragma once

// BM25F: what a term in a document is worth, 0 … 1, before the weight of the term.
//
//   tf = Σ weight_f · count_f / (1 − b_f + b_f · length_f / pivot_f)        worth = boost · tf / (k1 + tf)

#include "kernel/search/score/schema.h"

#include <cstdint>

namespace sangu::search {

// The factors of one document, ready for its terms.
class DocumentWeights {
public:
    DocumentWeights(Schema const& schema, FieldCounts const& lengths, double boost);

    double worth(FieldCounts const& counts) const;
    // Only the part of `field` in worth(counts): the parts add up.
    double share(FieldCounts const& counts, std::size_t field) const;

private:
    double frequency(FieldCounts const& counts) const;

    std::array<double, fields_max> factors_{};
    double k1_;
    double boost_;
};

// The least n with worth ≤ n / 255, at least 1.
std::uint8_t impact_of(double worth);
// ln(1 + (documents − frequency + ½) / (frequency + ½)): never negative.
double inverse_frequency(std::uint64_t documents, std::uint64_t frequency);

} // namespace sangu::search
