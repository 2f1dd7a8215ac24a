#include "base/text.h"
#include "modules/indicators/rules.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sangu::indicators {
namespace {

std::optional<double> number(std::string_view text) { return text == "-" ? std::nullopt : parse_real(text); }

template <class E> E choice_named(std::string_view name) {
    for (Choice const& choice : choices_of(E{}))
        if (choice.name == name) return static_cast<E>(choice.value);
    ADD_FAILURE() << "no choice " << name;
    return {};
}

std::vector<std::string> words(std::string_view line) {
    std::vector<std::string> result;
    for (std::string_view const word : split_text(line, ' '))
        if (!word.empty()) result.emplace_back(word);
    return result;
}

std::vector<std::vector<std::string>> rows(std::string_view table) {
    std::vector<std::vector<std::string>> result;
    for (std::string_view const line : split_text(table, '\n'))
        if (!trim(line).empty()) result.push_back(words(line));
    return result;
}

Goal goal(std::vector<std::string> const& row) {
    Goal result{.kind = choice_named<Measure>(row[0]), .comparator = choice_named<Comparator>(row[1])};
    result.value = number(row[2]);
    result.value_to = number(row[3]);
    result.base = number(row[4]);
    result.base_year = result.base ? 2016 : 0;
    result.from_year = 2017;
    result.year = 2019;
    return result;
}

TEST(Progress, FollowsTheKindOfTheIndicator) {
    // kind comparator target to base actual → progress, reached
    for (auto const& row : rows(R"(
        cumulative_count at_least 100   -  -     40    0.4      no
        cumulative_count at_least 100   -  -    100    1        yes
        cumulative_count at_least 100   -  -      -    -        no
        cumulative_count at_least -     -  -     40    -        no
        cumulative_count at_least 100   -  -      0    0        no
        cumulative_count range    10   20  -      5    0.5      no
        cumulative_count range    10   20  -     10    1        yes
        cumulative_count range    10   20  -     15    1        yes
        cumulative_count range    10   20  -     20    1        yes
        cumulative_count range    10   20  -     30    1.5      yes
        stock            at_least 2000  -  -   1594    0.797    no
        stock            at_least 2000  -  -   2000    1        yes
        flow             reach    18000 -  -  21200    1.177778 yes
        ratio            strive   3.3   -  -    2.73   0.827273 no
        stock_ratio      reach    20    -  13.15 17.39 0.8695   no
        cagr             reach    15    -  -    12     0.8      no
        rank             at_most  26    -  28   23     2.5      yes
        rank             at_most  26    -  28   26     1        yes
        rank             at_most  26    -  28   27     0.5      no
        rank             at_most  26    -  28   28     0        no
        rank             at_most  26    -  28   30    -1        no
        rank             at_most  14    -  16   15     0.5      no
        rank             at_most  75    -  80    -     -        no
        rank             at_most  14    -  -    28     0.5      no
        list             list     -     -  -     7     -        no
    )")) {
        SCOPED_TRACE(join(row, " "));
        Goal const one = goal(row);
        auto const actual = number(row[5]), expected = number(row[6]);
        auto const got = progress(one, actual);
        ASSERT_EQ(got.has_value(), expected.has_value());
        EXPECT_NEAR(got.value_or(0), expected.value_or(0), 1e-6);
        EXPECT_EQ(actual && satisfies(one, *actual), row[7] == "yes");
    }
}

TEST(RequiredPath, FifteenPercentAYearToTwenty) {
    Goal const patents{.kind = Measure::stock_ratio,
                       .value = 20,
                       .base = implied_base(20, 0.15, 3),
                       .base_year = 2016,
                       .from_year = 2017,
                       .year = 2019,
                       .growth_percent = 15};
    auto const path = required_path(patents);
    ASSERT_EQ(path.size(), 4u);
    double const expected[]{13.15, 15.12, 17.39, 20.0};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(path[i].year, 2016 + static_cast<int>(i));
        EXPECT_NEAR(path[i].value, expected[i], 0.005);
    }
    EXPECT_NEAR(*required_on(path, *parse_date("2018-12-31"), true), 17.39, 0.005);
    auto const middle = required_on(path, *parse_date("2018-06-30"), true);
    ASSERT_TRUE(middle);
    EXPECT_GT(*middle, 15.12);
    EXPECT_LT(*middle, (15.12 + 17.39) / 2 + 0.01) << "compound growth stays below the straight line";
    EXPECT_FALSE(required_on(path, *parse_date("2020-01-01"), true));
}

