// From an act in one module to the inbox of those it concerns.

#include "modules/all_modules.h"
#include "modules/indicators/import.h"
#include "modules/indicators/service.h"
#include "modules/notices/store.h"
#include "support/test_app.h"

namespace sangu::test {
namespace {

class InboxOfTheHouse : public testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !has_postgres()) GTEST_SKIP() << "no PostgreSQL";
        app_.emplace(all_modules(), GetParam());
        changsha_ = app_->account("li_na", {{"city_officer", {"zone/changsha"}}}, "李娜");
        zhuzhou_ = app_->account("zhou", {{"city_officer", {"zone/zhuzhou"}}}, "周强");
        zone_ = app_->account("wang_wei", {{"zone_officer", {"zone"}}}, "王伟");
        approver_ = app_->account("chen_jing", {{"zone_approver", {"zone"}}}, "陈静");
        app_->host().run_background_once();
    }
    // What is unread, in Chinese, newest first.
    std::vector<std::string> told(std::string const& account) {
        app_->host().run_background_once();
        std::vector<std::string> texts;
        for (notices::Entry const& one : notices::unread(*app_->database().read(), account))
            texts.push_back(one.text(i18n::Language::zh_hans));
        return texts;
    }
    std::optional<TestApp> app_;
    std::string changsha_, zhuzhou_, zone_, approver_;
};
SANGU_ON_BOTH_DATABASES(InboxOfTheHouse);

indicators::Observation teams_in_changsha() {
    indicators::Observation one;
    one.indicator = "I01";
    one.place = "changsha";
    one.period = "2018";
    one.value = 12;
    one.unit = "个";
    one.source = "CS2018";
    return one;
}

TEST_P(InboxOfTheHouse, AFigureTellsItsApproversAndComesBack) {
    using Texts = std::vector<std::string>;
    EXPECT_EQ(told(zone_), Texts{}) << "the plan's own data are no news";
    Context officer = app_->context(changsha_);
    auto const id = indicators::enter(officer, teams_in_changsha());
    ASSERT_TRUE(id);
    EXPECT_EQ(told(approver_), Texts{}) << "a draft concerns nobody else";
    ASSERT_TRUE(indicators::step(officer, *id, "submit", ""));
    ASSERT_EQ(told(approver_).size(), 1U);
    EXPECT_NE(told(approver_)[0].find("2018"), std::string::npos) << told(approver_)[0];
    EXPECT_EQ(told(zone_).size(), 1U);
    EXPECT_EQ(told(changsha_), Texts{});
    EXPECT_EQ(told(zhuzhou_), Texts{});
    Context approver = app_->context(approver_);
    ASSERT_TRUE(indicators::step(approver, *id, "return", "缺少来源"));
    ASSERT_EQ(told(changsha_).size(), 1U);
    auto browser = app_->as(changsha_);
    auto const page = browser.get("/inbox");
    EXPECT_TRUE(page.contains("count-notices"));
    auto const opened = browser.post(
        "/inbox/" + std::to_string(notices::unread(*app_->database().read(), changsha_)[0].event) + "/open");
    EXPECT_EQ(opened.header("location"), "/figures/" + id->text);
    EXPECT_EQ(browser.get(opened.header("location")).status, 200);
}

} // namespace
} // namespace sangu::test
