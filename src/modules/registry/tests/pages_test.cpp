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

} // namespace
} // namespace sangu::registry
