#pragma once

// How figures are judged: progress, required path, forecast, rating. Pure functions without clock and database.
// Source of the rules: the plan's targets for 2019 and the words it uses (以上, 达到, 力争, 提升至第).

#include "modules/indicators/entities.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace sangu::indicators {

// What is to be reached, taken from a Target and the indicator's kind.
struct Goal {
    Measure kind = Measure::stock;
    Direction direction = Direction::up;
    Comparator comparator = Comparator::reach;
    std::optional<double> value;    // none: the target is open
    std::optional<double> value_to; // upper end of a range
    std::optional<double> base;
    int base_year = 0; // 0: none
    int from_year = 0;
    int year = 0;
    bool soft = false;
    std::optional<double> growth_percent;
};

struct Moment {
    Date on;
    double value = 0;
};

// The share of the way that is done, 1 = reached. May exceed 1 or be negative. Nothing when the target is open, is a
// list, cannot be divided by, or `actual` is missing: missing data is never 0 %.
// Ranks (and every goal where lower is better with a base): (base − actual) ÷ (base − target).
// Range: 1 inside, actual ÷ lower end below it, actual ÷ upper end above it.
// Everything else: actual ÷ target.
std::optional<double> progress(Goal const& goal, std::optional<double> actual);

// True when `actual` satisfies the goal's comparator. For a range, above the upper end satisfies it when up is good.
bool satisfies(Goal const& goal, double actual);

enum class Rating : std::uint8_t { open, list, no_data, on_track, behind, reached, missed, unrated };
constexpr auto choices_of(Rating) {
    using enum Rating;
    return choices<Rating>({{open, "open"},
                            {list, "list"},
                            {no_data, "no_data"},
                            {on_track, "on_track"},
                            {behind, "behind"},
                            {reached, "reached"},
                            {missed, "missed"},
                            {unrated, "unrated"}});
}

struct PathPoint {
    int year = 0; // at the end of this year
    double value = 0;
    bool given = false; // a target of the plan, not computed
};

// The line that must be kept: from the base to the target, through the yearly targets that are given. Compound growth
// when the plan names one, else straight. Cumulative counts start from 0 at the end of the year before the plan.
// Empty without a target value or a start.
std::vector<PathPoint> required_path(Goal const& goal, std::span<PathPoint const> yearly = {});
// The value of the path on a day, between year ends by growth or straight; nothing outside of the path.
std::optional<double> required_on(std::span<PathPoint const> path, Date day, bool by_growth);

// reached: the comparator holds. missed: the target's year is over in the data and it does not hold. on_track / behind:
// compared with the required path at the moment of the figure; unrated: there is no path to compare with.
Rating rate(Goal const& goal, std::optional<Moment> actual, std::span<PathPoint const> path);

// Compound yearly growth as a fraction; nothing unless both values are positive and years > 0.
std::optional<double> yearly_growth(double base, double final_value, double years);
double growth_factor(double fraction_a_year, int years);               // 1.3 a year for 3 years: 2.197
double implied_base(double target, double fraction_a_year, int years); // 20 ÷ 1.15³ = 13.15

// A ratio pooled over places: factor × Σ numerator ÷ Σ denominator, never a mean of ratios.
struct RatioParts {
    double numerator = 0;
    double denominator = 0;
};
std::optional<double> pooled_ratio(std::span<RatioParts const> parts, double factor = 1);
// True when a published value is factor × numerator ÷ denominator, rounded to `decimals`.
bool agrees_with_parts(double value, RatioParts parts, double factor, int decimals);
// True when published parts add up to a published total; each part may be off by one unit of the last decimal.
bool adds_up(std::span<double const> parts, double total, int decimals);

enum class ForecastMethod : std::uint8_t { log_linear, linear };
struct Forecast {
    ForecastMethod method = ForecastMethod::linear;
    int observations = 0; // at distinct days
    struct Point {
        Date on;
        double value = 0, low = 0, high = 0; // 95 % prediction interval from the residuals
    };
    std::vector<Point> points;
};
inline constexpr int forecast_observations_min = 4;
// Least squares through the observations over time, of the logarithm for amounts and counts (all values positive), of
// the value itself for ratios and ranks; band by Student's t with n − 2 degrees of freedom. Nothing with fewer than
// four observations at distinct days. `history` in any order; of several on one day the last counts.
std::optional<Forecast> forecast(Measure kind, std::span<Moment const> history, std::span<Date const> days);
// The two-sided 95 % quantile of Student's t; degrees ≥ 1.
double student_t_95(int degrees);

struct Period {
    PeriodKind kind = PeriodKind::year;
    Date start, end;
};
// "2019", "2019H1", "2020-11", "2018-04-10"; nothing for anything else or a date that does not exist.
std::optional<Period> parse_period(std::string_view text);

} // namespace sangu::indicators
