// Finding experts: who is found with which reasons, who is left out, and who learns why.

#include "modules/experts/tests/house.h"

namespace sangu::experts {
namespace {

class Finder : public House {};
INSTANTIATE_TEST_SUITE_P(each, Finder, ::testing::Values("sqlite", "postgres"));

TEST_P(Finder, FindsByWordsAndSaysWhy) {
    auto const good = expert(form("林远：减振材料", "湘江轨道研究所", "轨道车辆减振降噪"));
    auto const other = expert(form("何静：储能电池", "麓山大学", "电池热失控预警"));
    auto reader = app().as(reader_);
    auto const page = reader.get("/experts/finder?text=寻找减振降噪的办法");
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.contains("/experts/" + good)) << page.body;
    EXPECT_TRUE(page.contains("减振降噪"));
    EXPECT_FALSE(page.contains("/experts/" + other)) << "no word in common";
    auto const by_field = reader.get("/experts/finder?text=减振降噪&field=new_materials&industry=C3712");
    EXPECT_TRUE(by_field.contains("/experts/" + other)) << "the same field";
    EXPECT_LT(by_field.body.find("/experts/" + good), by_field.body.find("/experts/" + other)) << "the better first";
    EXPECT_TRUE(by_field.contains("C371"));
    EXPECT_EQ(app().visitor().get("/experts/finder?text=减振").status, 303) << "the finder asks to sign in";
}

TEST_P(Finder, IsOfWhatIsOnThePublicList) {
    auto const number = expert(form("林远：减振材料", "湘江轨道研究所", "轨道车辆减振降噪"));
    auto owner = app().as(owner_);
    EXPECT_EQ(owner.post("/entries/" + number + "/actions/withdraw").status, 303);
    EXPECT_FALSE(app().as(reader_).get("/experts/finder?text=减振降噪").contains("/experts/" + number));
    EXPECT_FALSE(owner.get("/experts/finder?text=减振降噪").contains("/experts/" + number));
}

TEST_P(Finder, LeavesConflictsOutAndTellsTheReasonToWhomItConcerns) {
    auto declared = form("林远：减振材料", "湘江轨道研究所", "轨道车辆减振降噪");
    declared.insert(declared.end(), {{"avoidance-1-ground", "family"}, {"avoidance-1-name", "周岚岚秘密"}});
    auto const number = expert(std::move(declared));
    auto reader = app().as(reader_), owner = app().as(owner_), officer = app().as(officer_);
    std::string const link = "href=\"/experts/" + number, text = "/experts/finder?text=减振降噪&parties=";
    EXPECT_TRUE(reader.get(text + "某某公司").contains(link));
    auto const employer = reader.get(text + "湘江轨道研究所");
    EXPECT_TRUE(employer.contains("任职单位与“湘江轨道研究所”相同")) << "the employer is public";
    auto const hidden = reader.get(text + "周岚岚秘密");
    EXPECT_FALSE(hidden.contains(link));
    EXPECT_TRUE(hidden.contains("另有 1 位"));
    EXPECT_FALSE(hidden.contains("亲属关系"));
    for (auto* insider : {&owner, &officer})
        EXPECT_TRUE(insider->get(text + "周岚岚秘密").contains("与“周岚岚秘密”有亲属关系"));
    for (std::string_view const outlet : {"/experts/", "/api/v1/experts/"}) {
        EXPECT_FALSE(reader.get(std::string{outlet} + number).contains("周岚岚秘密")) << outlet;
        EXPECT_TRUE(owner.get(std::string{outlet} + number).contains("周岚岚秘密")) << outlet;
    }
}

TEST_P(Finder, StartsFromADemandAndLeavesOutItsOwnPeople) {
    auto const own = expert(form("林远：减振材料", "株洲减振科技有限公司", "轨道车辆减振降噪"));
    auto const other = expert(form("罗成：减振", "星城研究院", "轨道减振降噪"));
    auto const demand = demand_of_firm();
    auto reader = app().as(reader_);
    EXPECT_TRUE(reader.get("/demands/" + demand).contains("/experts/finder?demand=" + demand));
    auto const page = reader.get("/experts/finder?demand=" + demand);
    EXPECT_TRUE(page.contains("href=\"/experts/" + other));
    EXPECT_TRUE(page.contains("同一技术领域"));
    auto const excluded = page.body.find("因回避未列入");
    ASSERT_NE(excluded, std::string::npos) << page.body;
    EXPECT_GT(page.body.find("/experts/" + own), excluded);
    EXPECT_TRUE(reader.get("/experts/finder?demand=XQ-2026-999999").contains("没有这条需求"));
}

TEST_P(Finder, AnswersWhateverIsTyped) {
    expert(form("林远：减振材料", "湘江轨道研究所", "轨道车辆减振降噪"));
    auto reader = app().as(reader_);
    std::string long_text;
    for (int i = 0; i < 1500; ++i) long_text += "减振";
    for (std::string const& query :
         std::vector<std::string>{"", "text=", "text=%27%20or%201%3D1%20--", "text=%3Cscript%3Ealert(1)%3C/script%3E",
                                  "field=nonsense", "industry=%00", "demand=../..", "text=" + long_text,
                                  "parties=" + long_text, "text=%F0%A0%AE%B7%F0%A0%AE%B7", "text=a&text=b"}) {
        auto const page = reader.get("/experts/finder?" + query);
        EXPECT_LT(page.status, 500) << query.substr(0, 60);
        EXPECT_FALSE(page.contains("<script>alert")) << query.substr(0, 60);
    }
}

TEST_P(Finder, ContactIsForWhomTheOwnerAllows) {
    auto const number = expert(form("林远：减振材料", "湘江轨道研究所", "轨道车辆减振降噪"));
    auto reader = app().as(reader_), owner = app().as(owner_);
    auto const page = reader.get("/experts/" + number);
    EXPECT_TRUE(page.contains("https://doi.org/10.1000/182")) << "evidence is public and leads to the paper";
    EXPECT_FALSE(page.contains("0731-88888888"));
    EXPECT_EQ(owner.post("/entries/" + number + "/access", {{"account", reader_}, {"layer", "body"}}).status, 303);
    EXPECT_TRUE(reader.get("/experts/" + number).contains("0731-88888888"));
}

TEST_P(Finder, RefusesWhatCannotBe) {
    auto owner = app().as(owner_);
    auto const started = owner.post("/experts", {{"title", "林远：减振材料"}, {"place", "zhuzhou"}});
    std::string const edit{started.header("location")};
    std::string const path = edit.substr(0, 23);
    struct Row {
        std::string field, value;
    };
    for (Row const& row : std::vector<Row>{{"industry", "C9999"},
                                           {"industry", "X1"},
                                           {"email", "nobody"},
                                           {"evidence-1-year", "2999"},
                                           {"category", "magician"},
                                           {"avoidance-1-name", "周岚"}}) {
        owner.get(edit);
        auto const answer = owner.upload(path,
                                         {{"title", "林远：减振材料"},
                                          {"evidence-1-kind", row.field.starts_with("evidence") ? "paper" : ""},
                                          {"evidence-1-title", row.field.starts_with("evidence") ? "一篇论文" : ""},
                                          {row.field, row.value},
                                          {"version", owner.hidden_field("version")}},
                                         {});
        EXPECT_EQ(answer.status, 422) << row.field;
        EXPECT_TRUE(answer.contains("value=\"" + row.value) || row.field == "category") << "what was typed is kept";
    }
}

TEST(Demonstration, HasExpertsThatSayWhatTheyAre) {
    config::Settings settings;
    settings.demo = true;
    test::TestApp app{{reference_module(), registry_module(), rights_module(), library_module(), experts_module()},
                      "sqlite",
                      settings};
    auto const reader = app.database().read();
    EXPECT_EQ(reader->integer("select count(*) from library_entry where kind = 'expert' and state = 'published'"), 5);
    EXPECT_EQ(reader->integer("select count(*) from library_entry where title not like '%（演示）%'"), 0);
}

} // namespace
} // namespace sangu::experts
