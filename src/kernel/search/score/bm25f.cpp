#include "kernel/search/score/bm25f.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>

namespace sangu::search {

DocumentWeights::DocumentWeights(Schema const& schema, FieldCounts const& lengths, double boost)
    : k1_{schema.k1}, boost_{boost} {
    for (std::size_t at = 0; at < schema.fields.size(); ++at) {
        Field const& field = schema.fields[at];
        factors_[at] = field.weight / (1 - field.b + field.b * lengths[at] / field.pivot);
    }
}

double DocumentWeights::frequency(FieldCounts const& counts) const {
    double frequency = 0;
    for (std::size_t at = 0; at < fields_max; ++at)
        if (counts[at] > 0) frequency += factors_[at] * counts[at];
    return frequency;
}

double DocumentWeights::worth(FieldCounts const& counts) const {
    double const tf = frequency(counts);
    return boost_ * tf / (k1_ + tf);
}

double DocumentWeights::share(FieldCounts const& counts, std::size_t field) const {
    double const tf = frequency(counts);
    return tf > 0 ? worth(counts) * factors_[field] * counts[field] / tf : 0;
}

std::uint8_t impact_of(double worth) {
    constexpr double rounding = 1e-6; // more than the arithmetic can be wrong by
    return static_cast<std::uint8_t>(std::clamp(std::ceil(worth * 255 + rounding), 1.0, 255.0));
}

double inverse_frequency(std::uint64_t documents, std::uint64_t frequency) {
    double const absent = static_cast<double>(documents) - static_cast<double>(frequency);
    return std::log(1 + (std::max(absent, 0.0) + 0.5) / (static_cast<double>(frequency) + 0.5));
}

std::string Schema::fingerprint() const {
    std::string text = "k1 " + to_text(k1);
    for (Field const& field : fields)
        text.append("; field ")
            .append(field.name)
            .append(" ")
            .append(to_text(field.weight))
            .append(" ")
            .append(to_text(field.b))
            .append(" ")
            .append(to_text(field.pivot))
            .append(field.characters ? " characters" : "");
    for (std::string const& facet : facets) text.append("; facet ").append(facet);
    return text;
}

} // namespace sangu::search
