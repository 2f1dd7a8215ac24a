#include "kernel/module.h"
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

class Pages : public ::testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !test::has_postgres()) GTEST_SKIP();
        app_.emplace(std::vector<Module>{registry_module(), indicators_module(), plan_module()}, GetParam());
        app_->write([](db::Transaction& transaction) {
            transaction.execute("insert into registry_organisation (id, name, kind, scope, version) values "
                                "('01jbh0000000000000000000an', '湘潭高新集团', 'government', 'zone', 1)");
        });
    }
    test::TestApp& app() { return *app_; }
    test::Browser officer() { return app().as(app().account("wang", {{"zone_officer", {"zone"}}})); }
    Task task(std::string_view code) { return task_named(*app().database().read(), code).value(); }

private:
    std::optional<test::TestApp> app_;
};
INSTANTIATE_TEST_SUITE_P(databases, Pages, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(Pages, ShowThePlanToEverybody) {
    for (std::string_view const language : {"zh-Hans", "zh-Hant", "en"}) {
        auto visitor = app().visitor();
        visitor.get("/plans?lang=" + std::string{language});
        for (std::string_view const path :
             {"/plans", "/plans/czt-2017", "/plans/czt-2020", "/tasks", "/tasks?view=board", "/tasks?view=tree",
              "/tasks?view=timeline", "/tasks?unit=open&sort=-percent", "/tasks/T2.1.6", "/reports"}) {
            auto const answer = visitor.get(path);
            EXPECT_EQ(answer.status, 200) << path;
            EXPECT_TRUE(answer.contains("lang=\"" + std::string{language} + "\"")) << path;
            EXPECT_FALSE(answer.contains("plan.task.")) << path << ": a message key is shown";
        }
    }
    auto const one = app().get("/tasks/T2.1.6");
    EXPECT_TRUE(one.contains("株洲引才"));
    EXPECT_TRUE(one.contains("高端创新团队 35 个"));
    EXPECT_TRUE(one.contains("待补")) << "what the plan leaves open is visibly open";
    EXPECT_FALSE(one.contains("/tasks/T2.1.6/comments")) << "comments are for staff";
    EXPECT_TRUE(app().get("/tasks?q=" + http::percent_encode("國際社區")).contains("T2.1.4")) << "traditional finds it";
    EXPECT_FALSE(app().get("/tasks?place=zhuzhou").contains("T1.1.1"));
    EXPECT_EQ(app().get("/tasks/T9.9.9").status, 404);
}

TEST_P(Pages, TakeATaskFromAssignmentToVerification) {
    auto browser = officer();
    auto const form = browser.get("/tasks/T2.1.7");
    ASSERT_EQ(form.status, 200);
    std::string const version = std::to_string(task("T2.1.7").version);
    auto const wrong =
        browser.post("/tasks/T2.1.7/assign", {{"version", version}, {"lead_unit", "无名单位"}, {"due", "2027-06-30"}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(wrong.contains("无名单位")) << "what was typed stays";
    auto const done = browser.post("/tasks/T2.1.7/assign",
                                   {{"version", version}, {"lead_unit", "湘潭高新集团"}, {"due", "2027-06-30"}});
    ASSERT_EQ(done.status, 303) << done.body;
    http::Upload upload;
    upload.field = "evidence";
    upload.file_name = "list.txt";
    upload.data = "teams";
    upload.size = 5;
    std::vector<http::Upload> files;
    files.push_back(std::move(upload));
    auto const reported =
        browser.upload("/tasks/T2.1.7/progress", {{"day", "2026-11-20"}, {"percent", "40"}, {"text", "签约十个团队"}},
                       std::move(files));
    ASSERT_EQ(reported.status, 303) << reported.body;
    auto const shown = browser.get("/tasks/T2.1.7");
    EXPECT_TRUE(shown.contains("签约十个团队"));
    EXPECT_TRUE(shown.contains("list.txt"));
    EXPECT_TRUE(app().get("/tasks/T2.1.7").contains("40%"));
    EXPECT_FALSE(app().get("/tasks/T2.1.7").contains("list.txt")) << "evidence is for staff";
    EXPECT_EQ(browser.post("/tasks/T2.1.7/actions/verify").status, 403);
    auto boss = app().as(app().account("zhou", {{"zone_leader", {"zone"}}}));
    EXPECT_EQ(boss.post("/tasks/T2.1.7/actions/verify").status, 303);
    EXPECT_EQ(task("T2.1.7").state, TaskState::verified);
}

TEST_P(Pages, EditSelectedTasksAndUndo) {
    auto browser = officer();
    auto const done = browser.post("/tasks/bulk", {{"task", task("T2.1.5").id.text},
                                                   {"task", task("T2.1.6").id.text},
                                                   {"lead_unit", "湘潭高新集团"},
                                                   {"assign", "true"}});
    ASSERT_EQ(done.status, 303) << done.body;
    auto const list = browser.follow(done);
    EXPECT_TRUE(list.contains("action=\"/tasks/undo\""));
    EXPECT_EQ(task("T2.1.6").state, TaskState::assigned);
    EXPECT_EQ(browser.post("/tasks/undo", {{"bulk", browser.hidden_field("bulk")}}).status, 303);
    EXPECT_EQ(task("T2.1.6").state, TaskState::drafted);
    auto stranger = app().as(app().account("hu", {{"unit_officer", {"org/01jbh0000000000000000000an"}}}));
    EXPECT_EQ(stranger.post("/tasks/bulk", {{"task", task("T2.1.5").id.text}, {"assign", "true"}}).status, 403);
}

TEST_P(Pages, KeepWhatARefusedBulkEditTyped) {
    auto browser = officer();
    std::string const chosen = task("T2.1.5").id.text;
    auto const refused =
        browser.post("/tasks/bulk", {{"task", chosen}, {"lead_unit", "没有登记的集团"}, {"due", "2026-12-31"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("error-summary"));
    EXPECT_TRUE(refused.contains("value=\"没有登记的集团\""));
    EXPECT_TRUE(refused.contains("value=\"2026-12-31\""));
    EXPECT_TRUE(refused.contains("value=\"" + chosen + "\" form=\"bulk\" checked"));
    EXPECT_EQ(task("T2.1.5").lead_unit, "");
}

TEST_P(Pages, ShowWorkSupervisionAndReports) {
    auto browser = officer();
    EXPECT_EQ(browser.post("/tasks/T2.1.5/notices", {{"text", "请说明进度"}, {"days", "10"}}).status, 303);
    EXPECT_TRUE(browser.get("/supervision").contains("请说明进度"));
    EXPECT_EQ(browser.post("/tasks/T2.1.5/follow", {{"on", "true"}}).status, 303);
    EXPECT_TRUE(browser.get("/work").contains("/tasks?state=drafted"));
    EXPECT_NE(app().get("/work").status, 200);
    EXPECT_NE(app().get("/supervision").status, 200);
    auto const opened = browser.post("/reports", {{"plan", "czt-2017"}, {"period", "2017H1"}, {"place", "changsha"}});
    ASSERT_EQ(opened.status, 303) << opened.body;
    auto const id = app().database().read()->text("select id from plan_report").value_or("");
    auto const page = browser.get("/reports/" + id);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.contains("name=\"figure-I01\""));
    EXPECT_TRUE(page.contains("迟报"));
    EXPECT_EQ(app().get("/reports/" + id).status, 404) << "not public yet";
    auto const saved =
        browser.post("/reports/" + id, {{"version", "0"}, {"summary", "顺利"}, {"figure-I01", "twelve"}});
    EXPECT_EQ(saved.status, 422);
    EXPECT_TRUE(saved.contains("twelve")) << "what was typed stays";
}

TEST_P(Pages, GiveTheSameOverTheApi) {
    EXPECT_TRUE(app().get("/api/v1/tasks?rows=200").contains("\"T2.1.6\""));
    EXPECT_TRUE(app().get("/api/v1/sections").contains("czt-2017-2.1.1"));
    EXPECT_EQ(app().get("/tasks/download/csv").status, 200);
    EXPECT_NE(app().get("/api/v1/reports").status, 200);
    auto browser = officer();
    auto const early = browser.json(http::Method::post, "/api/v1/tasks/T2.1.7/actions/assign", "{}");
    EXPECT_EQ(early.status, 409) << early.body;
    auto const progress = browser.json(http::Method::post, "/api/v1/tasks/T2.1.7/progress",
                                       R"({"day":"2026-11-20","percent":10,"text":"x"})");
    EXPECT_EQ(progress.status, 409) << "a drafted task has no progress";
}

} // namespace
} // namespace sangu::plan
