// What people and programs send that is wrong, strange or hostile.

#include "base/text.h"
#include "kernel/json/json.h"
#include "kernel/tables/tables.h"
#include "modules/registry/organisation_service.h"
#include "modules/registry/registry.h"
#include "support/files.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

#include <map>

namespace sangu {
Module registry_module();
}

namespace sangu::registry {
namespace {

class BadInput : public ::testing::TestWithParam<char const*> {
protected:
    test::TestApp app{{registry_module()}, GetParam(), without_rate_limit()};

    static config::Settings without_rate_limit() {
        config::Settings settings;
        settings.anonymous_requests_per_minute = 1'000'000;
        return settings;
    }
    std::string officer_id = app.account("he.lan", {{"zone_officer", {"zone"}}});
    test::Browser officer = app.as(officer_id);

    static http::Pairs works(http::Pairs more) {
        http::Pairs form{{"name", "麓谷精密机械有限公司"},
                         {"kind", "enterprise"},
                         {"industry_edition", "2017"},
                         {"distinct", "true"}};
        form.insert(form.end(), more.begin(), more.end());
        return form;
    }
};
INSTANTIATE_TEST_SUITE_P(databases, BadInput, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(BadInput, naughty_strings_are_stored_listed_found_and_exported_unchanged) {
    auto const archive = test::shared_data("conformance/blns.tar.xz");
    if (archive.empty()) GTEST_SKIP() << "no list of naughty strings";
    test::TemporaryDirectory const folder;
    ASSERT_TRUE(test::unpack(archive, folder.path()));
    std::string text;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{folder.path()})
        if (entry.path().extension() == ".json") text = test::read_file(entry.path());
    auto const list = json::Document::parse(text);
    ASSERT_TRUE(list);
    std::map<std::string, std::string> stored; // id → text
    for (std::size_t i = 0; i < list->root().size(); ++i) {
        std::string const naughty{list->root().at(i).text()};
        Context context = app.context(officer_id);
        auto const done = create_organisation(
            context,
            {.name = "单位" + std::to_string(i), .introduction = naughty, .former_names = shorten(naughty, 300)});
        if (done)
            stored[*done] = naughty;
        else
            EXPECT_EQ(done.error().refusal, Refusal::invalid) << naughty;
    }
    EXPECT_GT(stored.size(), 450u);
    std::size_t read = 0;
    app.database().read()->query("select id, introduction from registry_organisation", {}, [&](db::Row const& row) {
        EXPECT_EQ(row.text(1), stored[std::string{row.text(0)}]);
        ++read;
    });
    EXPECT_EQ(read, stored.size());
    auto const exported = officer.get("/organisations/download/csv");
    ASSERT_EQ(exported.status, 200);
    for (auto const& [id, naughty] : stored) {
        auto const page = officer.get("/api/v1/organisations/" + id);
        ASSERT_EQ(page.status, 200);
        auto const document = json::Document::parse(page.body);
        ASSERT_TRUE(document) << naughty;
        EXPECT_EQ(document->root().text_of("introduction"), naughty);
        EXPECT_EQ(officer.get("/organisations/" + id).status, 200) << naughty;
        EXPECT_LT(officer.get("/organisations?q=" + http::percent_encode(shorten(naughty, 60))).status, 500) << naughty;
    }
}

TEST_P(BadInput, names_beyond_the_basic_plane_are_found_again) {
    Context context = app.context(officer_id);
    for (char const* name : {"𠮷野家有限公司", "株洲𨭎业有限公司", "\xF0\x9F\x9A\x84机车厂"}) {
        ASSERT_TRUE(create_organisation(context, {.name = name})) << name;
        EXPECT_TRUE(find_organisation(*app.database().read(), name)) << name;
        EXPECT_TRUE(officer.get("/organisations?q=" + http::percent_encode(name)).contains(name)) << name;
    }
}

TEST_P(BadInput, wrong_identifiers_name_the_character_and_keep_the_form) {
    struct Line {
        char const* uscc;
        char const* message;
    };
    for (Line const& line : {Line{"914300007121944055", "第 18 位"}, Line{"914300007121944064", "第 17 位"},
                             Line{"91430000712194405", "应为 18 位"}, Line{"91430000712194405I", "不允许的字符"},
                             Line{"９14300007121944054", "不允许的字符"}}) {
        auto const refused = officer.post("/organisations", works({{"uscc", line.uscc}, {"address", "麓谷大道"}}));
        EXPECT_EQ(refused.status, 422) << line.uscc;
        EXPECT_TRUE(refused.contains(line.message)) << line.uscc;
        EXPECT_TRUE(refused.contains("value=\"麓谷大道\""));
    }
    EXPECT_EQ(officer.post("/organisations", works({{"uscc", "91430000796852865y"}})).status, 303)
        << "small letters are meant as capitals";
}

TEST_P(BadInput, days_in_the_future_and_codes_of_no_table_are_refused) {
    EXPECT_EQ(officer.post("/organisations", works({{"founded_on", "2026-11-24"}})).status, 422) << "tomorrow";
    EXPECT_EQ(officer.post("/organisations", works({{"founded_on", "2026-02-30"}})).status, 422);
    EXPECT_EQ(officer.post("/organisations", works({{"cluster", "no_such_cluster"}})).status, 422);
    EXPECT_EQ(officer.post("/organisations", works({{"division_code", "999999"}})).status, 422);
    EXPECT_EQ(officer.post("/organisations", works({{"industry", "Z999"}})).status, 422);
    EXPECT_EQ(officer
                  .json(http::Method::post, "/api/v1/organisations",
                        R"({"name":"麓谷精密","kind":"enterprise","industry_edition":"2017","industry":"Z999"})")
                  .status,
              422)
        << "the same rules for programs";
    EXPECT_EQ(officer
                  .post("/organisations",
                        works({{"founded_on", "2026-11-23"}, {"division_code", "宁乡市"}, {"industry", "C3711"}}))
                  .status,
              303);
}

TEST_P(BadInput, a_park_is_not_inside_itself) {
    auto administrator = app.as(app.account("root", {{"system_administrator", {"zone"}}}));
    auto const changsha = place_of(*app.database().read(), "changsha")->id.text;
    http::Pairs park{{"code", "lugu"},      {"kind", "park"},         {"parent_id", changsha},
                     {"name_zh", "麓谷园"}, {"name_en", "Lugu Park"}, {"position", "500"}};
    auto const created = administrator.post("/places", park);
    ASSERT_EQ(created.status, 303) << created.body;
    auto const lugu = place_of(*app.database().read(), "lugu")->id.text;
    park[2].second = lugu;
    park.emplace_back("version", "1");
    auto const itself = administrator.post("/places/" + lugu, park);
    EXPECT_EQ(itself.status, 422);
    EXPECT_EQ(place_of(*app.database().read(), "lugu")->parent, "changsha");
    // Nor through another: its own city inside the park.
    http::Pairs const city{{"code", "changsha"},    {"kind", "city"},   {"parent_id", lugu}, {"name_zh", "长沙"},
                           {"name_en", "Changsha"}, {"position", "20"}, {"version", "1"}};
    EXPECT_EQ(administrator.post("/places/" + changsha, city).status, 422);
}

} // namespace
} // namespace sangu::registry
