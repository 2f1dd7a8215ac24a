// Suggestions for an entry: what fits, why, what the reader does about it, and what nobody may learn from it.

#include "modules/matching/tests/house.h"

namespace sangu::matching {
namespace {

class Match : public House {
protected:
    void SetUp() override {
        House::SetUp();
        if (IsSkipped()) return;
        needed_ = publish("/demands", demand("寻找低噪声轨道扣件减振材料", "城轨线路噪声超标", "弹性扣件"), member_);
        offered_ =
            publish("/achievements", achievement("轨道扣件减振材料", "聚氨酯阻尼扣件，用于轨道减振", "秘方正文词"));
        publish("/achievements", achievement("肿瘤早筛试剂", "液体活检试剂盒", "抗体"));
    }
    std::string matches(std::string const& number, std::string const& kind) {
        return "/matches/" + number + "?kind=" + kind;
    }
    // The card of the achievement stands among the suggestions and is not hidden.
    bool suggests(test::Browser browser, std::string const& number) {
        auto const api = browser.get("/api/v1/matches/" + number + "?kind=achievement");
        EXPECT_EQ(api.status, 200) << api.body;
        bool const found = api.contains("\"path\":\"/achievements/" + offered_);
        EXPECT_EQ(found, browser.get(matches(number, "achievement")).contains("/matches/open?record="));
        return found;
    }
    std::string needed_, offered_;
};
INSTANTIATE_TEST_SUITE_P(each, Match, ::testing::Values("sqlite", "postgres"));

TEST_P(Match, SuggestsWithPlainReasonsAndWhatDoesNotFit) {
    auto reader = app().as(member_);
    EXPECT_TRUE(reader.get("/demands/" + needed_).contains("href=\"/matches/" + needed_));
    auto const page = reader.get(matches(needed_, "achievement"));
    EXPECT_EQ(page.status, 200) << page.body;
    EXPECT_TRUE(suggests(reader, needed_)) << page.body;
    EXPECT_TRUE(page.contains("轨道扣件减振材料"));
    EXPECT_FALSE(page.contains("肿瘤早筛")) << "what fits in all but the words does not match";
    EXPECT_TRUE(page.contains("同一技术领域：新材料"));
    EXPECT_TRUE(page.contains("都在株洲"));
    EXPECT_TRUE(page.contains("成熟度 6 级，符合合作方式"));
    EXPECT_TRUE(page.contains("价格与预算相符：500,000 元、200,000 元")) << page.body;
    auto const back = app().as(owner_).get(matches(offered_, "demand"));
    EXPECT_TRUE(back.contains("寻找低噪声轨道扣件减振材料")) << "and the reverse";
    auto in_english = app().as(member_);
    EXPECT_TRUE(
        in_english.follow(in_english.get(matches(needed_, "achievement") + "&lang=en")).contains("Why it fits"));
    auto const api = reader.get("/api/v1/matches/" + needed_ + "?kind=achievement");
    EXPECT_TRUE(api.contains("\"path\":\"/achievements/" + offered_)) << api.body;
    EXPECT_TRUE(api.contains("\"aspect\":\"price\""));
    EXPECT_EQ(app().visitor().get(matches(needed_, "achievement")).status, 303) << "suggestions ask to sign in";
}

TEST_P(Match, ShortlistsHidesAndTakesBack) {
    auto reader = app().as(member_);
    auto const record = [&] {
        auto const page = reader.get(matches(needed_, "achievement"));
        auto const at = page.body.find("name=\"candidate\" value=\"");
        return page.body.substr(at + 24, std::string{"library/"}.size() + 26);
    }();
    std::string const marks = "/matches/" + needed_ + "/marks";
    EXPECT_EQ(reader.post(marks, {{"candidate", record}, {"verdict", "shortlisted"}}).status, 303);
    EXPECT_TRUE(reader.get(matches(needed_, "achievement")).contains("已列入备选"));
    EXPECT_FALSE(app().as(officer_).get(matches(needed_, "achievement")).contains("已列入备选")) << "of nobody else";
    EXPECT_EQ(reader.post(marks, {{"candidate", record}, {"verdict", "hidden"}}).status, 422)
        << "a reason is asked for";
    EXPECT_EQ(reader.post(marks, {{"candidate", record}, {"verdict", "hidden"}, {"because", "too_far"}}).status, 303);
    auto const hidden = reader.get(matches(needed_, "achievement"));
    EXPECT_TRUE(hidden.contains("已隐藏的推荐（1）")) << hidden.body;
    EXPECT_TRUE(hidden.contains("地点太远"));
    EXPECT_GT(hidden.body.find("href=\"/achievements/" + offered_), hidden.body.find("已隐藏的推荐"))
        << "it is in the list of hidden ones alone";
    EXPECT_EQ(reader.post(marks, {{"candidate", record}, {"verdict", ""}}).status, 303);
    EXPECT_FALSE(reader.get(matches(needed_, "achievement")).contains("已隐藏的推荐"));
    for (http::Pairs const& form : std::vector<http::Pairs>{{{"candidate", "library/nothing"}, {"verdict", "hidden"}},
                                                            {{"candidate", record}, {"verdict", "nonsense"}},
                                                            {{"verdict", "shortlisted"}},
                                                            {{"candidate", "' or 1=1"}, {"verdict", "shortlisted"}}}) {
        auto const answer = reader.post(marks, form);
        EXPECT_GE(answer.status, 400);
        EXPECT_LT(answer.status, 500);
    }
}

TEST_P(Match, InterestGoesToTheOwnerFromTheSuggestion) {
    auto reader = app().as(member_);
    auto const page = reader.get(matches(needed_, "achievement"));
    EXPECT_TRUE(page.contains("action=\"/entries/" + offered_ + "/interest\"")) << page.body;
    auto const asked = reader.post("/entries/" + offered_ + "/interest", {{"text", "希望进一步了解"}});
    EXPECT_EQ(asked.status, 303);
    EXPECT_TRUE(app().as(owner_).get("/threads").contains("轨道扣件减振材料"));
}

TEST_P(Match, FindsByNothingTheReaderMayNotSee) {
    auto const only_inside = publish("/demands", demand("寻找特殊配料", "特殊配料", "秘方正文词"), member_);
    auto reader = app().as(member_), officer = app().as(officer_);
    EXPECT_FALSE(reader.get(matches(only_inside, "achievement")).contains("秘方正文词"));
    auto const api = reader.json(http::Method::post, "/api/v1/match", R"({"text":"秘方正文词","kind":"achievement"})");
    EXPECT_EQ(api.status, 200) << api.body;
    EXPECT_FALSE(api.contains("/achievements/")) << api.body;
    auto const seen =
        officer.json(http::Method::post, "/api/v1/match", R"({"text":"秘方正文词","kind":"achievement"})");
    EXPECT_TRUE(seen.contains("/achievements/" + offered_)) << seen.body;
    EXPECT_TRUE(seen.contains("秘方正文词"));
    // The words of a demand's own text are nobody's who does not see them.
    auto const stranger = app().as(trusted_).get("/api/v1/matches/" + only_inside);
    EXPECT_FALSE(stranger.contains("秘方正文词")) << stranger.body;
}

TEST_P(Match, OfADraftIsForItsOwnerAlone) {
    auto owner = app().as(member_);
    auto const started = owner.post("/demands", {{"title", "寻找轨道扣件减振材料"}, {"place", "zhuzhou"}});
    std::string const number{started.header("location").substr(9, 14)};
    EXPECT_TRUE(suggests(owner, number)) << "while it is being written";
    EXPECT_EQ(app().as(trusted_).get(matches(number, "achievement")).status, 404);
    EXPECT_EQ(app().as(trusted_).get("/api/v1/matches/" + number).status, 404);
}

TEST_P(Match, RulesAreTheOfficers) {
    auto officer = app().as(officer_);
    auto const list = officer.get("/match-pairs");
    EXPECT_EQ(list.status, 200);
    EXPECT_NE(app().as(member_).get("/match-pairs").status, 200);
    std::string const pair = app()
                                 .database()
                                 .read()
                                 ->text("select id from matching_pair where from_kind = 'demand' and to_kind = "
                                        "'achievement'")
                                 .value_or("");
    auto const preview = officer.get("/match-pairs/" + pair + "?words_weight=1&place_weight=100&threshold=0");
    EXPECT_EQ(preview.status, 200);
    EXPECT_TRUE(preview.contains("第 1 位")) << preview.body;
    EXPECT_EQ(officer.get("/match-pairs/" + pair + "?words_weight=-5&threshold=nonsense").status, 200);
    EXPECT_NE(app().as(member_).get("/match-pairs/" + pair).status, 200);
    EXPECT_EQ(officer.get("/match-pairs/nothing").status, 404);
    app().write([](db::Transaction& transaction) {
        transaction.execute("update matching_pair set threshold = 100 where from_kind = 'demand'");
        transaction.execute("update matching_pair set active = false where to_kind = 'expert'");
    });
    app().account("somebody"); // the data held in memory belongs to a state of the database
    auto const page = app().as(member_).get(matches(needed_, "achievement"));
    EXPECT_EQ(page.status, 200);
    EXPECT_FALSE(page.contains("kind=expert"));
}

TEST_P(Match, AnswersWhateverIsAsked) {
    auto reader = app().as(member_);
    for (std::string_view const target :
         {"/matches/XQ-2026-999999", "/matches/nonsense", "/matches/%27", "/api/v1/matches/XQ-2026-999999"})
        EXPECT_EQ(reader.get(target).status, 404) << target;
    EXPECT_EQ(reader.get(matches(needed_, "nonsense")).status, 200) << "the first kind";
    for (std::string_view const body : {"", "{", "[]", "{}", R"({"text":""})", R"({"text":5})", R"({"text":"  "})"}) {
        auto const answer = reader.json(http::Method::post, "/api/v1/match", std::string{body});
        EXPECT_GE(answer.status, 400) << body;
        EXPECT_LT(answer.status, 500) << body;
    }
    std::string long_text;
    for (int i = 0; i < 30'000; ++i) long_text += "减振";
    EXPECT_EQ(reader.json(http::Method::post, "/api/v1/match", "{\"text\":\"" + long_text + "\"}").status, 200);
    reader.get(matches(needed_, "achievement"));
    EXPECT_LE(app().queries_during([&] { reader.get(matches(needed_, "achievement")); }), 6U);
}

} // namespace
} // namespace sangu::matching
