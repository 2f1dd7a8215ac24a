#include "modules/indicators/tests/indicators_fixture.h"

#include <algorithm>

namespace sangu::indicators {
namespace {

using ImportOfObservations = OnBothPlans;
SANGU_ON_BOTH_DATABASES(ImportOfObservations);

constexpr std::string_view header = "indicator,place,period,value,unit,source,status,vintage,numerator,denominator\n";

struct Case {
    std::string_view row, field, key;
    std::int64_t column;
};

TEST_P(ImportOfObservations, RefusesEachWrongRowWithItsOwnMessage) {
    static constexpr Case cases[]{
        {"I99,changsha,2018,5,个,CS2018,reported,,,", "indicator", "indicators.error.unknown_indicator", 1},
        {"I01,wuhan,2018,5,个,CS2018,reported,,,", "place", "indicators.error.unknown_place", 2},
        {"I01,changsha,2018,5,家,CS2018,reported,,,", "unit", "indicators.error.unit", 5},
        {"I01,changsha,2018,5,个,NOBODY,reported,,,", "source", "indicators.error.unknown_source", 6},
        {"I01,changsha,2018-02-30,5,个,CS2018,reported,,,", "period", "indicators.error.period", 3},
        {"I01,changsha,2018,5,个,CS2018,reported,2019-02-30,,", "vintage", "error.not_a_date", 8},
        {"I01,changsha,2018,5,个,CS2018,reported,2099-01-01,,", "vintage", "indicators.error.vintage_future", 8},
        {"I01,changsha,2018,five,个,CS2018,reported,,,", "value", "error.not_a_number", 4},
        {"I01,changsha,2018,,个,CS2018,reported,,,", "value", "error.required", 4},
        {"I01,changsha,2018,5,个,CS2018,surely,,,", "status", "error.not_a_choice", 7},
        {"I04,zone,2018,19.5,件/万人,CS2018,reported,,,", "indicator", "indicators.error.use_series", 1},
        {"patent_density,zone,2018,19.5,件/万人,CS2018,reported,,20,1", "value", "indicators.error.parts_disagree", 4},
        {"patent_density,zone,2018,19.5,件/万人,CS2018,reported,,20,", "",
         "indicators.observation.rule.both_parts_or_none", 0},
    };
    for (Case const& one : cases) {
        SCOPED_TRACE(one.row);
        Context who = officer();
        auto const report =
            import_text(who, TableKind::observations, std::string{header} + std::string{one.row} + "\n");
        ASSERT_TRUE(report);
        EXPECT_FALSE(report->stored);
        ASSERT_EQ(report->problems.size(), 1u);
        EXPECT_EQ(report->problems[0].field, one.field);
        EXPECT_EQ(report->problems[0].key, one.key);
        EXPECT_EQ(report->problems[0].line, 2);
        EXPECT_EQ(report->problems[0].column, one.column);
    }
    EXPECT_EQ(count("indicators_observation"), 89);
    EXPECT_EQ(count("indicators_import"), 4);
}

TEST_P(ImportOfObservations, IsAllOrNothing) {
    std::string text{header};
    for (int month = 1; month <= 12; ++month)
        text += "I01,changsha,2018-" + std::string(month < 10 ? "0" : "") + std::to_string(month) +
                ",5,个,CS2018,reported,,,\n";
    text += "I01,changsha,2018-13,5,个,CS2018,reported,,,\n";
    Context who = officer();
    auto const report = import_text(who, TableKind::observations, text);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->rows, 13);
    EXPECT_EQ(report->problems.size(), 1u);
    EXPECT_EQ(report->problems[0].line, 14);
    EXPECT_EQ(count("indicators_observation"), 89);
}

TEST_P(ImportOfObservations, ChecksWithoutStoringAndKnowsAFileAgain) {
    std::string const text = std::string{header} + "I01,changsha,2018,12,个,CS2018,reported,,,\n";
    Context who = officer();
    auto const checked = import_text(who, TableKind::observations, text, ImportMode::check);
    ASSERT_TRUE(checked);
    EXPECT_EQ(checked->inserted, 1);
    EXPECT_FALSE(checked->stored);
    EXPECT_EQ(count("indicators_observation"), 89);
    ASSERT_TRUE(import_text(who, TableKind::observations, text)->stored);
    auto const again = import_text(who, TableKind::observations, text);
    ASSERT_TRUE(again && again->earlier);
    EXPECT_EQ(again->earlier->rows, 1);
    EXPECT_EQ(again->earlier->imported_by, "wang_wei");
    EXPECT_EQ(count("indicators_observation"), 90);
}

TEST_P(ImportOfObservations, NamesDoubledRows) {
    std::string const row = "I01,changsha,2018,12,个,CS2018,reported,,,\n";
    Context who = officer();
    auto const twice = import_text(who, TableKind::observations, std::string{header} + row + row);
    ASSERT_TRUE(twice);
    ASSERT_EQ(twice->problems.size(), 1u);
    EXPECT_EQ(twice->problems[0].key, "indicators.error.doubled_in_file");
    EXPECT_EQ(twice->problems[0].line, 3);
    ASSERT_TRUE(import_text(who, TableKind::observations, std::string{header} + row)->stored);
    auto const stored = import_text(who, TableKind::observations, "\n" + std::string{header} + row + "\n");
    if (stored && !stored->earlier && !stored->problems.empty()) {
        EXPECT_NE(stored->problems[0].key, "indicators.error.doubled_in_file");
    }
    auto const more = import_text(who, TableKind::observations,
                                  std::string{header} + "I01,zhuzhou,2018,3,个,CS2018,reported,,,\n" + row);
    ASSERT_TRUE(more);
    ASSERT_EQ(more->problems.size(), 1u);
    EXPECT_EQ(more->problems[0].key, "indicators.error.already_stored");
    EXPECT_EQ(more->problems[0].line, 3);
}

TEST_P(ImportOfObservations, NeedAnotherPersonBeforeTheyCount) {
    std::string const text = std::string{header} + "I01,zone,2018,55,个,CS2018,verified,,,\n";
    Context who = officer();
    auto const report = import_text(who, TableKind::observations, text);
    ASSERT_TRUE(report && report->stored);
    EXPECT_TRUE(report->awaits_approval);
    EXPECT_EQ(card(who, default_plan, "I01", "zone")->rating, Rating::no_data);
    auto const own = approve_import(who, {report->import_id});
    ASSERT_FALSE(own);
    EXPECT_EQ(own.error().key, "indicators.error.four_eyes");
    Context second = other_officer();
    ASSERT_EQ(approve_import(second, {report->import_id}).value_or(0), 1);
    EXPECT_EQ(card(second, default_plan, "I01", "zone")->actual->value, 55);
    EXPECT_FALSE(approve_import(second, {report->import_id}));
}

TEST_P(ImportOfObservations, IsForThoseWhoMay) {
    Context who = changsha();
    auto const report = import_text(who, TableKind::observations, std::string{header});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().refusal, Refusal::forbidden);
}

