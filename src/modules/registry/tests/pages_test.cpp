#include "modules/registry/registry.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

namespace sangu {
Module registry_module();
}

namespace sangu::registry {
namespace {

class RegistryPages : public ::testing::TestWithParam<char const*> {
protected:
    test::TestApp app{{registry_module()}, GetParam()};
    std::string place(std::string_view code) { return place_of(*app.database().read(), code)->id.text; }
    http::Pairs works(std::string_view name, std::string_view place_code) {
        return {{"name", std::string{name}}, {"kind", "enterprise"}, {"place_id", place(place_code)}};
    }
};
INSTANTIATE_TEST_SUITE_P(databases, RegistryPages, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(RegistryPages, everybody_reads_organisations_and_places_but_not_members) {
    EXPECT_EQ(app.get("/organisations").status, 200);
    EXPECT_TRUE(app.get("/places").contains("株洲高新区"));
    EXPECT_EQ(app.get("/api/v1/places").status, 200);
    EXPECT_NE(app.get("/memberships").status, 200);
    EXPECT_NE(app.get("/api/v1/memberships").status, 200);
}

TEST_P(RegistryPages, an_officer_writes_within_his_city_only) {
    auto officer = app.as(app.account("chen.jing", {{"city_officer", {"zone/changsha"}}}));
    EXPECT_EQ(officer.post("/organisations", works("麓谷精密机械有限公司", "changsha_htz")).status, 303);
    EXPECT_EQ(officer.post("/organisations", works("株洲轨道装备有限公司", "zhuzhou")).status, 403);
    EXPECT_TRUE(find_organisation(*app.database().read(), "麓谷精密机械有限公司"));
    EXPECT_FALSE(find_organisation(*app.database().read(), "株洲轨道装备有限公司"));
    EXPECT_TRUE(app.get("/organisations").contains("麓谷精密机械有限公司"));
}

TEST_P(RegistryPages, an_organisation_cannot_be_moved_out_of_the_officers_city_or_taken_from_another) {
    auto zone = app.as(app.account("he.lan", {{"zone_officer", {"zone"}}}));
    ASSERT_EQ(zone.post("/organisations", works("株洲轨道装备有限公司", "zhuzhou")).status, 303);
    auto const id = find_organisation(*app.database().read(), "株洲轨道装备有限公司")->id.text;
    auto officer = app.as(app.account("chen.jing", {{"city_officer", {"zone/changsha"}}}));
    auto form = works("株洲轨道装备有限公司", "changsha");
    form.emplace_back("version", "1");
    EXPECT_EQ(officer.post("/organisations/" + id, form).status, 403);
    EXPECT_EQ(find_organisation(*app.database().read(), "株洲轨道装备有限公司")->scope, "zone/zhuzhou");
    ASSERT_EQ(zone.post("/organisations/" + id, form).status, 303);
    EXPECT_EQ(find_organisation(*app.database().read(), "株洲轨道装备有限公司")->scope, "zone/changsha");
    auto away = works("株洲轨道装备有限公司", "zhuzhou");
    away.emplace_back("version", "2");
    EXPECT_EQ(officer.post("/organisations/" + id, away).status, 403) << "into another city";
}

TEST_P(RegistryPages, personal_data_of_members_leaves_only_for_whoever_may_write_it) {
    auto const member = app.account("li.na", {});
    auto const zone = app.account("he.lan", {{"zone_officer", {"zone"}}});
    auto writer = app.as(zone), reader = app.as(app.account("chen.jing", {{"city_officer", {"zone/changsha"}}}));
    ASSERT_EQ(writer.post("/organisations", works("湘潭智造有限公司", "xiangtan")).status, 303);
    auto const works_id = find_organisation(*app.database().read(), "湘潭智造有限公司")->id.text;
    ASSERT_EQ(writer
                  .post("/memberships", {{"account_id", member},
                                         {"organisation_id", works_id},
                                         {"position", "总工程师"},
                                         {"since", "2020-01-01"}})
                  .status,
              303);
    for (std::string const format : {"csv", "json"}) {
        auto const address = "/memberships/download/" + format;
        EXPECT_TRUE(writer.get(address).contains("总工程师")) << format;
        auto const masked = reader.get(address);
        EXPECT_TRUE(masked.contains("2020-01-01")) << format;
        EXPECT_FALSE(masked.contains("总工程师")) << format;
    }
}

TEST_P(RegistryPages, wrong_entries_are_refused_with_the_reason) {
    auto officer = app.as(app.account("he.lan", {{"zone_officer", {"zone"}}}));
    auto form = works("湘潭智造有限公司", "xiangtan");
    form.emplace_back("uscc", "914300007121944055");
    EXPECT_EQ(officer.post("/organisations", form).status, 422);
    EXPECT_EQ(officer.post("/places", {{"code", "x"}}).status, 403) << "places are scopes: the system administrator's";
}

class CheckedImport : public RegistryPages {
protected:
    static std::vector<http::Upload> two_works() {
        std::vector<http::Upload> files(1);
        files[0].field = "file";
        files[0].file_name = "works.csv";
        files[0].data = "name,kind\n麓谷精密机械有限公司,enterprise\n湘潭智造有限公司,enterprise\n";
        files[0].size = files[0].data.size();
        return files;
    }
    // Checks the file; gives the token of the button that imports it.
    std::string check(test::Browser& browser) {
        auto const page = browser.upload("/organisations/import", {{"mode", "check"}}, two_works());
        EXPECT_EQ(page.status, 200);
        EXPECT_TRUE(page.contains("导入这 2 行"));
        return browser.hidden_field("kept");
    }
    static test::Answer import(test::Browser& browser, std::string const& token) {
        return browser.post("/organisations/import", {{"kept", token}, {"mode", "store"}});
    }
    std::int64_t count(std::string const& table) {
        return app.database().read()->integer("select count(*) from " + table).value();
    }
    test::Browser officer(std::string_view login) { return app.as(app.account(login, {{"zone_officer", {"zone"}}})); }
};
INSTANTIATE_TEST_SUITE_P(databases, CheckedImport, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(CheckedImport, is_stored_by_one_click_without_a_second_upload) {
    auto browser = officer("he.lan");
    auto const token = check(browser);
    ASSERT_FALSE(token.empty());
    EXPECT_FALSE(find_organisation(*app.database().read(), "湘潭智造有限公司"));
    EXPECT_EQ(import(browser, token).status, 200);
    EXPECT_TRUE(find_organisation(*app.database().read(), "湘潭智造有限公司"));
    EXPECT_EQ(count("kernel_kept_upload"), 0);
    EXPECT_EQ(count("kernel_blob"), 0);
    auto const again = import(browser, token);
    EXPECT_EQ(again.status, 409);
    EXPECT_TRUE(again.contains("已校验的文件已失效"));
}

TEST_P(CheckedImport, belongs_to_the_account_that_checked_it) {
    auto browser = officer("he.lan");
    auto other = officer("wang.fang");
    auto const token = check(browser);
    EXPECT_EQ(import(other, token).status, 409);
    EXPECT_EQ(import(browser, "guessed").status, 409);
    EXPECT_FALSE(find_organisation(*app.database().read(), "湘潭智造有限公司"));
}

TEST_P(CheckedImport, is_kept_for_one_hour_and_then_deleted) {
    auto const account = app.account("he.lan", {{"zone_officer", {"zone"}}});
    auto browser = app.as(account);
    auto const token = check(browser);
    app.clock().advance_ms(3'601'000);
    auto later = app.as(account); // the first session was idle for too long
    EXPECT_EQ(import(later, token).status, 409);
    app.host().run_background_once();
    EXPECT_EQ(count("kernel_kept_upload"), 0);
    EXPECT_EQ(count("kernel_blob"), 0);
}

TEST_P(CheckedImport, keeps_the_latest_file_of_an_account_only) {
    auto browser = officer("he.lan");
    auto const first = check(browser);
    auto const second = check(browser);
    EXPECT_EQ(count("kernel_kept_upload"), 1);
    EXPECT_EQ(import(browser, first).status, 409);
    EXPECT_EQ(import(browser, second).status, 200);
}

TEST_P(CheckedImport, is_not_offered_for_a_file_with_mistakes) {
    auto browser = officer("he.lan");
    auto files = two_works();
    files[0].data += "x,no_such_kind\n";
    auto const page = browser.upload("/organisations/import", {{"mode", "check"}}, std::move(files));
    EXPECT_EQ(page.status, 422);
    EXPECT_EQ(count("kernel_kept_upload"), 0);
}

TEST_P(CheckedImport, starts_from_an_empty_template) {
    auto browser = officer("he.lan");
    auto const csv = browser.get("/organisations/import/template.csv");
    EXPECT_EQ(csv.status, 200);
    EXPECT_TRUE(csv.contains("name,name_en,kind,uscc,place_id"));
    EXPECT_FALSE(csv.contains("version"));
    auto const xlsx = browser.get("/organisations/import/template.xlsx");
    EXPECT_EQ(xlsx.status, 200);
    EXPECT_EQ(app.get("/organisations/import/template.csv").status, 303) << "only for those who may import";
}

} // namespace
} // namespace sangu::registry
