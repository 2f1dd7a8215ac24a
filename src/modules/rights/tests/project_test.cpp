#include "modules/rights/project_service.h"
#include "modules/rights/tests/rights_fixture.h"
#include "support/schema.h"

namespace sangu::rights {
namespace {

class Projects : public OnBothRegisters {
protected:
    static http::Pairs project(std::string_view kind = "custody") {
        return {{"kind", std::string{kind}},      {"title", "轨道交通专利托管"},
                {"manager", "中南大学"},          {"state", "running"},
                {"since", "2026-01-01"},          {"until", "2033-12-31"},
                {"terms", "代缴年费，每季度报告"}};
    }
    std::string started(http::Pairs const& typed) {
        auto browser = app.as(professor_id);
        auto const answer = browser.post("/right-projects", typed);
        EXPECT_EQ(answer.status, 303) << answer.body.substr(0, 3000);
        return std::string{answer.header("location").substr(16, 26)};
    }
};
SANGU_ON_BOTH_DATABASES(Projects);

TEST_P(Projects, are_seen_by_everybody_with_their_rights) {
    auto const right = registered();
    auto const id = started(project("portfolio"));
    auto browser = app.as(professor_id);
    EXPECT_EQ(browser.post("/right-projects/" + id + "/members", {{"numbers", "ZL201310699744.2\n\n"}}).status, 303);
    for (std::string const language : {"zh-Hans", "zh-Hant", "en"}) {
        auto reader = app.visitor();
        EXPECT_EQ(reader.get("/right-projects", {{"accept-language", language}}).status, 200);
        auto const page = reader.get("/right-projects/" + id, {{"accept-language", language}});
        EXPECT_EQ(page.status, 200);
        EXPECT_TRUE(page.contains("/rights/" + right));
    }
    EXPECT_TRUE(app.get("/rights/" + right).contains("/right-projects/" + id));
    auto const feed = app.get("/right-projects/feed.atom?kind=portfolio");
    EXPECT_EQ(feed.status, 200);
    EXPECT_TRUE(feed.contains("/right-projects/" + id)) << "the list offers its feed";
    EXPECT_FALSE(app.get("/right-projects/feed.atom?kind=custody").contains(id));
    auto const second = started(with(project("navigation"), "title", "另一个项目"));
    EXPECT_EQ(browser.post("/right-projects/" + second + "/members", {{"numbers", right}}).status, 303)
        << "a right may be in several";
    EXPECT_EQ(browser.post("/right-projects/" + id + "/members/" + right + "/remove").status, 303);
    EXPECT_EQ(browser.post("/right-projects/" + id + "/members/" + right + "/remove").status, 404);
    EXPECT_EQ(count("rights_project_member"), 1);
}

TEST_P(Projects, of_custody_have_a_term_and_take_only_what_is_given) {
    registered();
    auto browser = app.as(professor_id);
    auto const refused = browser.post("/right-projects", with(project(), "until", ""));
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("代缴年费"));
    auto const id = started(project());
    auto const stolen =
        browser.post("/right-projects/" + id + "/members", {{"numbers", "201310699744.2\n不存在的号码"}});
    EXPECT_EQ(stolen.status, 422);
    EXPECT_TRUE(stolen.contains("不存在的号码"));
    EXPECT_TRUE(stolen.contains("只有权利人"));
    EXPECT_EQ(count("rights_project_member"), 0);
    auto officer = app.as(officer_id);
    EXPECT_EQ(officer.post("/right-projects/" + id + "/members", {{"numbers", "201310699744.2"}}).status, 303);
    EXPECT_TRUE(app.get("/right-projects/" + id).contains("托管期内届满")) << "the patent ends on 18 December 2033";
    EXPECT_EQ(officer.post("/right-projects/" + id + "/members", {{"numbers", ""}}).status, 422);
}

TEST_P(Projects, belong_to_their_manager) {
    auto const id = started(project());
    auto stranger = app.as(member_id);
    EXPECT_EQ(stranger.post("/right-projects", project()).status, 422) << "the manager is another organisation";
    EXPECT_EQ(stranger.get("/right-projects/" + id + "/edit").status, 403);
    EXPECT_EQ(stranger.post("/right-projects/" + id + "/members", {{"numbers", "x"}}).status, 403);
    EXPECT_EQ(app.get("/right-projects/nothing").status, 404);
    auto browser = app.as(professor_id);
    auto const edit = with(with(project(), "title", "改名"), "version", "1");
    EXPECT_EQ(browser.post("/right-projects/" + id, edit).status, 303);
    EXPECT_EQ(browser.post("/right-projects/" + id, edit).status, 412) << "somebody was faster";
}

TEST_P(Projects, never_show_an_undisclosed_right_to_others) {
    auto const secret = registered(
        with(with(with(with(form(), "title", "秘密的变流器"), "legal_status", "pending"), "disclosure", "undisclosed"),
             "grant_date", ""));
    auto const id = started(project("portfolio"));
    auto professor = app.as(professor_id);
    EXPECT_EQ(professor.post("/right-projects/" + id + "/members", {{"numbers", secret}}).status, 422)
        << "unknown to him";
    auto officer = app.as(officer_id);
    ASSERT_EQ(officer.post("/right-projects/" + id + "/members", {{"numbers", secret}}).status, 303);
    EXPECT_FALSE(app.get("/right-projects/" + id).contains("秘密的变流器"));
    EXPECT_FALSE(professor.get("/right-projects/" + id).contains("秘密的变流器"));
    EXPECT_TRUE(officer.get("/right-projects/" + id).contains("秘密的变流器"));
}

} // namespace
} // namespace sangu::rights
