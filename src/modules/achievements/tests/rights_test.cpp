// The rights behind an achievement show their state of today, to whom the register shows them.

#include "modules/achievements/tests/house.h"

namespace sangu::achievements {
namespace {

class RelatedRights : public House {};
INSTANTIATE_TEST_SUITE_P(databases, RelatedRights, ::testing::Values("sqlite", "postgres"));

TEST_P(RelatedRights, AreLookedUpInTheRegister) {
    auto registrar = app().as(officer_);
    auto const added = registrar.post("/rights", {{"kind", "invention"},
                                                  {"country", "CN"},
                                                  {"title", "一种高速动车组牵引变流器"},
                                                  {"application_number", "201310699744.2"},
                                                  {"application_date", "2013-12-18"},
                                                  {"grant_date", "2016-08-10"},
                                                  {"legal_status", "granted"},
                                                  {"main_class", "h02m7/487"},
                                                  {"holder_name", "湘江大学（演示）"},
                                                  {"holder_share", "100"},
                                                  {"inventors", "李娜"}});
    ASSERT_EQ(added.status, 303) << added.body.substr(added.body.find("error-summary"), 1500);
    auto form = whole_form();
    form.insert(form.end(), {{"rights-1-number", "ZL 2013 1 0699744.2"}, {"rights-2-number", "不在登记中的号码"}});
    std::string const path = "/achievements/" + published(form);
    auto reader = app().as(reader_);
    auto const page = reader.get(path);
    EXPECT_TRUE(page.contains("一种高速动车组牵引变流器")) << "found however the number is written";
    EXPECT_TRUE(page.contains("不在登记中的号码"));
    EXPECT_TRUE(page.contains("一种高速动车组牵引变流器 · 无负担")) << page.body;
}

TEST_P(RelatedRights, AnUndisclosedOneStaysUndisclosed) {
    auto registrar = app().as(officer_);
    auto const added = registrar.post("/rights", {{"kind", "invention"},
                                                  {"country", "CN"},
                                                  {"title", "一种尚未公开的阻尼垫"},
                                                  {"application_number", "201310699744.2"},
                                                  {"application_date", "2013-12-18"},
                                                  {"legal_status", "pending"},
                                                  {"disclosure", "undisclosed"},
                                                  {"holder_name", "湘江大学（演示）"},
                                                  {"holder_share", "100"},
                                                  {"inventors", "李娜"}});
    ASSERT_EQ(added.status, 303) << added.body.substr(added.body.find("error-summary"), 1500);
    auto form = whole_form();
    form.emplace_back("rights-1-number", "201310699744.2");
    std::string const path = "/achievements/" + published(form);
    EXPECT_FALSE(app().as(reader_).get(path).contains("一种尚未公开的阻尼垫"));
    EXPECT_TRUE(app().as(officer_).get(path).contains("一种尚未公开的阻尼垫"));
}

TEST_P(RelatedRights, AreNamedOnce) {
    auto owner = app().as(owner_);
    auto const started =
        owner.post("/achievements", {{"title", "一项成果"}, {"organisation_id", university_}, {"place", "changsha"}});
    std::string const edit{started.header("location")}, number = number_in(edit);
    owner.get(edit);
    auto const answer = owner.upload("/achievements/" + number,
                                     {{"title", "一项成果"},
                                      {"industry", "C9999"},
                                      {"rights-1-number", "201310699744.2"},
                                      {"rights-2-number", "201310699744.2"},
                                      {"version", owner.hidden_field("version")}},
                                     {});
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.contains("这个号码已经写过"));
    EXPECT_TRUE(answer.contains("value=\"C9999\"")) << "no industry of GB/T 4754, and kept";
}

} // namespace
} // namespace sangu::achievements
