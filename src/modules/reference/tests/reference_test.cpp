#include "modules/reference/reference.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sangu {
Module reference_module();
}

namespace sangu::reference {
namespace {

constexpr auto zh = i18n::Language::zh_hans;
constexpr auto en = i18n::Language::en;

TEST(ReferenceTables, HaveTheSizesOfTheirPublications) {
    EXPECT_EQ(find_table(divisions)->terms.size(), 3659u + 2);
    EXPECT_EQ(find_table(industries_2017)->terms.size(), 1971u);
    EXPECT_EQ(find_table(industries_2011)->terms.size(), 1424u);
    EXPECT_EQ(find_table(strategic_industries)->terms.size(), 9u);
    EXPECT_EQ(find_table(high_tech_fields)->terms.size(), 8u);
    EXPECT_EQ(find_table(patent_classes)->terms.size(), 738u);
    EXPECT_EQ(find_table(clusters)->children("100bn").size(), 5u);
    EXPECT_EQ(find_table(clusters)->children("10bn").size(), 7u);
    EXPECT_EQ(find_table("valleys")->terms.size(), 3u);
}

TEST(ReferenceTables, EveryTermHasANameAndAParentOfItsTable) {
    for (Table const& table : tables())
        for (Term const& term : table.terms) {
            EXPECT_FALSE(term.name(zh).empty()) << table.code << " " << term.code;
            if (!term.parent.empty()) {
                EXPECT_NE(table.find(term.parent), nullptr) << table.code << " " << term.code;
            }
            if (!term.successor.empty()) {
                EXPECT_NE(table.find(term.successor), nullptr) << table.code << " " << term.code;
            }
        }
}

TEST(ReferenceTables, KeepTheCodesOfNingxiangAndLukouBeforeTheyWereACityAndADistrict) {
    Term const* const county = find_table(divisions)->find("430124");
    ASSERT_NE(county, nullptr);
    EXPECT_EQ(county->name(zh), "宁乡县");
    EXPECT_EQ(county->successor, "430182");
    EXPECT_EQ(county->status, "unconfirmed");
    EXPECT_TRUE(county->in_force(2016));
    EXPECT_FALSE(county->in_force(2017));
    EXPECT_FALSE(find_table(divisions)->find("430212")->in_force(2017));
    EXPECT_TRUE(find_table(divisions)->find("430212")->in_force(2018));
    EXPECT_EQ(find_table(divisions)->find("430221")->successor, "430212");
    EXPECT_EQ(find_table(divisions)->find("430271")->status, "statistical");
}

TEST(ReferenceTables, ShowACodeByItsEdition) {
    EXPECT_EQ(shown(divisions, "430102", en), "430102 Furong District");
    EXPECT_EQ(shown(divisions, "430102", i18n::Language::zh_hant), "430102 芙蓉區");
    EXPECT_EQ(shown(industries_2017, "C", en), "C Manufacturing");
    EXPECT_EQ(shown(patent_classes, "G", zh), "G 物理");
    EXPECT_EQ(shown(divisions, "999999", zh), "999999");
    EXPECT_EQ(shown("no-such-table", "1", zh), "1");
    auto const line = find_table(divisions)->line_of("430102");
    ASSERT_EQ(line.size(), 3u);
    EXPECT_EQ(line.front()->name_zh, "湖南省");
}

TEST(ReferencePicker, TakesACodeAWholeNameOrAPieceThatFitsOneTerm) {
    EXPECT_EQ(pick(divisions, "430182").code, "430182");
    EXPECT_EQ(pick(divisions, "430182 宁乡市").code, "430182");
    EXPECT_EQ(pick(divisions, " 寧鄉市 ").code, "430182");
    EXPECT_EQ(pick(industries_2017, "制造业").code, "C") << "the whole name of one term among many that contain it";
    EXPECT_EQ(pick(strategic_industries, "数字创意").code, "8");
    EXPECT_EQ(pick(clusters, "beidou").code, "beidou");
    Picked const several = pick(industries_2017, "铁路");
    EXPECT_TRUE(several.code.empty());
    EXPECT_GT(several.choices.size(), 1u);
    EXPECT_LE(several.choices.size(), 20u);
    EXPECT_TRUE(pick(divisions, "亚特兰蒂斯").choices.empty());
}

TEST(ReferencePicker, RefusesWhatIsUnclearAndNamesTheField) {
    EXPECT_EQ(*picked_code(divisions, "division", "  "), "");
    EXPECT_EQ(picked_code(divisions, "division", "鼓楼区").error().problems.front().key, "reference.pick.several");
    EXPECT_EQ(picked_code(divisions, "division", "Atlantis").error().problems.front().key, "reference.pick.none");
    EXPECT_EQ(picked_code(divisions, "division", "Atlantis").error().problems.front().field, "division");
}

TEST(ReferencePages, AreSearchedBrowsedAndDownloadedByEverybody) {
    test::TestApp app{{reference_module()}};
    EXPECT_TRUE(app.get("/reference").contains("GB/T 4754-2017"));
    auto const hunan = app.get("/reference/gb2260?parent=430000");
    EXPECT_TRUE(hunan.contains("长沙市"));
    EXPECT_FALSE(hunan.contains("北京市"));
    auto const found = app.get("/reference/gb2260?q=%E5%AE%81%E4%B9%A1");
    EXPECT_TRUE(found.contains("宁乡县"));
    EXPECT_TRUE(found.contains("未确认"));
    EXPECT_TRUE(app.get("/reference/gb2260?q=%00%27%22%3Cscript%3E").contains("没有"));
    EXPECT_TRUE(app.get("/reference/ipc/download.csv").contains("A01B"));
    EXPECT_EQ(app.get("/reference/none").status, 404);
    EXPECT_TRUE(app.get("/api/v1/reference/clusters?parent=100bn").contains("rail_transit"));
    EXPECT_EQ(app.get("/api/v1/reference/none").status, 404);
}

} // namespace
} // namespace sangu::reference
