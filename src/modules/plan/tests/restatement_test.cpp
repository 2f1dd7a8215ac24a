// A figure of an accepted report is corrected over HTTP: asked for with a reason, approved by another person, old and
// new value shown with their days.

#include "kernel/module.h"
#include "modules/indicators/indicators.h"
#include "modules/plan/store.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

namespace sangu {
Module registry_module();
Module indicators_module();
Module plan_module();
} // namespace sangu

namespace sangu::plan {
namespace {

class Restatements : public ::testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !test::has_postgres()) GTEST_SKIP();
        app_.emplace(std::vector<Module>{registry_module(), indicators_module(), plan_module()}, GetParam());
        city_.emplace(browser("li", "city_officer", "zone/changsha"));
        officer_.emplace(browser("wang", "zone_officer", "zone"));
        leader_.emplace(browser("zhou", "zone_leader", "zone"));
        accept_a_report();
    }
    test::TestApp& app() { return *app_; }
    test::Browser browser(std::string_view login, std::string role, std::string scope) {
        return app().as(app().account(login, {{std::move(role), {std::move(scope)}}}));
    }
    test::Browser& city() { return *city_; }
    test::Browser& officer() { return *officer_; }
    std::string path(std::string const& rest = "") const { return "/reports/" + report_ + rest; }
    void publish() { ASSERT_EQ(leader_->post(path("/actions/publish")).status, 303); }
    std::string waiting() {
        return app().database().read()->text("select id from plan_restatement where state = 'asked'").value_or("");
    }
    test::Answer ask(std::string value, std::string reason, std::string as_of = "2017-06-30") {
        return city().post(path("/figures/I01/restate"),
                           {{"value", std::move(value)}, {"as_of", std::move(as_of)}, {"reason", std::move(reason)}});
    }
    std::optional<double> value_of_teams() {
        auto const card = indicators::card(*app().database().read(), "czt-2017", "I01", "changsha");
        return card && card->actual ? std::optional{card->actual->value} : std::nullopt;
    }

