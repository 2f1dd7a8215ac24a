#include "kernel/files/files.h"
#include "modules/indicators/indicators.h"
#include "modules/plan/tests/plan_fixture.h"

#include <algorithm>

namespace sangu::plan {
namespace {

class Reports : public OnBothTaskBooks {
protected:
    Id<Report> opened(std::string_view period = "2017H1") {
        Context zone = officer();
        EXPECT_EQ(open_reports(zone, "czt-2017", period, {"changsha"}).value_or(-1), 1);
        return entity::first<Report>(zone.reader(), "where place = 'changsha' and period = ?", {std::string{period}})
            ->id;
    }
    // Everything the report asks for: 12 teams, no data for the rest, evidence.
    void fill(Context& who, Id<Report> const& id) {
        auto const report = *entity::find(who.reader(), id);
        ReportDraft draft{.summary = "上半年进展顺利", .figures = {}, .tasks = {}, .version = report.version};
        for (auto const& due : indicators::figures_to_report(who.reader(), "czt-2017", "changsha",
                                                             *indicators::parse_period(report.period))) {
            ReportFigure figure;
            figure.id = new_id_of<ReportFigure>();
            figure.indicator = due.indicator.code;
            if (due.indicator.code == "I01")
                figure.value = 12;
            else
                figure.note = "暂无数据";
            draft.figures.push_back(figure);
        }
        draft.tasks.push_back({{}, {}, "T2.1.5", 30, "签约十二个团队"});
        http::Upload const files[] = {evidence()};
        auto const saved = save_report(who, id, draft, files);
        ASSERT_TRUE(saved) << saved.error().key
                           << (saved.error().problems.empty() ? "" : saved.error().problems[0].key);
    }
};
SANGU_ON_BOTH_DATABASES(Reports);

TEST_P(Reports, GoFromTheCityToThePublicThroughThreePeople) {
    Id<Report> const id = opened();
    Context city = changsha();
    auto const empty = step_report(city, id, "submit", "");
    ASSERT_FALSE(empty);
    EXPECT_TRUE(std::ranges::any_of(empty.error().problems, [](Problem const& p) { return p.field == "figure-I01"; }));
    EXPECT_TRUE(std::ranges::any_of(empty.error().problems, [](Problem const& p) { return p.field == "evidence"; }));
    fill(city, id);
    ASSERT_TRUE(step_report(city, id, "submit", ""));
    Context zone = officer();
    ASSERT_TRUE(step_report(zone, id, "accept", ""));
    EXPECT_TRUE(indicators::is_locked(zone.reader(), "changsha", *parse_date("2017-01-01"), *parse_date("2017-06-30")));
    auto const own = step_report(zone, id, "publish", "");
    ASSERT_FALSE(own);
    EXPECT_EQ(own.error().key, "plan.error.four_eyes");
    Context boss = leader();
    auto const published = step_report(boss, id, "publish", "");
    ASSERT_TRUE(published) << published.error().key;
    auto const figures = figures_of(boss.reader(), id);
    auto const teams = std::ranges::find(figures, "I01", &ReportFigure::indicator);
    ASSERT_NE(teams, figures.end());
    EXPECT_NE(teams->observation_id, "");
    auto const card = indicators::card(boss, "czt-2017", "I01", "changsha");
    ASSERT_TRUE(card && card->actual);
    EXPECT_EQ(card->actual->value, 12) << "typed once, in the report";
    EXPECT_EQ(count("indicators_observation where source = 'REP-changsha-2017H1'"), 1)
        << "what has no data is not recorded";
}

TEST_P(Reports, AreNotAcceptedByWhoSubmitted) {
    Id<Report> const id = opened();
    Context zone = officer();
    fill(zone, id);
    ASSERT_TRUE(step_report(zone, id, "submit", ""));
    auto const own = step_report(zone, id, "accept", "");
    ASSERT_FALSE(own);
    EXPECT_EQ(own.error().key, "plan.error.four_eyes");
    EXPECT_THROW(write([&](db::Transaction& transaction) {
                     transaction.execute(
                         "update plan_report set state = 'accepted', accepted_by = submitted_by where id = ?",
                         {id.text});
                 }),
                 db::ConstraintViolation)
        << "the database refuses it too";
}

TEST_P(Reports, ReturnedOnesAreCompletedAndClosedOnesStay) {
    Id<Report> const id = opened();
    Context city = changsha();
    fill(city, id);
    ASSERT_TRUE(step_report(city, id, "submit", ""));
    auto const closed = save_report(city, id, {}, {});
    ASSERT_FALSE(closed);
    EXPECT_EQ(closed.error().key, "plan.error.report_closed");
    Context zone = officer();
    EXPECT_FALSE(step_report(zone, id, "return", "")) << "a reason is due";
    ASSERT_TRUE(step_report(zone, id, "return", "佐证不清"));
    city.refresh();
    fill(city, id);
    EXPECT_TRUE(step_report(city, id, "submit", ""));
}

TEST_P(Reports, OfAnotherCityAreNotTheirs) {
    Id<Report> const id = opened();
    Context foreign = zhuzhou();
    auto const report = *entity::find(foreign.reader(), id);
    EXPECT_FALSE(may_read(foreign, report));
    auto const saved = save_report(foreign, id, {.summary = "x", .figures = {}, .tasks = {}, .version = 1}, {});
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().refusal, Refusal::forbidden);
    EXPECT_FALSE(open_reports(foreign, "czt-2017", "2017", {"zhuzhou"}));
}

TEST_P(Reports, AreDueInJulyAndJanuaryAndLateAfterThat) {
    auto const half = report_period("2017H1"), year = report_period("2017");
    EXPECT_EQ(to_text(half->due), "2017-07-15");
    EXPECT_EQ(to_text(year->due), "2018-01-15");
    EXPECT_FALSE(report_period("2017H2"));
    EXPECT_FALSE(report_period("17"));
    EXPECT_EQ(report_periods(2017, 2019).size(), 6u);
    Report report;
    report.due = half->due;
    EXPECT_FALSE(is_late(report, *parse_date("2017-07-15")));
    EXPECT_TRUE(is_late(report, *parse_date("2017-07-16")));
    report.submitted_on = parse_date("2017-07-14");
    EXPECT_FALSE(is_late(report, *parse_date("2018-01-01"))) << "handed in on time";
}

TEST_P(Reports, AreOpenedOnceForEachPlace) {
    Id<Report> const id = opened();
    Context zone = officer();
    EXPECT_EQ(open_reports(zone, "czt-2017", "2017H1", {"changsha", "zhuzhou"}).value_or(-1), 1);
    auto const outside = open_reports(zone, "czt-2017", "2021", {"changsha"});
    ASSERT_FALSE(outside);
    EXPECT_EQ(outside.error().problems.at(0).key, "plan.error.no_period");
    EXPECT_TRUE(id);
}

} // namespace
} // namespace sangu::plan
