#include "modules/facts/service.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

namespace sangu {
Module registry_module();
Module facts_module();
} // namespace sangu

namespace sangu::facts {
namespace {

class YearlyFigures : public ::testing::TestWithParam<char const*> {
protected:
    test::TestApp app{{registry_module(), facts_module()}, GetParam()};
    std::string works;
    std::string zhou = app.account("zhou.min"), li = app.account("li.na");
    test::Browser as_zhou = app.as(zhou), as_li = app.as(li);
    test::Browser officer = app.as(app.account("he.lan", {{"zone_officer", {"zone"}}}));

    void SetUp() override {
        ASSERT_EQ(officer
                      .post("/organisations",
                            {{"name", "麓谷精密机械有限公司"}, {"kind", "enterprise"}, {"industry_edition", "2017"}})
                      .status,
                  303);
        works = registry::find_organisation(*app.database().read(), "麓谷精密机械有限公司")->id.text;
        for (std::string const& account : {zhou, li})
            ASSERT_EQ(officer
                          .post("/memberships", {{"account_id", account},
                                                 {"organisation_id", works},
                                                 {"position", "会计"},
                                                 {"since", "2026-01-01"}})
                          .status,
                      303);
    }
    std::string path(std::string_view below = "2025") {
        return "/organisations/" + works + "/figures/" + std::string{below};
    }
    static http::Pairs figures() {
        return {{"staff", "100"},    {"rd_staff", "30"},     {"revenue", "10,000,000"},
                {"cost", "8000000"}, {"rd_spend", "600000"}, {"assets", "5000000.50"},
                {"class_one", "1"},  {"class_two", "0"},     {"source", "2025年审计报告"}};
    }
    Figures stored(std::int64_t year = 2025) { return figures_of_year(*app.database().read(), works, year).value(); }
    void approve(std::int64_t year) {
        std::string const at = std::to_string(year);
        ASSERT_EQ(as_zhou.post(path(at), figures()).status, 303);
        ASSERT_EQ(as_zhou.post(path(at + "/submit")).status, 303);
        ASSERT_EQ(as_li.post(path(at + "/approve")).status, 303);
    }
};
INSTANTIATE_TEST_SUITE_P(databases, YearlyFigures, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(YearlyFigures, are_entered_once_and_approved_by_a_second_person) {
    ASSERT_EQ(as_zhou.post(path(), figures()).status, 303);
    EXPECT_EQ(stored().assets, Money{500'000'050});
    EXPECT_FALSE(stored().tax) << "not given is not zero";
    ASSERT_EQ(as_zhou.post(path("2025/submit")).status, 303);
    EXPECT_EQ(as_zhou.post(path("2025/approve")).status, 403) << "not one's own";
    EXPECT_FALSE(latest_figures(*app.database().read(), works, 2026));
    ASSERT_EQ(as_li.post(path("2025/approve")).status, 303);
    EXPECT_EQ(latest_figures(*app.database().read(), works, 2026)->revenue, Money{1'000'000'000});
    EXPECT_EQ(as_zhou.post(path(), figures()).status, 409) << "approved figures are closed";
    EXPECT_EQ(as_zhou.post(path("2025/reopen")).status, 422) << "a reason is needed";
    ASSERT_EQ(as_zhou.post(path("2025/reopen"), {{"reason", "审计调整"}}).status, 303);
    EXPECT_EQ(stored().state, FiguresState::draft);
    EXPECT_FALSE(latest_figures(*app.database().read(), works, 2026));
}

TEST_P(YearlyFigures, the_database_itself_refuses_one_person_twice) {
    ASSERT_EQ(as_zhou.post(path(), figures()).status, 303);
    EXPECT_THROW(app.write([&](db::Transaction& transaction) {
        transaction.execute("update facts_figures set state = 'approved', submitted_by = ?, approved_by = ?",
                            {zhou, zhou});
    }),
                 db::ConstraintViolation);
}

TEST_P(YearlyFigures, are_returned_with_a_reason_that_the_next_entry_shows) {
    ASSERT_EQ(as_zhou.post(path(), figures()).status, 303);
    ASSERT_EQ(as_zhou.post(path("2025/submit")).status, 303);
    EXPECT_TRUE(officer.get("/yearly-figures").contains("麓谷精密机械有限公司"));
    EXPECT_EQ(officer.post(path("2025/return")).status, 422);
    ASSERT_EQ(officer.post(path("2025/return"), {{"reason", "营业收入与报表不一致"}}).status, 303);
    EXPECT_TRUE(as_zhou.get(path()).contains("营业收入与报表不一致"));
    auto again = figures();
    again.emplace_back("version", std::to_string(stored().version));
    EXPECT_EQ(as_zhou.post(path(), again).status, 303);
}

TEST_P(YearlyFigures, that_cannot_be_are_refused_and_nothing_typed_is_lost) {
    auto wrong = figures();
    wrong[1].second = "101";
    auto const refused = as_zhou.post(path(), wrong);
    EXPECT_EQ(refused.status, 422) << "more people in research than people";
    EXPECT_TRUE(refused.contains("value=\"101\""));
    EXPECT_TRUE(refused.contains("2025年审计报告"));
    wrong[1].second = "-1";
    EXPECT_EQ(as_zhou.post(path(), wrong).status, 422);
    wrong[1].second = "很多";
    EXPECT_EQ(as_zhou.post(path(), wrong).status, 422);
    EXPECT_EQ(as_zhou.post(path("2027"), figures()).status, 422) << "a year that has not begun";
    EXPECT_EQ(as_zhou.post(path("20x5"), figures()).status, 404);
    EXPECT_EQ(as_zhou.post(path("99999999999999999999"), figures()).status, 404);
    EXPECT_FALSE(figures_of_year(*app.database().read(), works, 2025));
}

TEST_P(YearlyFigures, a_form_opened_before_another_saved_shows_both) {
    ASSERT_EQ(as_zhou.post(path(), figures()).status, 303);
    auto mine = figures();
    mine.emplace_back("version", "1");
    ASSERT_EQ(as_li.post(path(), mine).status, 303);
    mine[0].second = "111";
    auto const stale = as_zhou.post(path(), mine);
    EXPECT_EQ(stale.status, 412);
    EXPECT_TRUE(stale.contains("value=\"111\""));
    EXPECT_EQ(stored().staff, 100);
}

TEST_P(YearlyFigures, are_seen_by_members_and_officers_only) {
    approve(2025);
    for (std::string_view const below : {"/figures", "/figures/2025", "/scores", "/forms/high_tech_filing/csv"}) {
        std::string const target = "/organisations/" + works + std::string{below};
        EXPECT_EQ(as_zhou.get(target).status, 200) << target;
        EXPECT_EQ(officer.get(target).status, 200) << target;
        EXPECT_EQ(app.as(app.account("stranger" + std::to_string(below.size()))).get(target).status, 404) << target;
        EXPECT_EQ(app.get(target).status, 303) << target;
    }
    auto changsha = app.as(app.account("chen.jing", {{"city_officer", {"zone/changsha"}}}));
    EXPECT_EQ(changsha.get(path()).status, 404) << "not of that officer's city";
}

TEST_P(YearlyFigures, give_scores_with_every_line_explained_and_forms_to_hand_in) {
    approve(2023);
    approve(2024);
    approve(2025);
    auto const page = as_zhou.get("/organisations/" + works + "/scores");
    EXPECT_TRUE(page.contains("科技型中小企业"));
    EXPECT_TRUE(page.contains("30 %")) << "the share of research staff";
    EXPECT_TRUE(page.contains("科技型中小企业评价办法")) << "the source of the table";
    auto const csv = as_zhou.get("/organisations/" + works + "/forms/tech_sme_assessment/csv?year=2025");
    EXPECT_TRUE(csv.contains("麓谷精密机械有限公司"));
    EXPECT_TRUE(csv.contains("1000.00")) << "in ten thousand yuan";
    EXPECT_EQ(as_zhou.get("/organisations/" + works + "/forms/tech_sme_assessment/xlsx").status, 200);
    EXPECT_EQ(as_zhou.get("/organisations/" + works + "/forms/none/csv").status, 404);
    EXPECT_EQ(as_zhou.get("/organisations/" + works + "/scores?year=1950").status, 200) << "no figures: says so";
    EXPECT_TRUE(app.get("/score-tables").contains("科技型中小企业评价办法"));
}

TEST_P(YearlyFigures, follow_a_merged_organisation_and_come_back) {
    approve(2025);
    ASSERT_EQ(officer
                  .post("/organisations", {{"name", "麓谷精密机械有限责任公司"},
                                           {"kind", "enterprise"},
                                           {"industry_edition", "2017"},
                                           {"distinct", "true"}})
                  .status,
              303);
    auto const other = registry::find_organisation(*app.database().read(), "麓谷精密机械有限责任公司")->id.text;
    auto const pair = app.database().read()->text("select id from registry_duplicate").value();
    ASSERT_EQ(officer
                  .post("/duplicates/" + pair + "/merge",
                        {{"kept", other}, {"dropped", works}, {"kept_version", "1"}, {"dropped_version", "1"}})
                  .status,
              303);
    EXPECT_TRUE(latest_figures(*app.database().read(), other, 2026));
    auto const merge = app.database().read()->text("select id from registry_merge").value();
    ASSERT_EQ(officer.post("/merges/" + merge + "/undo").status, 303);
    EXPECT_TRUE(latest_figures(*app.database().read(), works, 2026));
}

} // namespace
} // namespace sangu::facts