TEST(RequiredPath, GoesThroughYearlyTargetsAndNeedsAStart) {
    Goal teams{.kind = Measure::cumulative_count, .value = 100, .from_year = 2017, .year = 2019};
    PathPoint const given[]{{2017, 20, true}};
    auto const path = required_path(teams, given);
    ASSERT_EQ(path.size(), 4u);
    EXPECT_EQ(path[0].value, 0);
    EXPECT_EQ(path[1].value, 20);
    EXPECT_TRUE(path[1].given);
    EXPECT_EQ(path[2].value, 60);
    EXPECT_FALSE(path[2].given);
    Goal const income{.kind = Measure::flow, .value = 18000, .from_year = 2017, .year = 2019};
    EXPECT_TRUE(required_path(income).empty()) << "no base: no line is invented";
    teams.value.reset();
    EXPECT_TRUE(required_path(teams).empty());
}

TEST(Rating, ComparesWithThePathAtTheDayOfTheFigure) {
    // kind comparator target to base actual day → rating
    for (auto const& row : rows(R"(
        cumulative_count at_least 100 -  -   34 2017-12-31 on_track
        cumulative_count at_least 100 -  -   33 2017-12-31 behind
        cumulative_count at_least 100 -  -  100 2018-06-30 reached
        cumulative_count at_least 100 -  -   99 2019-12-31 missed
        cumulative_count at_least 100 -  -    - 2019-12-31 no_data
        cumulative_count at_least -   -  -   99 2019-12-31 open
        rank             at_most  26  -  28  23 2017-12-31 reached
        rank             at_most  75  -  80  78 2017-12-31 on_track
        rank             at_most  75  -  80  79 2017-12-31 behind
        rank             at_most  75  -  80  76 2019-12-31 missed
        ratio            strive   3.3 -  -  2.9 2018-12-31 unrated
        ratio            strive   3.3 -  -  2.9 2019-12-31 missed
        list             list     -   -  -    7 2019-12-31 list
    )")) {
        SCOPED_TRACE(join(row, " "));
        Goal const one = goal(row);
        auto const value = number(row[5]);
        auto const actual = value ? std::optional{Moment{*parse_date(row[6]), *value}} : std::nullopt;
        EXPECT_EQ(name_of(rate(one, actual, required_path(one))), row[7]);
    }
}

TEST(Growth, CompoundsOverTheYears) {
    EXPECT_NEAR(growth_factor(0.3, 3), 2.197, 1e-9);
    EXPECT_NEAR(implied_base(20, 0.15, 3), 13.15, 0.005);
    EXPECT_NEAR(*yearly_growth(13.15, 20, 3), 0.15, 1e-4);
    EXPECT_NEAR(*yearly_growth(490.69, 735.95, 1), 0.4998, 5e-5);
    EXPECT_FALSE(yearly_growth(0, 20, 3));
    EXPECT_FALSE(yearly_growth(13, 20, 0));
    EXPECT_FALSE(yearly_growth(13, -1, 3));
}

TEST(PooledRatio, TwelvePublishedDensitiesFollowFromTheirParts) {
    for (auto const& row : rows(R"(
        39.29 32981 839.45
        17.27 6957 402.85
        13.29 3829 288.2
        8.00 55313 6918.4
        41.46 34800 839.45
        18.07 7281 402.85
        13.76 3967 288.2
        8.40 58082 6918.4
        77.23 81989 1061.65
        35.68 13694 383.78
        31.84 8572 269.18
        19.85 129829 6539
    )")) {
        SCOPED_TRACE(join(row, " "));
        RatioParts const parts{*number(row[1]), *number(row[2])};
        EXPECT_TRUE(agrees_with_parts(*number(row[0]), parts, 1, 2));
        EXPECT_FALSE(agrees_with_parts(*number(row[0]) + 0.02, parts, 1, 2));
    }
    EXPECT_FALSE(agrees_with_parts(1, {1, 0}, 1, 2));
}

