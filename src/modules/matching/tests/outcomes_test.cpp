// What becomes of suggestions is taken from the acts of people and published as it is.

#include "modules/matching/outcomes.h"
#include "modules/matching/tests/house.h"

namespace sangu::matching {
namespace {

class Outcomes : public House {
protected:
    void SetUp() override {
        House::SetUp();
        if (IsSkipped()) return;
        needed_ = publish("/demands", demand("寻找低噪声轨道扣件减振材料", "城轨线路噪声超标", "弹性扣件"), member_);
        offered_ = publish("/achievements", achievement("轨道扣件减振材料", "聚氨酯阻尼扣件，用于轨道减振", "配方"));
        page_ = "/matches/" + needed_ + "?kind=achievement";
    }
    std::string step() {
        return app().database().read()->text("select step from matching_showing").value_or("not shown");
    }
    std::string record() {
        return app().database().read()->text("select candidate from matching_showing").value_or("");
    }
    void count() {
        Context context{app().services(), auth::system_actor(), i18n::Language::zh_hans};
        ASSERT_TRUE(quality_job(context, "", ""));
    }
    std::string needed_, offered_, page_;
};
INSTANTIATE_TEST_SUITE_P(each, Outcomes, ::testing::Values("sqlite", "postgres"));

TEST_P(Outcomes, GoFromShownToAgreed) {
    EXPECT_TRUE(app().get("/matches/quality").contains("还没有可以统计的推荐"));
    EXPECT_EQ(step(), "not shown");
    auto reader = app().as(member_), owner = app().as(owner_);
    reader.get(page_);
    reader.get(page_);
    EXPECT_EQ(step(), "shown");
    auto const opened = reader.get("/matches/open?record=" + http::percent_encode(record()));
    EXPECT_EQ(opened.header("location"), "/achievements/" + offered_);
    EXPECT_EQ(step(), "opened");
    EXPECT_EQ(
        reader.post("/matches/" + needed_ + "/marks", {{"candidate", record()}, {"verdict", "shortlisted"}}).status,
        303);
    EXPECT_EQ(step(), "shortlisted");
    reader.get("/matches/open?record=" + http::percent_encode(record()));
    EXPECT_EQ(step(), "shortlisted") << "a step back is none";
    auto const asked = reader.post("/entries/" + offered_ + "/interest", {{"text", "希望进一步了解"}});
    std::string const thread{asked.header("location").substr(0, 9 + 26)};
    app().host().run_background_once();
    EXPECT_EQ(step(), "contacted");
    EXPECT_EQ(owner.upload(thread + "/messages", {{"text", "请来现场"}, {"day", "2026-12-01"}}, {}).status, 303);
    app().host().run_background_once();
    EXPECT_EQ(step(), "met");
    EXPECT_EQ(owner.post(thread + "/close", {{"outcome", "licence"}}).status, 303);
    app().host().run_background_once();
    EXPECT_EQ(step(), "agreed");
    count();
    auto const all = quality(*app().database().read());
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].shown, 1);
    EXPECT_EQ(all[0].contacted, 1);
    EXPECT_EQ(all[0].agreed, 1);
    EXPECT_DOUBLE_EQ(all[0].precision_5, 1);
    auto const page = app().visitor().get("/matches/quality");
    EXPECT_TRUE(page.contains("技术需求 → 成果转化")) << page.body;
    EXPECT_TRUE(page.contains("100 %"));
}

TEST_P(Outcomes, HiddenOnesAreOfNoUseAndOthersAreNotCounted) {
    auto reader = app().as(member_);
    reader.get(page_);
    reader.post("/matches/" + needed_ + "/marks",
                {{"candidate", record()}, {"verdict", "hidden"}, {"because", "not_relevant"}});
    EXPECT_EQ(step(), "hidden");
    app().as(trusted_).post("/entries/" + offered_ + "/interest", {{"text", "希望进一步了解"}});
    app().host().run_background_once();
    EXPECT_EQ(step(), "hidden") << "somebody else's interest is not of this list";
    count();
    auto const all = quality(*app().database().read());
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].hidden, 1);
    EXPECT_DOUBLE_EQ(all[0].precision_5, 0);
}

TEST_P(Outcomes, LeadToNothingTheReaderMayNotFind) {
    auto reader = app().as(member_);
    reader.get(page_);
    std::string const open = "/matches/open?record=" + http::percent_encode(record());
    EXPECT_EQ(app().as(owner_).post("/entries/" + offered_ + "/actions/withdraw").status, 303);
    EXPECT_EQ(reader.get(open).status, 404);
    for (std::string_view const typed :
         {"", "?record=", "?record=nothing", "?record=https://example.com", "?record=%2F"})
        EXPECT_EQ(reader.get("/matches/open" + std::string{typed}).status, 404) << typed;
}

} // namespace
} // namespace sangu::matching
