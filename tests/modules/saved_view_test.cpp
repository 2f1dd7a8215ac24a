// Saved views on a real list page.

#include "modules/all_modules.h"
#include "support/test_app.h"

namespace sangu::test {
namespace {

class SavedViewPages : public testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !has_postgres()) GTEST_SKIP() << "no PostgreSQL";
        app_.emplace(all_modules(), GetParam());
        officer_ = app_->account("wang", {{"zone_officer", {"zone"}}}, "王芳");
    }
    std::optional<TestApp> app_;
    std::string officer_;
};
SANGU_ON_BOTH_DATABASES(SavedViewPages);

TEST_P(SavedViewPages, TheListIsKeptAsItIsSeenAndDeletedAgain) {
    auto browser = app_->as(officer_);
    auto const list = browser.get("/places?q=%E9%95%BF%E6%B2%99&sort=-name_zh&utm_source=x");
    ASSERT_EQ(list.status, 200);
    EXPECT_EQ(browser.hidden_field("query"), "?q=%E9%95%BF%E6%B2%99&amp;sort=-name_zh");
    std::string const present = "?q=%E9%95%BF%E6%B2%99&sort=-name_zh";
    auto const saved = browser.post("/places/views", {{"name", "本市园区"}, {"query", present}});
    EXPECT_EQ(saved.status, 303);
    EXPECT_EQ(saved.header("location"), "/places" + present + "&done=done.saved");
    auto const page = browser.get("/places");
    EXPECT_TRUE(page.contains(">本市园区</a>"));
    EXPECT_TRUE(page.contains("href=\"/places?q=%E9%95%BF%E6%B2%99&amp;sort=-name_zh\""));
    auto const start = page.body.find("/places/views/") + 14;
    auto const id = page.body.substr(start, page.body.find('/', start) - start);
    auto other = app_->as(app_->account("li", {{"zone_officer", {"zone"}}}));
    EXPECT_FALSE(other.get("/places").contains(">本市园区</a>"));
    EXPECT_EQ(other.post("/places/views/" + id + "/delete").status, 404);
    browser.get("/places");
    EXPECT_EQ(browser.post("/places/views/" + id + "/delete").status, 303);
    EXPECT_FALSE(browser.get("/places").contains(">本市园区</a>"));
}

TEST_P(SavedViewPages, WhatWasSentIsNeverKeptAsItIs) {
    auto browser = app_->as(officer_);
    browser.get("/places");
    auto const saved = browser.post("/places/views", {{"name", "x"}, {"query", "?q=a&next=//evil.example&x=\"><b>"}});
    EXPECT_EQ(saved.header("location"), "/places?q=a&done=done.saved");
    EXPECT_EQ(browser.post("/places/views", {{"name", "y"}, {"query", "?sort=no_such_column"}}).status, 422);
}

TEST_P(SavedViewPages, VisitorsHaveNone) {
    EXPECT_FALSE(app_->get("/places").contains("/places/views"));
    EXPECT_EQ(app_->post("/places/views", {{"name", "x"}, {"query", ""}}).status, 303) << "to the sign-in page";
    EXPECT_EQ(app_->database().read()->integer("select count(*) from kernel_saved_view"), 0);
}

} // namespace
} // namespace sangu::test
