#include "modules/indicators/tests/indicators_fixture.h"
#include "support/schema.h"

#include <algorithm>

namespace sangu::indicators {
namespace {

using PlanData = OnBothPlans;
SANGU_ON_BOTH_DATABASES(PlanData);

TEST_P(PlanData, MigrationsAndDescriptionsGiveTheSameSchema) {
    Context one = context();
    for (entity::EntityMeta const* meta : modules_[1].entities)
        EXPECT_EQ(test::schema_differences(one.reader(), *meta), std::vector<std::string>{}) << meta->name;
}

TEST_P(PlanData, IsImportedOnceAndWithItsActInTheRecord) {
    EXPECT_EQ(count("indicators_indicator"), 36);
    EXPECT_EQ(count("indicators_observation"), 89);
    EXPECT_EQ(count("indicators_observation where state = 'published' and approved_by = 'system'"), 89);
    EXPECT_EQ(count("indicators_import"), 4);
    EXPECT_EQ(count("kernel_audit where action = 'indicators.imported'"), 4);
    import_plan_data(services());
    EXPECT_EQ(count("indicators_import"), 4);
}

TEST_P(PlanData, QuotasAddUpToTheZonesTarget) {
    Context one = context();
    auto const all = cards(one, default_plan);
    for (auto const& [code, total] : {std::pair{"I01", 100.0}, {"I02", 10.0}}) {
        std::vector<double> quotas;
        for (Card const& card : all)
            if (card.indicator.code == code && card.target.place != "zone") quotas.push_back(*card.target.value);
        EXPECT_EQ(quotas.size(), 3u);
        EXPECT_TRUE(adds_up(quotas, total, 0));
    }
}

TEST_P(PlanData, CardsSayWhatIsKnownAndNothingMore) {
    Context one = context();
    auto const all = cards(one, default_plan);
    auto const find = [&](std::string_view code) -> Card const& {
        return *std::ranges::find_if(all, [&](Card const& card) { return card.indicator.code == code; });
    };
    ASSERT_EQ(std::ranges::count_if(all, [](Card const& card) { return card.target.place.starts_with("zone"); }), 13);

    Card const& income = find("I08");
    EXPECT_EQ(income.rating, Rating::reached);
    EXPECT_EQ(income.actual->value, 21200);
    EXPECT_NEAR(*income.progress, 1.1778, 1e-4);

    Card const& zhuzhou = find("I13");
    EXPECT_EQ(zhuzhou.actual->period, "2017");
    EXPECT_DOUBLE_EQ(*zhuzhou.progress, 2.5);
    EXPECT_EQ(zhuzhou.rating, Rating::reached);

    Card const& changsha = find("I12");
    EXPECT_FALSE(changsha.actual) << "the base is no progress, 2025 is after the plan";
    EXPECT_EQ(changsha.rating, Rating::no_data);
    EXPECT_FALSE(changsha.progress);
    EXPECT_EQ(changsha.later->value, 15);

    Card const& patents = find("I04");
    EXPECT_EQ(patents.rating, Rating::no_data);
    EXPECT_EQ(patents.path.size(), 4u);
    EXPECT_EQ(patents.open_years, (std::vector<int>{2017, 2018}));
    ASSERT_FALSE(patents.related.empty());
    EXPECT_EQ(patents.related.back().place, "three_cities");
    EXPECT_EQ(patents.related.back().value, 60.8);

    Card const& intensity = find("I07");
    EXPECT_TRUE(std::ranges::none_of(intensity.related, [](Figure const& f) { return f.place == "hunan"; }));
    EXPECT_TRUE(intensity.goal.soft);
    EXPECT_EQ(find("I16").rating, Rating::list);
    EXPECT_EQ(find("I01").rating, Rating::no_data);
}

TEST_P(PlanData, ShowsWhatWasKnownOnADay) {
    Context one = context();
    auto const income_on = [&](std::string_view day) { return card(one, default_plan, "I08", {}, parse_date(day)); };
    EXPECT_EQ(income_on("2020-12-31")->rating, Rating::no_data) << "published on 11 January 2021";
    EXPECT_EQ(income_on("2021-01-11")->rating, Rating::reached);
    auto const density = [&](std::string_view day) {
        return card(one, default_plan, "I04", {}, parse_date(day))->related.back();
    };
    EXPECT_EQ(density("2020-12-31").value, 28.6);
    EXPECT_EQ(density("2021-03-31").value, 30.09);
}

TEST_P(PlanData, PooledRatioIsComputedFromTheCitiesWhenNobodyPublishedIt) {
    write([](db::Transaction& transaction) {
        transaction.execute("delete from indicators_observation where place = 'three_cities'");
    });
    Context later = context();
    auto const card_now = card(later, default_plan, "I04", {}, parse_date("2020-12-31"));
    ASSERT_FALSE(card_now->related.empty());
    EXPECT_TRUE(card_now->related.back().computed);
    EXPECT_EQ(card_now->related.back().status, Certainty::derived);
    EXPECT_NEAR(card_now->related.back().value, 28.60, 0.005);
}

TEST_P(PlanData, SayWhatACityMustReport) {
    Context one = context();
    auto const due = figures_to_report(one.reader(), default_plan, "changsha", *parse_period("2018"));
    auto const teams = std::ranges::find_if(due, [](DueFigure const& f) { return f.indicator.code == "I01"; });
    ASSERT_NE(teams, due.end());
    EXPECT_EQ(teams->quota, 40);
    EXPECT_FALSE(teams->recorded);
    auto const density = std::ranges::find_if(due, [](DueFigure const& f) { return f.series == "patent_density"; });
    ASSERT_NE(density, due.end());
    EXPECT_EQ(density->recorded->value, 30.3);
}

} // namespace
} // namespace sangu::indicators
