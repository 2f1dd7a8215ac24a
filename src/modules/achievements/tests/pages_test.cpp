// What people get: from a first title to a published entry, and back.

#include "modules/achievements/entities.h"
#include "modules/achievements/tests/house.h"
#include "support/schema.h"

namespace sangu::achievements {
namespace {

class Achievements : public House {};
SANGU_ON_BOTH_DATABASES(Achievements);

TEST_P(Achievements, TablesAreAsDescribed) {
    auto const reader = app().database().read();
    for (Module const& module : app().services().modules)
        for (auto const* meta : module.entities)
            EXPECT_EQ(test::schema_differences(*reader, *meta), std::vector<std::string>{}) << meta->name;
}

TEST_P(Achievements, AreWrittenCheckedReviewedAndPublished) {
    auto owner = app().as(owner_);
    EXPECT_TRUE(app().get("/achievements").contains("第一项成果由您发布")) << "an empty list says what to do";
    std::string const number = draft(owner);
    EXPECT_EQ(number, "CG-2026-000001");
    auto const checked = owner.get("/achievements/" + number + "/check");
    EXPECT_TRUE(checked.contains("湘江大学（演示）"));
    EXPECT_TRUE(checked.contains("actions/submit"));
    EXPECT_EQ(app().get("/achievements/" + number).status, 404) << "a draft does not exist for others";
    EXPECT_EQ(app().as(officer_).get("/achievements/" + number).status, 404);
    ASSERT_EQ(owner.post("/entries/" + number + "/actions/submit").status, 303);
    EXPECT_EQ(owner.get("/achievements/" + number + "/edit").status, 409) << "what waits for review does not change";
    auto officer = app().as(officer_);
    EXPECT_TRUE(officer.get("/library/review").contains(number));
    EXPECT_FALSE(app().as(zhuzhou_).get("/library/review").contains(number)) << "another city";
    EXPECT_EQ(owner.post("/entries/" + number + "/actions/publish").status, 403);
    EXPECT_EQ(officer.post("/entries/" + number + "/actions/return").status, 422) << "without a reason";
    EXPECT_EQ(officer.post("/entries/" + number + "/actions/return", {{"comment", "请补充试验数据"}}).status, 303);
    EXPECT_TRUE(owner.get("/achievements/" + number).contains("请补充试验数据"));
    ASSERT_EQ(owner.post("/entries/" + number + "/actions/submit").status, 303);
    ASSERT_EQ(officer.post("/entries/" + number + "/actions/publish").status, 303);
    auto const list = app().get("/achievements");
    EXPECT_TRUE(list.contains("高速列车轮轨减振复合材料"));
    EXPECT_TRUE(list.contains("湘江大学（演示）"));
    EXPECT_TRUE(list.contains("新材料"));
    auto const page = app().get("/achievements/" + number);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.contains("普通许可、合作开发"));
    EXPECT_TRUE(page.contains("application/ld+json"));
    EXPECT_TRUE(page.contains("6 级"));
}

TEST_P(Achievements, CannotBeSubmittedWhileSomethingRequiredIsMissing) {
    auto owner = app().as(owner_);
    std::string const number = draft(owner, {{"title", "一种尚未写完的成果"}});
    auto const checked = owner.get("/achievements/" + number + "/check");
    EXPECT_TRUE(checked.contains("至少选一种合作方式"));
    EXPECT_TRUE(checked.contains("disabled"));
    EXPECT_EQ(owner.post("/entries/" + number + "/actions/submit").status, 409);
    EXPECT_EQ(state_of(number), "draft");
}

TEST_P(Achievements, BadInputIsRefusedAndWhatWasTypedStays) {
    auto owner = app().as(owner_);
    EXPECT_EQ(owner.post("/achievements", {{"title", "短"}, {"organisation_id", university_}}).status, 422);
    auto const foreign = owner.post("/achievements", {{"title", "别人单位的成果"}, {"organisation_id", owner_}});
    EXPECT_EQ(foreign.status, 422);
    EXPECT_TRUE(foreign.contains("您不能代表该单位发布"));
    std::string const number = draft(owner);
    auto form = whole_form("修改后的名称");
    for (auto& [name, text] : form) {
        if (name == "owners-2-share") text = "39.9";
        if (name == "completed_on") text = "2099-01-01";
    }
    owner.get("/achievements/" + number + "/edit");
    form.emplace_back("version", owner.hidden_field("version"));
    auto const refused = owner.upload("/achievements/" + number, form, {});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("份额合计必须正好是 100%"));
    EXPECT_TRUE(refused.contains("完成日期不能在今天之后"));
    EXPECT_TRUE(refused.contains("修改后的名称")) << "what was typed stays";
    EXPECT_TRUE(refused.contains("39.9"));
    for (auto& [name, text] : form)
        if (name == "owners-1-share") text = "abc";
    EXPECT_EQ(owner.upload("/achievements/" + number, form, {}).status, 422);
    std::vector<http::Upload> files;
    files.emplace_back();
    files.back().field = "upload";
    files.back().file_name = "report.pdf";
    files.back().data = "<html><script>alert(1)</script>";
    files.back().size = files.back().data.size();
    auto again = whole_form();
    again.emplace_back("version", form.back().second);
    EXPECT_EQ(owner.upload("/achievements/" + number, again, std::move(files)).status, 422) << "it lies about its type";
    EXPECT_FALSE(owner.get("/achievements/" + number).contains("修改后的名称"));
}

