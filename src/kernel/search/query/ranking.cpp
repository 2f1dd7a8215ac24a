#include "kernel/search/query/ranking.h"

#include <algorithm>
#include <cmath>

namespace sangu::search {
namespace {

constexpr std::size_t common_min = 3; // the class of a patent: H01

std::string without_spaces(std::string_view code) {
    std::string text;
    for (char const c : code)
        if (c != ' ') text += c;
    return text;
}

} // namespace

double Ranking::bound() const {
    double bound = std::max(1.0, std::ranges::max(fields));
    for (Prior const& prior : priors) bound *= 1 + prior.most;
    return bound;
}

Prior prior_for_fresh(std::uint32_t facet, Date today, double half_life, double most) {
    return {facet, most, [=](std::string_view value) {
                auto const date = parse_date(value);
                if (!date) return 0.0;
                auto const age = static_cast<double>(today - *date);
                return most * std::exp2(-std::max(0.0, age) / half_life);
            }};
}

Prior prior_for_codes(std::uint32_t facet, std::vector<std::string> codes, double most) {
    for (std::string& code : codes) code = without_spaces(code);
    return {facet, most, [codes = std::move(codes), most](std::string_view value) {
                std::string const own = without_spaces(value);
                double best = 0;
                for (std::string const& code : codes) {
                    auto const common = static_cast<std::size_t>(std::ranges::mismatch(code, own).in1 - code.begin());
                    if (common >= common_min)
                        best = std::max(best, static_cast<double>(common) / static_cast<double>(code.size()));
                }
                return most * best;
            }};
}

} // namespace sangu::search
