#include "modules/indicators/tests/indicators_fixture.h"

namespace sangu::indicators {
namespace {

using Figures = OnBothPlans;
SANGU_ON_BOTH_DATABASES(Figures);

TEST_P(Figures, GoFromEntryToPublicationThroughTwoPeople) {
    Context city = changsha();
    auto const id = enter(city, teams_in_changsha(12));
    ASSERT_TRUE(id) << id.error().key;
    ASSERT_TRUE(step(city, *id, "submit", ""));
    auto const own = step(city, *id, "approve", "");
    ASSERT_FALSE(own);
    EXPECT_EQ(own.error().refusal, Refusal::forbidden);
    EXPECT_EQ(card(city, default_plan, "I01", "changsha")->rating, Rating::no_data);
    Context zone = officer();
    ASSERT_TRUE(step(zone, *id, "approve", ""));
    auto const published = step(zone, *id, "publish", "");
    ASSERT_TRUE(published);
    EXPECT_EQ(published->approved_by, "wang_wei");
    EXPECT_EQ(to_text(*published->known_on), "2026-11-23");
    auto const shown = card(zone, default_plan, "I01", "changsha");
    EXPECT_EQ(shown->actual->value, 12);
    EXPECT_NEAR(*shown->progress, 0.3, 1e-9);
    EXPECT_EQ(shown->rating, Rating::behind);
    EXPECT_EQ(count("kernel_event where kind = 'indicators.observation.published' and visibility = 'public'"), 1);
}

TEST_P(Figures, AreNeverApprovedByWhoEnteredThem) {
    Context zone = officer();
    auto const id = enter(zone, teams_in_changsha(12));
    ASSERT_TRUE(id);
    ASSERT_TRUE(step(zone, *id, "submit", ""));
    auto const approved = step(zone, *id, "approve", "");
    ASSERT_FALSE(approved);
    EXPECT_EQ(approved.error().key, "indicators.error.four_eyes");
    auto const offers = offers_for(zone, *entity::find(zone.reader(), *id), "zone/changsha");
    ASSERT_FALSE(offers.empty());
    EXPECT_EQ(offers[0].refused_because, std::vector<std::string>{"indicators.error.four_eyes"});
    // The database refuses it too, whatever the program does.
    EXPECT_THROW(write([&](db::Transaction& transaction) {
                     transaction.execute(
                         "update indicators_observation set state = 'approved', approved_by = entered_by "
                         "where id = ?",
                         {id->text});
                 }),
                 db::ConstraintViolation);
}

TEST_P(Figures, ReturnedOnesAreCorrectedAndWhoCorrectsCannotApprove) {
    Context city = changsha();
    auto const id = enter(city, teams_in_changsha(12));
    ASSERT_TRUE(step(city, *id, "submit", ""));
    Context zone = officer();
    auto const silent = step(zone, *id, "return", "");
    ASSERT_FALSE(silent);
    EXPECT_EQ(silent.error().key, "error.comment_required");
    ASSERT_TRUE(step(zone, *id, "return", "佐证材料缺失"));
    auto const stored = *entity::find(zone.reader(), *id);
    auto const stale = correct(zone, *id, stored.version - 1, teams_in_changsha(11));
    ASSERT_FALSE(stale);
    EXPECT_EQ(stale.error().refusal, Refusal::stale);
    ASSERT_TRUE(correct(zone, *id, stored.version, teams_in_changsha(11)));
    ASSERT_TRUE(step(zone, *id, "submit", ""));
    EXPECT_FALSE(step(zone, *id, "approve", "")) << "the zone officer changed the value";
    Context second = other_officer();
    EXPECT_TRUE(step(second, *id, "approve", ""));
}

TEST_P(Figures, OfAnotherCityAreNotTheirs) {
    Context city = changsha();
    Observation foreign = teams_in_changsha(3);
    foreign.place = "zhuzhou";
    auto const id = enter(city, foreign);
    ASSERT_FALSE(id);
    EXPECT_EQ(id.error().refusal, Refusal::forbidden);
}

TEST_P(Figures, OfAClosedPeriodChangeOnlyByRestatement) {
    Context city = changsha();
    Context zone = officer();
    auto const id = enter(city, teams_in_changsha(12));
    for (std::string_view action : {"submit", "approve", "publish"})
        ASSERT_TRUE(step(action == "submit" ? city : zone, *id, action, ""));
    ASSERT_TRUE(zone.change<void>(
        [&](Change& change) { return lock_period(zone, change, default_plan, "changsha", "2018", "report-1"); }));
    ASSERT_TRUE(zone.change<void>(
        [&](Change& change) { return lock_period(zone, change, default_plan, "changsha", "2018", "report-1"); }));
    city.refresh();
    EXPECT_TRUE(is_locked(city.reader(), "changsha", *parse_date("2018-01-01"), *parse_date("2018-06-30")));
    Observation late = teams_in_changsha(14);
    late.source = "PAT2018";
    auto const refused = enter(city, late);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().problems.at(0).key, "indicators.error.locked");

    auto const silent = restate(city, *id, teams_in_changsha(14), " ");
    ASSERT_FALSE(silent);
    auto const restated = restate(city, *id, teams_in_changsha(14), "漏报两个团队");
    ASSERT_TRUE(restated) << restated.error().key;
    EXPECT_EQ(card(city, default_plan, "I01", "changsha")->actual->value, 12) << "not before approval";
    clock_.advance_ms(86'400'000);
    Context second = other_officer();
    ASSERT_TRUE(step(second, *restated, "approve", ""));
    ASSERT_TRUE(step(second, *restated, "publish", ""));
    EXPECT_EQ(card(second, default_plan, "I01", "changsha")->actual->value, 14);
    auto const before = card(second, default_plan, "I01", "changsha", parse_date("2026-11-23"));
    EXPECT_EQ(before->actual->value, 12) << "as it stood the day before";
    auto const newest = *entity::find(second.reader(), *restated);
    auto const all = vintages_of(second.reader(), newest);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].value, 14);
    EXPECT_EQ(all[0].reason, "漏报两个团队");
    EXPECT_EQ(all[1].value, 12);
}

TEST_P(Figures, TwoOfOnePeriodBothStay) {
    Context zone = officer();
    Context second = other_officer();
    Observation first = teams_in_changsha(12), newer = teams_in_changsha(13);
    newer.source = "PAT2018"; // published a year later
    for (Observation const& one : {first, newer}) {
        auto const id = enter(zone, one);
        ASSERT_TRUE(id);
        ASSERT_TRUE(step(zone, *id, "submit", ""));
        ASSERT_TRUE(step(second, *id, "approve", ""));
        ASSERT_TRUE(step(second, *id, "publish", ""));
    }
    EXPECT_EQ(card(second, default_plan, "I01", "changsha")->actual->value, 13);
    EXPECT_EQ(count("indicators_observation where indicator = 'I01' and state = 'published'"), 2);
    auto const doubled = enter(zone, first);
    ASSERT_FALSE(doubled);
    EXPECT_EQ(doubled.error().refusal, Refusal::conflict);
}

} // namespace
} // namespace sangu::indicators