TEST_P(Achievements, NaughtyStringsComeBackUnchanged) {
    std::string const text = "𠮷野家 🚄 <b>&amp;\"'--; drop table library_entry; %s {1} ﷽ \xE2\x80\x8F零宽\xE2\x80\x8B";
    auto form = whole_form("名称 " + text);
    for (auto& [name, value] : form)
        if (name == "description" || name == "abstract") value += text;
    std::string const number = published(form);
    auto const stored = app().database().read()->text("select title from library_entry where number = ?", {number});
    EXPECT_EQ(stored, "名称 " + text);
    auto const page = app().get("/achievements/" + number);
    EXPECT_FALSE(page.contains("<b>&amp;\""));
    EXPECT_TRUE(page.contains("𠮷野家 🚄 &lt;b&gt;"));
    auto owner = app().as(owner_);
    EXPECT_TRUE(owner.get("/api/v1/achievements/" + number).contains("𠮷野家 🚄"));
    EXPECT_TRUE(app().get("/achievements/download/csv").contains("𠮷野家 🚄 <b>"));
    EXPECT_TRUE(app().get("/achievements?q=" + http::percent_encode("𠮷野家 🚄")).contains(number));
    EXPECT_TRUE(app().get("/achievements/feed.atom").contains("𠮷野家 🚄 &lt;b&gt;"));
}

TEST_P(Achievements, AStaleFormShowsBothVersions) {
    auto owner = app().as(owner_);
    std::string const number = draft(owner);
    owner.get("/achievements/" + number + "/edit");
    std::string const version = owner.hidden_field("version");
    EXPECT_EQ(owner.upload("/achievements/" + number, {{"title", "第一次修改的名称"}, {"version", version}}, {}).status,
              303);
    auto const late =
        owner.upload("/achievements/" + number, {{"title", "第二次修改的名称"}, {"version", version}}, {});
    EXPECT_EQ(late.status, 412);
    EXPECT_TRUE(late.contains("第一次修改的名称"));
    EXPECT_TRUE(late.contains("第二次修改的名称"));
}

TEST_P(Achievements, AreFilteredCountedAndPagedByKey) {
    for (int i = 0; i < 3; ++i) published(whole_form("第" + std::to_string(i) + "项成果名称"));
    auto other = whole_form("另一领域的成果");
    for (auto& [name, value] : other)
        if (name == "tech_field") value = "aerospace";
    published(other);
    auto const all = app().get("/achievements");
    EXPECT_TRUE(all.contains("共 4 ")) << all.body.substr(all.body.find("list-count"), 200);
    auto const some = app().get("/achievements?field=new_materials&way=co_development");
    EXPECT_FALSE(some.contains("另一领域的成果"));
    EXPECT_TRUE(some.contains("field=aerospace")) << "the other choice is still offered with its count";
    EXPECT_TRUE(app().get("/achievements?place=zhuzhou").contains("/achievements")) << "and nothing is found";
    auto const first = app().get("/achievements?rows=2");
    auto const start = first.body.find("after=");
    ASSERT_NE(start, std::string::npos);
    std::string const cursor = first.body.substr(start, first.body.find('"', start) - start);
    auto const second = app().get("/achievements?rows=2&" + cursor);
    EXPECT_TRUE(second.contains("第1项成果名称"));
    EXPECT_FALSE(second.contains("另一领域的成果"));
    EXPECT_EQ(app().get("/achievements?after=garbage&sort=confirmed&rows=x&field=%27").status, 200);
    EXPECT_EQ(app().get("/achievements?sort=confirmed").status, 200);
}