private:
    void accept_a_report() {
        officer().post("/reports", {{"plan", "czt-2017"}, {"period", "2017H1"}, {"place", "changsha"}});
        report_ = app().database().read()->text("select id from plan_report").value_or("");
        http::Pairs form{{"version", "1"}, {"summary", "上半年进展顺利"}, {"figure-I01", "12"}};
        for (auto const& due : indicators::figures_to_report(*app().database().read(), "czt-2017", "changsha",
                                                             *indicators::parse_period("2017H1")))
            if (due.indicator.code != "I01") {
                form.emplace_back("figure-" + due.indicator.code, "");
                form.emplace_back("note-" + due.indicator.code, "暂无数据");
            }
        form[0].second = std::to_string(
            app().database().read()->integer("select version from plan_report").value_or(0));
        http::Upload upload;
        upload.field = "evidence";
        upload.file_name = "list.txt";
        upload.data = "teams";
        upload.size = 5;
        std::vector<http::Upload> files;
        files.push_back(std::move(upload));
        auto const saved = city().upload(path(), std::move(form), std::move(files));
        ASSERT_EQ(saved.status, 303) << saved.body;
        EXPECT_EQ(city().get(path("/figures/I01/restate")).status, 404) << "an open report is simply edited";
        ASSERT_EQ(city().post(path("/actions/submit")).status, 303);
        ASSERT_EQ(officer().post(path("/actions/accept")).status, 303);
    }

    std::optional<test::TestApp> app_;
    std::optional<test::Browser> city_, officer_, leader_;
    std::string report_;
};
INSTANTIATE_TEST_SUITE_P(databases, Restatements, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(Restatements, AreAskedForByOneAndApprovedByAnother) {
    publish();
    EXPECT_TRUE(city().get(path()).contains(path("/figures/I01/restate"))) << "beside the figure";
    EXPECT_FALSE(app().get(path()).contains("/restate")) << "visitors are offered nothing";
    EXPECT_EQ(city().get(path("/figures/I01/restate")).status, 200);
    auto const asked = ask("14", "漏报两个团队");
    ASSERT_EQ(asked.status, 303) << asked.body;
    EXPECT_TRUE(city().get(path()).contains("漏报两个团队"));
    EXPECT_FALSE(app().get(path()).contains("漏报两个团队")) << "not public before approval";
    EXPECT_EQ(value_of_teams(), 12.0);
    EXPECT_EQ(city().post("/restatements/" + waiting() + "/actions/approve").status, 403);
    app().clock().advance_ms(86'400'000);
    auto second = browser("chen", "zone_officer", "zone");
    auto const approved = second.post("/restatements/" + waiting() + "/actions/approve");
    ASSERT_EQ(approved.status, 303) << approved.body;
    EXPECT_EQ(value_of_teams(), 14.0);
    auto const shown = app().get(path());
    EXPECT_TRUE(shown.contains("<del>12"));
    EXPECT_TRUE(shown.contains("<ins>14"));
    EXPECT_TRUE(shown.contains("漏报两个团队"));
    EXPECT_TRUE(shown.contains("2017年6月30日")) << "the day the new value describes";
    EXPECT_TRUE(shown.contains("2026年11月24日")) << "the day it was restated";
    EXPECT_TRUE(shown.contains("迟报")) << "lateness stays visible";
    EXPECT_FALSE(shown.contains("li</")) << "who it was is for officers";
}

TEST_P(Restatements, BeforePublicationCountWithTheReport) {
    ASSERT_EQ(ask("14", "漏报两个团队").status, 303);
    EXPECT_EQ(ask("15", "再次漏报").status, 409) << "one at a time";
    ASSERT_EQ(officer().post("/restatements/" + waiting() + "/actions/approve").status, 303);
    EXPECT_EQ(value_of_teams(), std::nullopt);
    publish();
    EXPECT_EQ(value_of_teams(), 14.0);
    EXPECT_EQ(app().database().read()->integer("select count(*) from indicators_observation where indicator = "
                                               "(select indicator from indicators_observation where restates is not "
                                               "null) and place = 'changsha' and period = '2017H1'"),
              2)
        << "what was reported first stays readable";
    ASSERT_EQ(ask("16", "又补两个").status, 303);
    ASSERT_EQ(officer().post("/restatements/" + waiting() + "/actions/approve").status, 303);
    EXPECT_EQ(value_of_teams(), 16.0);
}

TEST_P(Restatements, OfAFigureWithoutDataRecordIt) {
    publish();
    auto const asked = city().post(path("/figures/I04/restate"), {{"value", "11.5"}, {"reason", "统计局补报"}});
    ASSERT_EQ(asked.status, 303) << asked.body;
    auto const approved = officer().post("/restatements/" + waiting() + "/actions/approve");
    ASSERT_EQ(approved.status, 303) << approved.body;
    EXPECT_TRUE(app().get(path()).contains("11.5"));
}

TEST_P(Restatements, RefuseBadInputAndKeepWhatWasTyped) {
    auto const silent = ask("14", " ");
    EXPECT_EQ(silent.status, 422);
    EXPECT_TRUE(silent.contains("value=\"14\""));
    EXPECT_EQ(ask("twelve", "漏报").status, 422);
    EXPECT_EQ(ask("12", "漏报").status, 422) << "the same value is no correction";
    EXPECT_EQ(ask("14", "漏报", "2017-02-30").status, 422);
    EXPECT_EQ(ask("14", "漏报", "2019-01-01").status, 422) << "outside the period";
    auto foreign = browser("liu", "city_officer", "zone/zhuzhou");
    EXPECT_NE(foreign.post(path("/figures/I01/restate"), {{"value", "1"}, {"reason", "x"}}).status, 303);
    ASSERT_EQ(ask("14", "漏报").status, 303);
    EXPECT_EQ(officer().post("/restatements/" + waiting() + "/actions/withdraw").status, 403);
    EXPECT_NE(officer().post("/restatements/" + waiting() + "/actions/refuse").status, 303) << "a reason is due";
    ASSERT_EQ(officer().post("/restatements/" + waiting() + "/actions/refuse", {{"comment", "依据不足"}}).status, 303);
    EXPECT_TRUE(city().get(path()).contains("依据不足"));
    ASSERT_EQ(ask("14", "附统计证明").status, 303) << "it may be asked for again";
    EXPECT_EQ(city().post("/restatements/" + waiting() + "/actions/withdraw").status, 303);
    EXPECT_EQ(waiting(), "");
}

TEST_P(Restatements, WorkOverTheApi) {
    auto const asked =
        city().json(http::Method::post, "/api/v1" + path("/restatements"),
                    R"({"indicator":"I01","value":14,"as_of":"2017-06-30","reason":"漏报两个团队"})");
    ASSERT_EQ(asked.status, 201) << asked.body;
    EXPECT_TRUE(asked.contains("\"value_before\":12"));
    auto const done = officer().json(http::Method::post, "/api/v1/restatements/" + waiting() + "/actions/approve", "{}");
    EXPECT_EQ(done.status, 200) << done.body;
    EXPECT_TRUE(officer().get("/api/v1/restatements").contains("漏报两个团队"));
}

} // namespace
} // namespace sangu::plan
