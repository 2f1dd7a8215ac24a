// A kept view tells its owner in the inbox when an entry appears on it; the parties of a thread hear of each other.

#include "modules/all_modules.h"
#include "modules/notices/store.h"
#include "support/test_app.h"

namespace sangu::test {
namespace {

class Subscriptions : public testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !has_postgres()) GTEST_SKIP() << "no PostgreSQL";
        app_.emplace(all_modules(), GetParam());
        owner_ = app_->account("owner", {}, "李娜");
        reader_ = app_->account("reader", {}, "赵强");
        officer_ = app_->account("officer", {{"zone_officer", {"zone"}}}, "王伟");
    }
    std::string publish(std::string const& field) {
        auto owner = app_->as(owner_), officer = app_->as(officer_);
        auto const started = owner.post("/talents", {{"title", "寻找轨道交通领军人才"}, {"place", "zhuzhou"}});
        std::string const number = std::string{started.header("location")}.substr(9, 14);
        owner.get("/talents/" + number + "/edit");
        std::string const text = "负责新一代轨道车辆的系统设计，带领团队完成样车，并培养青年工程师。";
        EXPECT_EQ(owner
                      .upload("/talents/" + number,
                              {{"version", owner.hidden_field("version")},
                               {"abstract", text},
                               {"direction", "wanted"},
                               {"level", "leading"},
                               {"engagement", "full_time"},
                               {"tech_field", field},
                               {"duties", text},
                               {"requirements", text}},
                              {})
                      .status,
                  303);
        EXPECT_EQ(owner.post("/entries/" + number + "/actions/submit").status, 303);
        EXPECT_EQ(officer.post("/entries/" + number + "/actions/publish").status, 303);
        return number;
    }
    std::vector<std::string> told(std::string const& account) {
        app_->host().run_background_once();
        std::vector<std::string> texts;
        for (notices::Entry const& one : notices::unread(*app_->database().read(), account))
            texts.push_back(one.text(i18n::Language::zh_hans));
        return texts;
    }
    std::optional<TestApp> app_;
    std::string owner_, reader_, officer_;
};
SANGU_ON_BOTH_DATABASES(Subscriptions);

TEST_P(Subscriptions, ATellingViewBringsNewEntriesIntoTheInbox) {
    auto reader = app_->as(reader_);
    auto const page = reader.get("/talents?field=new_energy&place=zhuzhou");
    EXPECT_EQ(reader.hidden_field("query"), "?field=new_energy&amp;place=zhuzhou");
    EXPECT_EQ(reader
                  .post("/talents/views",
                        {{"name", "株洲新能源"}, {"query", "?field=new_energy&place=zhuzhou"}, {"tell", "true"}})
                  .status,
              303);
    publish("aerospace");
    EXPECT_EQ(told(reader_).size(), 0U) << "another field";
    std::string const number = publish("new_energy");
    ASSERT_EQ(told(reader_).size(), 1U);
    EXPECT_NE(told(reader_)[0].find(number), std::string::npos);
    EXPECT_EQ(told(owner_).size(), 2U) << "the owner hears of each publication";
    auto const list = reader.get("/talents");
    auto const start = list.body.find("/talents/views/") + 15;
    std::string const view = list.body.substr(start, list.body.find('/', start) - start);
    EXPECT_EQ(reader.post("/talents/views/" + view + "/delete").status, 303);
    publish("new_energy");
    EXPECT_EQ(told(reader_).size(), 1U) << "the view is gone";
}

TEST_P(Subscriptions, ThePartiesOfAThreadHearOfEachOther) {
    std::string const number = publish("new_energy");
    told(owner_);
    auto reader = app_->as(reader_), owner = app_->as(owner_);
    auto const opened = reader.post("/entries/" + number + "/interest", {{"text", "我推荐一位候选人。"}});
    std::string const thread = std::string{opened.header("location")}.substr(0, 35);
    ASSERT_EQ(told(owner_).size(), 2U);
    EXPECT_NE(told(owner_)[0].find("收到合作意向"), std::string::npos);
    EXPECT_EQ(told(reader_).size(), 0U);
    EXPECT_EQ(owner.upload(thread + "/messages", {{"text", "请发简历。"}}, {}).status, 303);
    EXPECT_EQ(told(reader_).size(), 1U);
}

} // namespace
} // namespace sangu::test