TEST_P(Achievements, AreReviewedInBulkAndUndone) {
    auto owner = app().as(owner_), officer = app().as(officer_);
    std::vector<std::string> numbers;
    for (int i = 0; i < 2; ++i) {
        numbers.push_back(draft(owner, whole_form("批量审核的成果" + std::to_string(i))));
        ASSERT_EQ(owner.post("/entries/" + numbers.back() + "/actions/submit").status, 303);
    }
    EXPECT_EQ(officer.post("/library/review", {{"entry", numbers[0]}, {"action", "return"}}).status, 422);
    EXPECT_EQ(officer.post("/library/review", {{"action", "publish"}}).status, 422) << "nothing chosen";
    auto const done =
        officer.post("/library/review", {{"entry", numbers[0]}, {"entry", numbers[1]}, {"action", "publish"}});
    ASSERT_EQ(done.status, 303) << done.body;
    EXPECT_EQ(state_of(numbers[1]), "published");
    officer.follow(done);
    EXPECT_EQ(app().as(zhuzhou_).post("/library/review/undo", {{"bulk", officer.hidden_field("bulk")}}).status, 404);
    EXPECT_EQ(officer.post("/library/review/undo", {{"bulk", officer.hidden_field("bulk")}}).status, 303);
    EXPECT_EQ(state_of(numbers[0]), "submitted");
    EXPECT_EQ(app().as(zhuzhou_).post("/library/review", {{"entry", numbers[0]}, {"action", "publish"}}).status, 403);
}

TEST_P(Achievements, GrowOldLeaveTheListAndComeBackByOneClick) {
    std::string const number = published();
    days_pass(77);
    EXPECT_EQ(app().database().read()->text("select freshness from library_entry"), "reminded");
    days_pass(15);
    EXPECT_TRUE(app().get("/achievements").contains("已逾期未再确认"));
    days_pass(31);
    EXPECT_EQ(state_of(number), "expired");
    EXPECT_FALSE(app().get("/achievements").contains(number));
    EXPECT_EQ(app().get("/achievements/" + number).status, 404);
    auto owner = app().as(owner_);
    EXPECT_TRUE(owner.get("/my/entries").contains("恢复上架"));
    EXPECT_EQ(owner.post("/entries/" + number + "/actions/confirm", {{"next", "mine"}}).status, 303);
    EXPECT_TRUE(app().get("/achievements").contains(number));
    EXPECT_EQ(owner.post("/entries/" + number + "/actions/end").status, 422) << "an outcome is asked for";
    EXPECT_EQ(owner.post("/entries/" + number + "/actions/end", {{"outcome", "licence"}}).status, 303);
    EXPECT_TRUE(app().get("/achievements/" + number).contains("已许可"));
    EXPECT_FALSE(app().get("/achievements").contains(number));
}

TEST_P(Achievements, AreWrittenOverTheApi) {
    auto owner = app().as(owner_);
    auto const wrong =
        owner.json(http::Method::post, "/api/v1/achievements", R"({"title":"接口写入的成果","colour":1})");
    EXPECT_EQ(wrong.status, 422);
    auto const made = owner.json(http::Method::post, "/api/v1/achievements",
                                 R"({"title":"接口写入的成果","organisation_id":")" + university_ +
                                     R"(","place":"changsha","stage":"pilot","transfer":true,)"
                                     R"("owners":[{"name":"甲单位","share":33.33},{"name":"乙单位","share":66.67}]})");
    ASSERT_EQ(made.status, 201) << made.body;
    std::string const address{made.header("location")};
    EXPECT_TRUE(made.contains("\"share\":66.67"));
    EXPECT_EQ(app().json(http::Method::get, address).status, 404);
    EXPECT_EQ(owner.json(http::Method::patch, address, R"({"stage":"production"})").status, 412);
    auto const changed = owner.json(http::Method::patch, address, R"({"stage":"production","owners":[]})",
                                    {{"if-match", std::string{made.header("etag")}}});
    EXPECT_EQ(changed.status, 200) << changed.body;
    EXPECT_TRUE(changed.contains("\"owners\":[]"));
    EXPECT_EQ(owner
                  .json(http::Method::patch, address, R"({"stage":"pilot"})",
                        {{"if-match", std::string{made.header("etag")}}})
                  .status,
              412);
    auto const early =
        owner.json(http::Method::post, "/api/v1/entries/" + number_in(address) + "/actions/submit", "{}");
    EXPECT_EQ(early.status, 409);
}

TEST_P(Achievements, AnExpiredSessionKeepsTheText) {
    auto owner = app().as(owner_);
    std::string const number = draft(owner);
    owner.get("/achievements/" + number + "/edit");
    std::string const csrf = owner.hidden_field("csrf");
    owner.set_cookie("sangu_session", "gone");
    auto const lost = owner.post("/achievements", {{"title", "会话过期前写的名称"}, {"csrf", csrf}});
    ASSERT_EQ(lost.status, 303);
    EXPECT_TRUE(lost.header("location").starts_with("/sign-in")) << lost.header("location");
    EXPECT_NE(lost.header("location").find("kept"), std::string_view::npos);
}

} // namespace
} // namespace sangu::achievements
