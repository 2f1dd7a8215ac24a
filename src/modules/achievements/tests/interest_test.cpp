// From an expression of interest to its outcome, and what happens when nobody answers.

#include "modules/achievements/tests/house.h"

namespace sangu::achievements {
namespace {

class Interest : public House {
protected:
    std::string thread_of(test::Browser& reader, std::string const& number) {
        reader.get("/achievements/" + number);
        auto const opened =
            reader.post("/entries/" + number + "/interest", {{"text", "我公司想在城轨车辆上试用。"}, {"wish", "body"}});
        EXPECT_EQ(opened.status, 303) << opened.body;
        std::string const address{opened.header("location")};
        return address.substr(0, address.find('?'));
    }
    std::string thread_state() {
        return app().database().read()->text("select state from library_thread order by id desc limit 1").value_or("");
    }
};
SANGU_ON_BOTH_DATABASES(Interest);

TEST_P(Interest, LeadsFromAFirstMessageToAnOutcome) {
    std::string const number = published();
    auto reader = app().as(reader_), owner = app().as(owner_);
    std::string const thread = thread_of(reader, number);
    EXPECT_TRUE(owner.get("/threads").contains("赵强"));
    auto const page = owner.get(thread);
    EXPECT_TRUE(page.contains("我公司想在城轨车辆上试用。"));
    EXPECT_TRUE(page.contains("同意查看全文"));
    EXPECT_FALSE(reader.get("/achievements/" + number).contains("改性聚氨酯"));
    EXPECT_EQ(owner.post("/entries/" + number + "/access", {{"account", reader_}, {"layer", "body"}, {"next", thread}})
                  .header("location"),
              thread + "?done=done.saved");
    EXPECT_TRUE(reader.get("/achievements/" + number).contains("改性聚氨酯"));
    std::vector<http::Upload> files;
    files.emplace_back();
    files.back().field = "upload";
    files.back().file_name = "plan.txt";
    files.back().data = "draft";
    files.back().size = 5;
    EXPECT_EQ(
        owner.upload(thread + "/messages", {{"text", "欢迎来访，先看样品。"}, {"day", "2026-12-01"}}, std::move(files))
            .status,
        303);
    EXPECT_EQ(thread_state(), "answered");
    auto const answered = reader.get(thread);
    EXPECT_TRUE(answered.contains("欢迎来访"));
    EXPECT_TRUE(answered.contains("plan.txt"));
    EXPECT_TRUE(answered.contains("2026年12月1日"));
    EXPECT_EQ(reader.post(thread + "/close").status, 422) << "an outcome is asked for";
    EXPECT_EQ(reader.post(thread + "/close", {{"outcome", "licence"}}).status, 303);
    auto const late = owner.upload(thread + "/messages", {{"text", "还有一句"}}, {});
    EXPECT_EQ(late.status, 409);
    EXPECT_TRUE(late.contains("往来已结束"));
}

TEST_P(Interest, IsBetweenTheTwoPartiesAlone) {
    std::string const number = published();
    auto reader = app().as(reader_);
    std::string const thread = thread_of(reader, number);
    auto stranger = app().as(app().account("sun", {}, "孙丽"));
    for (auto* const browser : {&stranger}) {
        EXPECT_EQ(browser->get(thread).status, 404);
        EXPECT_EQ(browser->upload(thread + "/messages", {{"text", "x"}}, {}).status, 404);
        EXPECT_EQ(browser->post(thread + "/close", {{"outcome", "licence"}}).status, 404);
    }
    EXPECT_EQ(app().as(officer_).get(thread).status, 404) << "an officer sees it when it is handed over, not before";
    EXPECT_EQ(app().as(owner_).post("/entries/" + number + "/interest", {{"text", "自己"}}).status, 409);
    EXPECT_EQ(stranger.post("/entries/" + number + "/interest", {{"text", "  "}}).status, 422);
    auto const twice = reader.post("/entries/" + number + "/interest", {{"text", "再来一次"}});
    EXPECT_EQ(twice.status, 409);
    EXPECT_TRUE(twice.contains("您已就此条目表达过意向"));
    auto const bad_day = reader.upload(thread + "/messages", {{"text", "保留的内容"}, {"day", "2026-02-30"}}, {});
    EXPECT_EQ(bad_day.status, 422);
    EXPECT_TRUE(bad_day.contains("保留的内容")) << "what was typed stays";
}

TEST_P(Interest, GoesToANamedOfficerWhenTheWorkingDaysAreOver) {
    std::string const changsha = app().account("he", {{"city_officer", {"zone/changsha"}}}, "何岚");
    std::string const number = published();
    auto reader = app().as(reader_);
    std::string const thread = thread_of(reader, number);
    EXPECT_TRUE(reader.get(thread).contains("2026年11月30日")) << "five working days from Monday 23 November";
    days_pass(7);
    EXPECT_EQ(thread_state(), "waiting") << "the last day is still in time";
    days_pass(1);
    EXPECT_EQ(thread_state(), "escalated");
    EXPECT_TRUE(app().as(reader_).get(thread).contains("何岚")) << "the nearest officer, by name";
    auto officer = app().as(changsha);
    EXPECT_TRUE(officer.get("/threads").contains("转给我督促的"));
    EXPECT_EQ(officer.get(thread).status, 200);
    EXPECT_EQ(app().as(zhuzhou_).get(thread).status, 404);
    EXPECT_EQ(app().as(owner_).upload(thread + "/messages", {{"text", "抱歉，马上答复。"}}, {}).status, 303);
    EXPECT_EQ(thread_state(), "answered");
}

TEST_P(Interest, IsCountedInPublicWithItsDefinition) {
    std::string const number = published();
    auto reader = app().as(reader_), owner = app().as(owner_);
    std::string const thread = thread_of(reader, number);
    EXPECT_EQ(owner.upload(thread + "/messages", {{"text", "欢迎"}}, {}).status, 303);
    days_pass(9);
    auto const lists = app().get("/lists");
    EXPECT_EQ(lists.status, 200);
    EXPECT_TRUE(lists.contains("100%")) << "answered in time";
    EXPECT_TRUE(lists.contains("（1/1）"));
    EXPECT_TRUE(lists.contains("5 个工作日"));
    EXPECT_TRUE(lists.contains("高速列车轮轨减振复合材料"));
    EXPECT_EQ(app().as(owner_).post("/entries/" + number + "/actions/end", {{"outcome", "licence"}}).status, 303);
    days_pass(1);
    EXPECT_FALSE(app().get("/lists").contains("高速列车轮轨减振复合材料"));
    EXPECT_EQ(app().database().read()->integer("select value from library_counter where name = 'results'"), 1);
}

TEST_P(Interest, AnUndertakingOpensTheTextAtOnce) {
    auto form = whole_form();
    for (auto& [name, value] : form)
        if (name == "body_for" || name == "files_for") value = "undertaking";
    std::string const number = published(form);
    auto reader = app().as(reader_);
    EXPECT_TRUE(reader.get("/achievements/" + number).contains("签署并查看"));
    auto const unsigned_ = reader.post("/entries/" + number + "/undertaking", {{"signed_name", "赵强"}});
    EXPECT_EQ(unsigned_.status, 422);
    EXPECT_FALSE(unsigned_.contains("改性聚氨酯"));
    EXPECT_EQ(reader.post("/entries/" + number + "/undertaking", {{"signed_name", "赵强"}, {"agreed", "true"}}).status,
              303);
    EXPECT_TRUE(reader.get("/achievements/" + number).contains("改性聚氨酯"));
    EXPECT_FALSE(app().as(zhuzhou_).get("/achievements/" + number).contains("改性聚氨酯"));
    EXPECT_EQ(app().as(owner_).post("/entries/" + number + "/actions/withdraw").status, 303);
    EXPECT_EQ(reader.get("/achievements/" + number).status, 404);
}

} // namespace
} // namespace sangu::achievements
