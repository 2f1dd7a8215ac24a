#include "modules/registry/names.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sangu::registry {
namespace {

Likeness alike(std::string_view a, std::string_view b, Region region = {}) {
    return likeness(core_of(a), core_of(b), region);
}

bool share_a_block(std::string_view a, std::string_view b) {
    auto const stored = stored_blocks(core_of(a));
    return std::ranges::any_of(asked_blocks(core_of(b)),
                               [&](std::int64_t block) { return std::ranges::find(stored, block) != stored.end(); });
}

constexpr Region one_city{.same = true};
constexpr Region two_cities{.other = true};

struct Line {
    std::string_view a, b;
    Likeness expected;
    Region region = {};
};

TEST(Names, of_one_organisation_are_recognised_however_they_are_written) {
    Line const table[] = {
        {"中联重科股份有限公司", "中聯重科股份有限公司", Likeness::same},
        {"中联重科股份有限公司", "中联重科有限责任公司", Likeness::same},
        {"中联重科股份有限公司", "中联重科", Likeness::same},
        {"株洲（长江）硬质合金有限公司", "株洲(长江)硬质合金有限责任公司", Likeness::same},
        {"长沙ＡＢＣ科技有限公司", "长沙abc科技 有限公司", Likeness::same},
        {"湖南省农业科学院", "湖南农业科学院", Likeness::same},
        {"长沙市民政学院", "长沙民政学院", Likeness::same},
        {"Hunan Sunward Co., Ltd.", "hunan sunward", Likeness::same},
        {"湘潭电机股份有限公司", "香潭电机股份有限公司", Likeness::sound},
        {"湖南铁道职业技术学院", "湖南铁道职业记术学院", Likeness::sound},
        {"湖南铁道职业技术学院", "湖南道铁职业技术学院", Likeness::near},
        {"湖南铁道职业技术学院", "湖南铁道职业技学院", Likeness::near},
        {"湖南中医药大学附属医院", "湖南中医药大学附医院", Likeness::near, one_city},
        {"湖南科力远新能源股份有限公司", "湖南科力远新能源限有公司", Likeness::same},
        {"湖南科力远新能源有限公司", "湖南科力远新能源有限司", Likeness::same},
        // Others are other bodies.
        {"宁波城市职业技术学院", "宁波职业技术学院", Likeness::none, one_city},
        {"陕西中医药大学", "山西中医药大学", Likeness::none},
        {"南昌工程学院", "南昌工学院", Likeness::none, one_city},
        {"长沙医学院", "长沙学院", Likeness::none, one_city},
        {"西安工业大学", "西安工程大学", Likeness::none, one_city},
        {"湖南第一师范学院", "湖南第二师范学院", Likeness::none, one_city},
        {"东方科技职业技术学院", "西方科技职业技术学院", Likeness::none, one_city},
        {"山西师范大学", "陕西师范大学", Likeness::none, two_cities},
        {"湖南铁道职业技术学院", "湖南铁道职业技学院", Likeness::none, two_cities},
        {"中南大学", "中南大学湘雅医院", Likeness::none, one_city},
        {"三一重工股份有限公司", "三一集团有限公司", Likeness::none, one_city},
        {"长沙银行股份有限公司", "长沙银行股份有限公司株洲分行", Likeness::none, one_city},
        {"", "中南大学", Likeness::none},
        {"！？", "。、", Likeness::none},
    };
    for (Line const& line : table) {
        EXPECT_EQ(alike(line.a, line.b, line.region), line.expected) << line.a << " / " << line.b;
        EXPECT_EQ(alike(line.b, line.a, line.region), line.expected) << line.b << " / " << line.a;
        if (line.expected != Likeness::none) {
            EXPECT_TRUE(share_a_block(line.a, line.b)) << line.a << " / " << line.b;
            EXPECT_TRUE(share_a_block(line.b, line.a)) << line.b << " / " << line.a;
        }
    }
}

TEST(Names, that_are_alike_share_a_block_wherever_a_character_is_missing) {
    std::string const name = "湖南高速铁路职业技术学院";
    for (std::size_t at = 0; at < name.size(); at += 3) {
        std::string shorter = name;
        shorter.erase(at, 3);
        EXPECT_EQ(alike(name, shorter, one_city), Likeness::near) << shorter;
        EXPECT_TRUE(share_a_block(name, shorter)) << shorter;
        EXPECT_TRUE(share_a_block(shorter, name)) << shorter;
    }
}

// Thousands of companies end in the same trade: their keys must not be the same for that.
TEST(Names, that_end_in_the_same_trade_have_different_keys) {
    auto const stored = stored_blocks(core_of("长沙华天远轨道交通装备制造有限公司"));
    auto const asked = asked_blocks(core_of("长沙恒远轨道交通装备制造有限公司"));
    for (std::int64_t const block : stored) EXPECT_EQ(std::ranges::find(asked, block), asked.end());
}

TEST(Names, of_any_characters_do_no_harm) {
    for (char const* name : {"", " ", "a", "公司", "有限公司", "省", "市", "𠮷野家", "\xF0\x9F\x98\x80", "ﷺ",
                             "\xEF\xBB\xBF", "Ω≈ç√∫˜µ≤≥÷", "'; drop table", "１２３"}) {
        NameCore const core = core_of(name);
        EXPECT_EQ(core.characters.size(), core.sounds.size()) << name;
        EXPECT_EQ(stored_blocks(core).size(), core.empty() ? 0u : 1u) << name;
        EXPECT_EQ(alike(name, name) == Likeness::same, !core.empty()) << name;
    }
    EXPECT_LE(core_of(std::string(100'000, 'x')).characters.size(), 120u);
}

} // namespace
} // namespace sangu::registry