TEST_P(ImportOfObservations, RefusesUnknownAndMissingColumns) {
    Context who = officer();
    auto const unknown =
        import_text(who, TableKind::observations, "indicator,place,period,value,unit,source,status,colour\n");
    ASSERT_TRUE(unknown);
    ASSERT_EQ(unknown->problems.size(), 1u);
    EXPECT_EQ(unknown->problems[0].key, "error.unknown_column");
    auto const missing = import_text(who, TableKind::observations, "indicator,place,period,value,source,status\n");
    ASSERT_EQ(missing->problems.size(), 1u);
    EXPECT_EQ(missing->problems[0].key, "indicators.error.missing_column");
    EXPECT_EQ(missing->problems[0].field, "unit");
}

TEST_P(ImportOfObservations, TargetsAreFilledInByTheirNaturalKey) {
    std::string const text = "plan,indicator,place,from_year,year,comparator,value,source,status\n"
                             "czt-2017,I01,zone,2017,2017,at_least,30,SEED,reported\n";
    Context who = officer();
    auto const report = import_text(who, TableKind::targets, text);
    ASSERT_TRUE(report && report->stored);
    EXPECT_EQ(report->updated, 1);
    EXPECT_EQ(report->inserted, 0);
    auto const teams = card(who, default_plan, "I01", "zone");
    EXPECT_EQ(teams->yearly.size(), 1u);
    EXPECT_EQ(teams->open_years, std::vector<int>{2018});
    EXPECT_EQ(count("kernel_audit where action = 'indicators.target.imported'"), 1);
    EXPECT_EQ(services().data_version.load() > 1, true);
}

} // namespace
} // namespace sangu::indicators
