#include "modules/standards/entities.h"
#include "modules/standards/rules.h"
#include "modules/standards/standards.h"
#include "support/schema.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sangu {
Module registry_module();
Module standards_module();
} // namespace sangu

namespace sangu::standards {
namespace {

TEST(StandardNumbers, are_written_one_way) {
    for (auto const& [typed, tidied] :
         {std::pair{"gb/t42748—2023", "GB/T 42748-2023"}, std::pair{"GB/T  42748-2023", "GB/T 42748-2023"},
          std::pair{" ＧＢ 4754－2017", "GB 4754-2017"}, std::pair{"T/CAS 1.1——2017", "T/CAS 1.1-2017"},
          std::pair{"iso 9001:2015", "ISO 9001:2015"}, std::pair{"DB43/T 2000-2021", "DB43/T 2000-2021"},
          std::pair{"𠮷", "𠮷"}})
        EXPECT_EQ(tidy_number(tidy_number(typed)), tidied) << typed;
}

class Standards : public ::testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        app.write([&](db::Transaction& transaction) {
            transaction.execute("insert into registry_organisation (id, name, kind, scope, version) values "
                                "('01jbh0000000000000000000an', '中南大学', 'university', 'zone/changsha', 1)");
        });
    }
    static http::Pairs form(std::string_view number, std::string_view replaced_by = "") {
        return {{"number", std::string{number}},
                {"title", "专利评估指引"},
                {"level", "national"},
                {"status", replaced_by.empty() ? "in_force" : "superseded"},
                {"replaced_by", std::string{replaced_by}},
                {"adoption", "none"},
                {"organisations", "中南大学\n湖南省标准化研究院\n\n中南大学"},
                {"people", "李明\n王芳"}};
    }
    static http::Pairs with(http::Pairs form, std::string_view field, std::string_view value) {
        for (auto& [name, text] : form)
            if (name == field) text = value;
        if (std::ranges::find(form, field, &http::Pairs::value_type::first) == form.end())
            form.emplace_back(field, value);
        return form;
    }
    std::string stored(test::Browser& browser, http::Pairs const& typed) {
        auto const answer = browser.post("/standards", typed);
        EXPECT_EQ(answer.status, 303) << answer.body.substr(0, 3000);
        return std::string{answer.header("location").substr(11, 26)};
    }
    test::TestApp app{{registry_module(), standards_module()}, GetParam()};
    test::Browser officer = app.as(app.account("he.lan", {{"zone_officer", {"zone"}}}));
};
INSTANTIATE_TEST_SUITE_P(databases, Standards, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(Standards, tables_and_descriptions_agree) {
    auto const reader = app.database().read();
    for (entity::EntityMeta const* meta : {&Standard::meta, &Drafter::meta})
        EXPECT_EQ(test::schema_differences(*reader, *meta), std::vector<std::string>{});
}

TEST_P(Standards, are_read_by_everybody_with_who_drafts_them) {
    auto const id = stored(officer, form("gb/t42748—2023"));
    for (std::string const language : {"zh-Hans", "zh-Hant", "en"}) {
        auto reader = app.visitor();
        auto const page = reader.get("/standards/" + id, {{"accept-language", language}});
        EXPECT_EQ(page.status, 200);
        EXPECT_TRUE(page.contains("GB/T 42748-2023"));
        EXPECT_TRUE(page.contains("/organisations/01jbh0000000000000000000an"));
        EXPECT_EQ(reader.get("/standards", {{"accept-language", language}}).status, 200);
    }
    auto const reader = app.database().read();
    EXPECT_EQ(find_standard(*reader, "GB/T42748-2023")->id, id);
    EXPECT_EQ(standards_of(*reader, "01jbh0000000000000000000an", 10).size(), 1u);
    EXPECT_EQ(cards(*reader, std::vector{id}).size(), 1u);
    EXPECT_EQ(reader->integer("select count(*) from standards_drafter"), 4) << "a name that comes twice is one drafter";
    EXPECT_EQ(app.get("/api/v1/standards/" + id).status, 200);
    EXPECT_EQ(app.get("/standards/download/csv").status, 200);
    EXPECT_EQ(app.get("/standards/nothing").status, 404);
}

TEST_P(Standards, replace_each_other_without_ever_coming_back) {
    auto const first = stored(officer, form("GB 1-2001", "GB 1-2010"));
    stored(officer, form("GB 1-2010", "GB 1-2020"));
    auto const circle = officer.post("/standards", form("GB 1-2020", "GB 1-2001"));
    EXPECT_EQ(circle.status, 422);
    EXPECT_TRUE(circle.contains("循环"));
    EXPECT_TRUE(circle.contains("湖南省标准化研究院")) << "what was typed is kept";
    EXPECT_EQ(officer.post("/standards", form("GB 2-2020", "GB 2-2020")).status, 422) << "by itself";
    auto const last = stored(officer, form("GB 1-2020"));
    EXPECT_EQ(officer.post("/standards/" + last, with(form("GB 1-2020", "gb 1—2001"), "version", "1")).status, 422);
    EXPECT_TRUE(app.get("/standards/" + first).contains("GB 1-2010"));
    EXPECT_TRUE(app.get("/standards/" + last).contains("GB 1-2010")) << "and what it replaced";
}

TEST_P(Standards, refuse_wrong_entries_and_strangers) {
    EXPECT_EQ(officer.post("/standards", with(form("GB 3-2020"), "adoption", "identical")).status, 422);
    EXPECT_EQ(officer.post("/standards", with(form("GB 3-2020"), "adopted_number", "ISO 1")).status, 422);
    EXPECT_EQ(officer
                  .post("/standards",
                        with(with(form("GB 3-2020"), "published_on", "2020-05-01"), "in_force_on", "2020-04-01"))
                  .status,
              422);
    EXPECT_EQ(officer.post("/standards", with(form("GB 3-2020"), "replaced_by", "GB 4-2021")).status, 422)
        << "still in force";
    stored(officer, with(form("GB 3-2020"), "title", "𠮷 <script>"));
    EXPECT_EQ(officer.post("/standards", form("gb3—2020")).status, 422) << "the number is taken";
    EXPECT_FALSE(app.get("/standards").contains("<script>alert"));
    EXPECT_TRUE(app.get("/standards").contains("𠮷"));
    auto other = app.as(app.account("chen.jing", {{"city_officer", {"zone/zhuzhou"}}}));
    EXPECT_EQ(other.post("/standards", form("GB 5-2020")).status, 403) << "its leading drafter is in Changsha";
    EXPECT_NE(app.get("/standards/new").status, 200);
}

TEST_P(Standards, come_in_by_files) {
    http::Upload file;
    file.field = "file";
    file.file_name = "standards.csv";
    file.data =
        "number,title,level,status,adoption,replaced_by\nGB/T 1.1-2009,规则,national,superseded,none,GB/T 1.1-2020\n"
        "GB/T 1.1-2020,规则,national,in_force,none,\n";
    file.size = file.data.size();
    auto const done = officer.import("/standards/import", std::move(file));
    EXPECT_EQ(done.status, 200);
    EXPECT_TRUE(done.contains("共 2 行：新增 2，修改 0，未变 0。"));
    EXPECT_TRUE(app.get("/standards").contains("GB/T 1.1-2009"));
}

} // namespace
} // namespace sangu::standards
