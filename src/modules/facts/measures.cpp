#include "base/wide.h"
#include "modules/facts/rules.h"

#include <array>

namespace sangu::facts {

namespace {

constexpr std::int64_t million = 1'000'000;

std::optional<Measure> ratio(std::optional<std::int64_t> part, std::optional<std::int64_t> whole) {
    if (!part || !whole || *whole <= 0) return std::nullopt;
    return Measure{*part, *whole};
}

std::optional<std::int64_t> fen(std::optional<Money> const& money) {
    return money ? std::optional{money->fen} : std::nullopt;
}

std::optional<Measure> count(std::optional<std::int64_t> const& number) {
    return number ? std::optional{Measure{*number, 1}} : std::nullopt;
}

// ½ (Y2/Y1 + Y3/Y2) − 1 as one fraction.
std::optional<Measure> growth_of_three(Years const& years, std::optional<Money> Figures::* field) {
    if (!years.first || !years.second || !years.last) return std::nullopt;
    auto const one = fen(years.first->*field), two = fen(years.second->*field), three = fen(years.last->*field);
    if (!one || !two || !three || *one <= 0 || *two <= 0) return std::nullopt;
    Wide const a = *one, b = *two, c = *three;
    return Measure{b * b + c * a - 2 * a * b, 2 * a * b};
}

std::optional<Measure> growth_of_two(Years const& years) {
    if (!years.second) return std::nullopt;
    auto const before = fen(years.second->revenue), now = fen(years.last->revenue);
    if (!before || !now || *before <= 0) return std::nullopt;
    return Measure{Wide{*now} - *before, *before};
}

// The mean over three years; a year that is missing leaves the mean open.
std::optional<Measure> conversions_mean(Years const& years) {
    Wide sum = 0;
    for (Figures const* one : {years.first, years.second, years.last}) {
        if (!one || !one->conversions) return std::nullopt;
        sum += *one->conversions;
    }
    return Measure{sum, 3};
}

std::optional<Measure> equity_ratio(Figures const& figures) {
    auto const assets = fen(figures.assets), liabilities = fen(figures.liabilities);
    if (!assets || !liabilities) return std::nullopt;
    return ratio(*assets - *liabilities, assets);
}

constexpr std::array<std::string_view, 9> ratios{"rd_staff_ratio", "rd_to_revenue",     "rd_to_cost",
                                                 "main_share",     "growth_net_assets", "growth_revenue",
                                                 "revenue_growth", "equity_ratio",      "conversions_mean"};

} // namespace

double Measure::value() const { return static_cast<double>(numerator) / static_cast<double>(denominator); }

bool is_ratio(std::string_view measure) {
    for (std::string_view const one : ratios)
        if (one == measure) return true;
    return false;
}

std::optional<Measure> measure_of(std::string_view name, Years const& years) {
    if (!years.last) return std::nullopt;
    Figures const& now = *years.last;
    if (name == "class_one") return count(now.class_one);
    if (name == "class_one_own") return count(now.class_one_own);
    if (name == "class_one_high") return count(now.class_one_high);
    if (name == "class_two") return count(now.class_two);
    if (name == "strategic") return Measure{years.strategic ? 1 : 0, 1};
    if (name == "rd_staff_ratio") return ratio(now.rd_staff, now.staff);
    if (name == "rd_to_revenue") return ratio(fen(now.rd_spend), fen(now.revenue));
    if (name == "rd_to_cost") return ratio(fen(now.rd_spend), fen(now.cost));
    if (name == "main_share") return ratio(fen(now.main_revenue), fen(now.revenue));
    if (name == "equity_ratio") return equity_ratio(now);
    if (name == "conversions_mean") return conversions_mean(years);
    if (name == "growth_net_assets") return growth_of_three(years, &Figures::net_assets);
    if (name == "growth_revenue") return growth_of_three(years, &Figures::revenue);
    if (name == "revenue_growth") return growth_of_two(years);
    return std::nullopt;
}

bool reaches(Measure const& measure, Band const& band) {
    Wide const scaled = measure.numerator * (is_ratio(band.measure) ? million : 1);
    Wide const bound = measure.denominator * band.lower;
    return band.above ? scaled > bound : scaled >= bound;
}

} // namespace sangu::facts
