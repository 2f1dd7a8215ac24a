#include "modules/experts/rules.h"

#include <gtest/gtest.h>

namespace sangu::experts {
namespace {

using Words = std::vector<std::string>;

TEST(Terms, AreNeighbouringCharactersAndWords) {
    struct Row {
        std::string_view text;
        Words terms;
    };
    Row const rows[] = {
        {"减振材料", {"减振", "振材", "材料"}},
        {"減振材料", {"减振", "振材", "材料"}},
        {"ＰＬＣ控制", {"plc", "控制"}},
        {"减振，材料", {"减振", "材料"}},
        {"减振技术", {"减振", "振技"}}, // 技术 says nothing
        {"a 一", {}},
        {"", {}},
        {"减振减振", {"减振", "振减"}},
        {"\xF0\xA0\xAE\xB7\xF0\xA0\xAE\xB7", {"\xF0\xA0\xAE\xB7\xF0\xA0\xAE\xB7"}}, // beyond U+FFFF
    };
    for (Row const& row : rows) EXPECT_EQ(terms_of(row.text), row.terms) << row.text;
    std::string long_text;
    for (int i = 0; i < 3000; ++i) long_text += "word" + std::to_string(i) + " ";
    EXPECT_EQ(terms_of(long_text).size(), 400U);
}

TEST(Reasons, ShowWholePiecesOfTheQuestion) {
    Words const known = terms_of("轨道车辆减振降噪\n聚氨酯 PLC");
    EXPECT_EQ(shared_pieces("寻找减振降噪的办法，最好用plc", known, 6), (Words{"减振降噪", "plc"}));
    EXPECT_EQ(shared_pieces("减振降噪，减振，降噪", known, 6), (Words{"减振降噪"}))
        << "a part of a piece is not told twice";
    EXPECT_EQ(shared_pieces("电池", known, 6), Words{});
    EXPECT_EQ(shared_pieces("轨道 减振 聚氨酯", known, 1), Words{"聚氨酯"}) << "the longest first";
}

TEST(Conflicts, AreFoundByNameHoweverItIsWritten) {
    Expert expert;
    expert.name = "林远";
    expert.employer = "湘江轨道研究所";
    Avoidance wife{.ground = Ground::family, .name = "周岚"}, firm{.ground = Ground::other, .name = "株洲减振科技"};
    std::vector<Avoidance> const declared{wife, firm};
    struct Row {
        std::string party;
        std::optional<Ground> ground;
        bool declared;
    };
    Row const rows[] = {
        {"湘江轨道研究所", Ground::employer, false},
        {"湘江軌道研究所（材料室）", Ground::employer, false}, // contained, and in other characters
        {"林远", Ground::other, false},
        {"周岚", Ground::family, true},
        {"周岚岚", std::nullopt, false}, // a name of two characters is not looked for inside others
        {"株洲减振科技有限公司", Ground::other, true},
        {"长沙某公司", std::nullopt, false},
        {"", std::nullopt, false},
    };
    for (Row const& row : rows) {
        std::string const parties[] = {row.party};
        auto const found = conflict_of(expert, declared, parties);
        EXPECT_EQ(found.has_value(), row.ground.has_value()) << row.party;
        if (!found || !row.ground) continue;
        EXPECT_EQ(found->ground, *row.ground) << row.party;
        EXPECT_EQ(found->declared, row.declared) << row.party;
    }
    EXPECT_FALSE(conflict_of(expert, declared, {}));
}

} // namespace
} // namespace sangu::experts
