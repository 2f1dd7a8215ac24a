#include "modules/indicators/rules.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>

namespace sangu::indicators {

namespace {

Date year_end(int year) { return *make_date(year, 12, 31); }

bool lower_is_better(Goal const& goal) {
    return goal.kind == Measure::rank || goal.direction == Direction::down || goal.comparator == Comparator::at_most;
}

bool grows_by_percent(Goal const& goal) { return goal.growth_percent && goal.base.value_or(0) > 0; }

} // namespace

std::optional<double> progress(Goal const& goal, std::optional<double> actual) {
    if (!actual || !goal.value || goal.comparator == Comparator::list) return {};
    double const target = *goal.value;
    if (goal.comparator == Comparator::range && goal.value_to) {
        if (*actual < target) return target != 0 ? std::optional{*actual / target} : std::nullopt;
        return *actual > *goal.value_to && *goal.value_to != 0 ? *actual / *goal.value_to : 1.0;
    }
    if (lower_is_better(goal)) {
        if (goal.base && *goal.base != target) return (*goal.base - *actual) / (*goal.base - target);
        return *actual > 0 ? std::optional{target / *actual} : std::nullopt;
    }
    return target != 0 ? std::optional{*actual / target} : std::nullopt;
}

bool satisfies(Goal const& goal, double actual) {
    if (!goal.value || goal.comparator == Comparator::list) return false;
    if (goal.comparator == Comparator::range && goal.value_to && lower_is_better(goal)) return actual <= *goal.value_to;
    return lower_is_better(goal) ? actual <= *goal.value : actual >= *goal.value;
}

std::vector<PathPoint> required_path(Goal const& goal, std::span<PathPoint const> yearly) {
    if (!goal.value || goal.comparator == Comparator::list || goal.kind == Measure::cagr) return {};
    std::vector<PathPoint> fixed;
    if (goal.base && goal.base_year)
        fixed.push_back({goal.base_year, *goal.base, true});
    else if (goal.kind == Measure::cumulative_count)
        fixed.push_back({goal.from_year - 1, 0, true});
    for (PathPoint const& one : yearly)
        if (one.year < goal.year && (fixed.empty() || one.year > fixed.back().year)) fixed.push_back(one);
    if (fixed.empty() || fixed.back().year >= goal.year) return {};
    fixed.push_back({goal.year, *goal.value, true});
    std::vector<PathPoint> path{fixed.front()};
    for (std::size_t i = 1; i < fixed.size(); ++i) {
        PathPoint const &a = fixed[i - 1], &b = fixed[i];
        for (int year = a.year + 1; year < b.year; ++year) {
            double const share = double(year - a.year) / (b.year - a.year);
            double const value = grows_by_percent(goal) && a.value > 0 && b.value > 0
                                     ? a.value * std::pow(b.value / a.value, share)
                                     : a.value + (b.value - a.value) * share;
            path.push_back({year, value, false});
        }
        path.push_back(b);
    }
    return path;
}

std::optional<double> required_on(std::span<PathPoint const> path, Date day, bool by_growth) {
    for (std::size_t i = 1; i < path.size(); ++i) {
        Date const a = year_end(path[i - 1].year), b = year_end(path[i].year);
        if (day < a || b < day) continue;
        double const share = double(day - a) / (b - a), from = path[i - 1].value, to = path[i].value;
        return by_growth && from > 0 && to > 0 ? from * std::pow(to / from, share) : from + (to - from) * share;
    }
    return {};
}

Rating rate(Goal const& goal, std::optional<Moment> actual, std::span<PathPoint const> path) {
    if (goal.comparator == Comparator::list) return Rating::list;
    if (!goal.value) return Rating::open;
    if (!actual) return Rating::no_data;
    if (satisfies(goal, actual->value)) return Rating::reached;
    if (actual->on >= year_end(goal.year)) return Rating::missed;
    auto const required = required_on(path, actual->on, grows_by_percent(goal));
    if (!required) return Rating::unrated;
    bool const kept = lower_is_better(goal) ? actual->value <= *required : actual->value >= *required;
    return kept ? Rating::on_track : Rating::behind;
}

std::optional<double> yearly_growth(double base, double final_value, double years) {
    if (base <= 0 || final_value <= 0 || years <= 0) return {};
    return std::pow(final_value / base, 1 / years) - 1;
}

double growth_factor(double fraction_a_year, int years) { return std::pow(1 + fraction_a_year, years); }

double implied_base(double target, double fraction_a_year, int years) {
    return target / growth_factor(fraction_a_year, years);
}

std::optional<double> pooled_ratio(std::span<RatioParts const> parts, double factor) {
    RatioParts sum;
    for (RatioParts const& one : parts) {
        sum.numerator += one.numerator;
        sum.denominator += one.denominator;
    }
    if (sum.denominator <= 0) return {};
    return factor * sum.numerator / sum.denominator;
}

bool agrees_with_parts(double value, RatioParts parts, double factor, int decimals) {
    if (parts.denominator <= 0) return false;
    double const half_unit = 0.5 * std::pow(10.0, -decimals);
    return std::abs(value - factor * parts.numerator / parts.denominator) <= half_unit * (1 + 1e-6);
}

bool adds_up(std::span<double const> parts, double total, int decimals) {
    double sum = 0;
    for (double const part : parts) sum += part;
    return std::abs(sum - total) <= std::pow(10.0, -decimals) * (static_cast<double>(parts.size()) + 1e-6);
}

std::optional<Period> parse_period(std::string_view text) {
    auto const number = [&](std::size_t at, std::size_t size) -> int {
        int value = 0;
        for (char const c : text.substr(at, size)) {
            if (c < '0' || c > '9') return -1;
            value = value * 10 + (c - '0');
        }
        return value;
    };
    auto const between = [](PeriodKind kind, std::optional<Date> start,
                            std::optional<Date> end) -> std::optional<Period> {
        if (!start || !end) return {};
        return Period{kind, *start, *end};
    };
    if (text.size() < 4 || number(0, 4) < 1900) return {};
    int const year = number(0, 4);
    if (text.size() == 4) return between(PeriodKind::year, make_date(year, 1, 1), make_date(year, 12, 31));
    if (text.size() == 6 && text.substr(4) == "H1")
        return between(PeriodKind::half, make_date(year, 1, 1), make_date(year, 6, 30));
    if (text.size() == 6 && text.substr(4) == "H2")
        return between(PeriodKind::half, make_date(year, 7, 1), make_date(year, 12, 31));
    if (text.size() == 7 && text[4] == '-') {
        int const month = number(5, 2);
        auto const next = month == 12 ? make_date(year + 1, 1, 1) : make_date(year, month + 1, 1);
        if (month < 1 || month > 12 || !next) return {};
        return between(PeriodKind::month, make_date(year, month, 1), *next + -1);
    }
    auto const day = parse_date(text);
    return between(PeriodKind::day, day, day);
}

} // namespace sangu::indicators