TEST(PooledRatio, IsSumOverSumAndNotTheMeanOfRatios) {
    RatioParts const cities[]{{32981, 839.45}, {6957, 402.85}, {3829, 288.2}};
    EXPECT_NEAR(*pooled_ratio(cities), 28.60, 0.005);
    EXPECT_NEAR((39.29 + 17.27 + 13.29) / 3, 23.28, 0.005) << "what it must not be";
    EXPECT_FALSE(pooled_ratio({}));
}

TEST(Sums, AllowRoundingOfEachPart) {
    double const contracts[]{233.82, 105.61, 65.66};
    EXPECT_TRUE(adds_up(contracts, 405.09, 2));
    double const kinds[]{10.0, 20.0, 75.63};
    EXPECT_TRUE(adds_up(kinds, 105.62, 2));
    EXPECT_FALSE(adds_up(kinds, 105.50, 2));
    double const teams[]{40, 35, 25};
    EXPECT_TRUE(adds_up(teams, 100, 0));
}

TEST(Forecast, NeedsFourObservationsAtDistinctDays) {
    Date const ask[]{*parse_date("2019-12-31")};
    Moment const four[]{{*parse_date("2015-12-31"), 10},
                        {*parse_date("2016-12-31"), 11},
                        {*parse_date("2017-12-31"), 12.1},
                        {*parse_date("2017-12-31"), 12.2}};
    EXPECT_FALSE(forecast(Measure::stock, four, ask)) << "two of them are one day";
}

TEST(Forecast, ExactGrowthIsContinuedWithANarrowBand) {
    std::vector<Moment> history;
    for (int year = 2012; year <= 2017; ++year)
        history.push_back({*make_date(year, 12, 31), std::pow(1.15, year - 2012) * 10});
    Date const ask[]{*make_date(2019, 12, 31)};
    auto const result = forecast(Measure::stock_ratio, history, ask);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->method, ForecastMethod::log_linear);
    EXPECT_EQ(result->observations, 6);
    EXPECT_NEAR(result->points[0].value, 10 * std::pow(1.15, 7), 0.02);
    EXPECT_LT(result->points[0].high - result->points[0].low, 0.2);
}

TEST(Forecast, BandIsStudentsTimesTheResidualError) {
    // y = 1, 2, 4, 5 at x = 0, 365.2425·k days: slope 1.4, residual variance 0.1, t(2) = 4.3027
    Moment const history[]{{Date{0}, 1}, {Date{365}, 2}, {Date{731}, 4}, {Date{1096}, 5}};
    Date const ask[]{Date{1461}};
    auto const result = forecast(Measure::ratio, history, ask);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->method, ForecastMethod::linear);
    EXPECT_NEAR(result->points[0].value, 6.5, 0.01);
    double const half = 4.3027 * std::sqrt(0.1) * std::sqrt(1 + 0.25 + 6.25 / 5);
    EXPECT_NEAR(result->points[0].high - result->points[0].value, half, 0.03);
}

TEST(StudentT, QuantilesAreThoseOfTheTable) {
    EXPECT_NEAR(student_t_95(1), 12.706, 1e-3);
    EXPECT_NEAR(student_t_95(2), 4.303, 1e-3);
    EXPECT_NEAR(student_t_95(30), 2.042, 1e-3);
    EXPECT_NEAR(student_t_95(31), 2.0395, 1e-3);
    EXPECT_NEAR(student_t_95(120), 1.9799, 1e-3);
}

TEST(Periods, AreReadFromTheirLabels) {
    for (auto const& row : rows(R"(
        2019       year  2019-01-01 2019-12-31
        2019H1     half  2019-01-01 2019-06-30
        2019H2     half  2019-07-01 2019-12-31
        2020-02    month 2020-02-01 2020-02-29
        2021-12    month 2021-12-01 2021-12-31
        2018-04-10 day   2018-04-10 2018-04-10
        2018-02-30 -     -          -
        2018-13    -     -          -
        2018-00    -     -          -
        19         -     -          -
        201X       -     -          -
        2019H3     -     -          -
    )")) {
        SCOPED_TRACE(row[0]);
        auto const period = parse_period(row[0]);
        ASSERT_EQ(period.has_value(), row[1] != "-");
        if (!period) continue;
        EXPECT_EQ(name_of(period->kind), row[1]);
        EXPECT_EQ(to_text(period->start), row[2]);
        EXPECT_EQ(to_text(period->end), row[3]);
    }
    EXPECT_FALSE(parse_period(""));
}

} // namespace
} // namespace sangu::indicators
