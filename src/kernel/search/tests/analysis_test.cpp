// What a text is found by.

#include "base/text.h"
#include "kernel/i18n/i18n.h"
#include "kernel/search/text/analyzer.h"
#include "kernel/search/text/quantity.h"
#include "kernel/search/text/synonyms.h"
#include "support/files.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sangu::search {
namespace {

Analyzer& analyzer() {
    static Analyzer instance;
    return instance;
}

std::vector<std::string> terms(std::string_view text) {
    std::vector<std::string> result;
    for (Token const& token : analyzer().analyse(text).tokens) result.emplace_back(token.term);
    return result;
}

bool has(std::string_view text, std::string_view term) { return std::ranges::count(terms(text), term) > 0; }

using Terms = std::vector<std::string>;

TEST(Analysis, EveryPairOfCharactersIsATermAndLongWordsAreToo) {
    EXPECT_EQ(terms("数据库"), (Terms{"数据", "数据库", "据库"}));
    EXPECT_EQ(terms("钢"), (Terms{"钢"}));
    EXPECT_EQ(terms("钢，铁"), (Terms{"钢", "铁"}));
}

TEST(Analysis, FormsOfWritingDoNotMatter) {
    Terms const expected = terms("永磁同步电机 pmsm");
    EXPECT_EQ(terms("永磁同步電機　ＰＭＳＭ"), expected);
    EXPECT_EQ(terms("永磁同步电机 PMSM"), expected);
    EXPECT_EQ(terms("ﬁne"), terms("fine"));
}

TEST(Analysis, ABigramKnowsWhetherItIsAWord) {
    for (Token const& token : analyzer().analyse("经济发展").tokens) {
        EXPECT_EQ(token.is_word, token.term != "济发") << token.term;
    }
}

TEST(Analysis, CharactersBeyondTheBasicPlaneSurvive) {
    EXPECT_EQ(terms("𠮷野家"), (Terms{"𠮷野", "野家"}));
    EXPECT_EQ(terms("𠮷"), (Terms{"𠮷"}));
    auto const& tokens = analyzer().analyse("在𠮷野").tokens;
    ASSERT_EQ(tokens.size(), 2U);
    EXPECT_EQ(tokens[1].begin, 3U);
    EXPECT_EQ(tokens[1].end, 10U); // four bytes and three
}

TEST(Analysis, LatinWordsAreStemmedLightly) {
    EXPECT_EQ(terms("Motors motor"), (Terms{"motor", "motor"}));
    EXPECT_EQ(terms("boundary-layer flows"), (Terms{"boundari", "layer", "flow"}));
    EXPECT_EQ(terms("Москва"), (Terms{"москва"}));
}

TEST(Analysis, StopWordsAreKeptAndKnown) {
    auto const& tokens = analyzer().analyse("the motor").tokens;
    ASSERT_EQ(tokens.size(), 2U);
    EXPECT_FALSE(tokens[0].is_word);
    EXPECT_TRUE(tokens[1].is_word);
}

TEST(Analysis, CodesAreFoundWholeAndInParts) {
    EXPECT_EQ(terms("H01M 10/0525"), (Terms{"h01m", "10", "525", "10/0525"}));
    EXPECT_EQ(terms("GB/T-2260"), (Terms{"gb", "t", "2260", "gb/t-2260"}));
    EXPECT_TRUE(has("Al₂O₃", "al2o3"));
}

TEST(Analysis, OneCharacterFindsInsideWordsWhereAskedFor) {
    Analyzer each{Lexicon::shipped(), {.characters = true}};
    std::size_t characters = 0;
    for (Token const& token : each.analyse("永磁电机").tokens) characters += token.kind == TokenKind::character;
    EXPECT_EQ(characters, 4U);
}

TEST(Analysis, NumbersWithUnitsAreOneTermHoweverTheyAreWritten) {
    struct Row {
        std::string_view text, term;
    };
    constexpr Row rows[] = {
        {"10kW", "10000 W"},
        {"10 kW", "10000 W"},
        {"１０ｋＷ", "10000 W"},
        {"10千瓦", "10000 W"},
        {"0.01MW", "10000 W"},
        {"1万千瓦", "1e+07 W"},
        {"5 mW", "0.005 W"},
        {"5mw", "5e+06 W"},
        {"30MPa", "3e+07 Pa"},
        {"1,200 kg", "1200 kg"},
        {"3.5吨", "3500 kg"},
        {"200万元", "2e+06 CNY"},
        {"1.5亿元", "1.5e+08 CNY"},
        {"300 r/min", "300 rpm"},
        {"50％", "50 %"},
        {"25℃", "25 °C"},
        {"3㎏", "3 kg"},
        {"10万平方米", "100000 m2"},
        {"100 km/h", "27.7778 m/s"},
        {"3μm", "3e-06 m"},
    };
    for (auto const& [text, term] : rows) EXPECT_TRUE(has(text, term)) << text << ": " << join(terms(text), " | ");
}

TEST(Analysis, NumbersAreNotTakenFromInsideWords) {
    EXPECT_EQ(terms("5G"), (Terms{"5g"}));
    EXPECT_EQ(terms("10万人"), (Terms{"100000", "人"}));
    EXPECT_FALSE(has("10 metres", "10 m"));
    EXPECT_EQ(terms("2017-2019"), (Terms{"2017", "2019", "2017-2019"}));
}

TEST(Analysis, OffsetsShowTheTermInTheSource) {
    std::string_view const text = "采用ＰＭＳＭ電機（10 kW）";
    std::vector<std::string> shown;
    for (Token const& token : analyzer().analyse(text).tokens)
        shown.emplace_back(text.substr(token.begin, token.end - token.begin));
    EXPECT_EQ(shown, (Terms{"采用", "ＰＭＳＭ", "電機", "10", "10 kW"}));
}

TEST(Analysis, TheFoldIsTheOneOfTheProduct) {
    for (std::string_view const text : {"e\u0301", "カ\u3099", "한국어", "ﬁ", "ǅ", "İ", "à la\u00ADcarte", "發展發麵裡",
                                        "㎏㍿", "数\u200B据", "薴苧"}) {
        std::vector<Character> characters;
        normalise(text, characters);
        std::string folded;
        for (Character const& character : characters) append_utf8(folded, character.code);
        EXPECT_EQ(folded, i18n::fold(text)) << text;
    }
}

TEST(Analysis, AnyBytesHaveAnAnswer) {
    EXPECT_TRUE(terms("").empty());
    EXPECT_TRUE(terms(" ，。!?\n").empty());
    EXPECT_EQ(terms("a\xff\xfe"
                    "b"),
              (Terms{"a", "b"}));
    EXPECT_EQ(terms(std::string(1 << 20, 'x'))[0].size(), 64U);
    std::string han;
    for (int i = 0; i < 50'000; ++i) han += "一";
    EXPECT_GT(terms(han).size(), 49'000U);
}

TEST(Analysis, NaughtyStringsHaveAnAnswer) {
    auto const archive = test::shared_data("conformance/blns.tar.xz");
    if (archive.empty()) GTEST_SKIP() << "the shared data is absent";
    auto const folder = std::filesystem::temp_directory_path() / "sangu-search-blns";
    std::filesystem::create_directories(folder);
    ASSERT_TRUE(test::unpack(archive, folder));
    std::size_t lines = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (!entry.is_regular_file()) continue;
        auto const content = test::read_file(entry.path());
        for (std::string_view const line : split_text(content, '\n')) {
            terms(line);
            ++lines;
        }
    }
    EXPECT_GT(lines, 500U);
}

TEST(Lexicon, AdministratorsAddWords) {
    Lexicon const own{"# own words\n磁浮交通\t12\n轨道\n"};
    EXPECT_EQ(own.size(), 2U);
    Analyzer plain{std::make_shared<Lexicon const>("")};
    Analyzer taught{std::make_shared<Lexicon const>(own)};
    auto const count = [](Analyzer& one) {
        auto const& tokens = one.analyse("中低速磁浮交通").tokens;
        return std::ranges::count(tokens, "磁浮交通", &Token::term);
    };
    EXPECT_EQ(count(plain), 0);
    EXPECT_EQ(count(taught), 1);
}

TEST(Lexicon, ShipsTheWordsOfTheDomains) {
    EXPECT_GT(Lexicon::shipped()->size(), 20'000U);
    EXPECT_TRUE(has("关系型数据库管理系统", "关系型数据库"));
}

TEST(SynonymRules, HaveADirection) {
    Synonyms const rules{"# rules\nPMSM = 永磁同步电机\n电机 => 电动机, 马达 @0.7\n"};
    auto const texts = [&](std::string_view query) {
        Terms found;
        for (Expansion const& expansion : rules.expand(query)) found.push_back(expansion.text);
        return found;
    };
    EXPECT_EQ(texts("ＰＭＳＭ控制"), (Terms{"永磁同步电机"}));
    EXPECT_EQ(texts("永磁同步電機"), (Terms{"PMSM"}));
    EXPECT_EQ(texts("小型电机"), (Terms{"电动机", "马达"}));
    EXPECT_TRUE(texts("马达").empty());
    EXPECT_TRUE(texts("PMSMX").empty());
    EXPECT_FLOAT_EQ(rules.expand("电机")[0].weight, 0.7F);
    EXPECT_FLOAT_EQ(rules.expand("PMSM")[0].weight, 0.5F);
}

TEST(SynonymRules, LinesThatAreNoRuleAreCounted) {
    Synonyms const rules{"just words\n=> b\na =>\na = b @7\na = \nab = cd\n"};
    EXPECT_EQ(rules.refused_lines(), 5U);
    EXPECT_EQ(rules.size(), 2U);
}

} // namespace
} // namespace sangu::search
