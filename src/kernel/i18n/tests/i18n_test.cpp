#include "kernel/i18n/i18n.h"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <limits>
#include <thread>
#include <vector>

namespace sangu::i18n {
namespace {

TEST(Messages, ComeInThreeLanguages) {
    load_catalogues();
    EXPECT_EQ(message(Language::zh_hans, "error.unauthenticated"), "请先登录。");
    EXPECT_EQ(message(Language::zh_hant, "error.unauthenticated"), "請先登入。");
    EXPECT_EQ(message(Language::en, "error.unauthenticated"), "Please sign in first.");
}

TEST(Messages, MissingOneIsItsKeyAndIsKnownToBeMissing) {
    EXPECT_EQ(message(Language::en, "no.such.key"), "no.such.key");
    EXPECT_FALSE(has_message(Language::en, "no.such.key"));
    EXPECT_TRUE(has_message(Language::en, "error.invalid"));
    EXPECT_EQ(message(Language::en, ""), "");
}

TEST(Messages, EveryKeyIsFoundAgain) {
    for (Language const language : languages)
        for (std::string_view const key : keys(language)) EXPECT_TRUE(has_message(language, key)) << key;
}

TEST(Messages, AreFoundByAKeyThatIsPutTogether) {
    EXPECT_EQ(message(Language::en, Key{"error.", "required"}), message(Language::en, "error.required"));
    EXPECT_FALSE(has_message(Language::en, Key{"error.", std::string(500, 'x')}));
}

TEST(Messages, FillInTheirArguments) {
    std::vector<std::string> const two{"3", "5"};
    EXPECT_EQ(
        message(Language::en, "error.file.ragged", two),
        "This row has 3 cells, but the first row has 5. Add or remove cells; put quotes around text that contains the "
        "separator.");
    std::vector<std::string> const sly{"{2}"};
    EXPECT_EQ(message(Language::en, "{1}{2}{x}{", sly), "{2}{2}{x}{") << "arguments are not expanded again";
}

TEST(Messages, SayWhereInAFileTheProblemIs) {
    Problem const problem{"", "error.file.nul", {}, 3, 5};
    EXPECT_TRUE(format(Language::zh_hans, problem).starts_with("第 3 行第 5 列："));
    EXPECT_TRUE(format(Language::en, Problem{"", "error.file.nul", {}, 3, 0}).starts_with("Line 3: "));
    Error const error{Refusal::invalid, "error.invalid", {}, {problem}};
    EXPECT_NE(format(Language::en, error).find(".\nLine 3, column 5: "), std::string::npos);
}

TEST(Languages, AreNegotiated) {
    EXPECT_EQ(negotiate(""), Language::zh_hans);
    EXPECT_EQ(negotiate("en-US,en;q=0.9"), Language::en);
    EXPECT_EQ(negotiate("fr, de;q=0.9"), Language::zh_hans);
    EXPECT_EQ(negotiate("fr, en;q=0.2"), Language::en);
    EXPECT_EQ(negotiate("en;q=0.5, zh-TW;q=0.8"), Language::zh_hant);
    EXPECT_EQ(negotiate("zh-HK"), Language::zh_hant);
    EXPECT_EQ(negotiate("zh-Hans-HK"), Language::zh_hans);
    EXPECT_EQ(negotiate("en;q=0, *;q=0.1"), Language::zh_hans);
    EXPECT_EQ(negotiate("en;q=bad, ,;;;,zh_TW"), Language::zh_hant);
}

TEST(Languages, HaveTags) {
    EXPECT_EQ(language_of("ZH-tw", Language::en), Language::zh_hant);
    EXPECT_EQ(language_of("zh", Language::en), Language::zh_hans);
    EXPECT_EQ(language_of("en_GB", Language::zh_hans), Language::en);
    EXPECT_EQ(language_of("xx", Language::en), Language::en);
    for (Language const language : languages) EXPECT_EQ(language_of(tag_of(language), Language::en), language);
}

TEST(Numbers, AreGroupedAndRoundedAsOnPaper) {
    auto const number = [](double value, int decimals = 2) {
        return format_number(Language::zh_hans, value, decimals);
    };
    EXPECT_EQ(number(18000), "18,000");
    EXPECT_EQ(number(1234567.891), "1,234,567.89");
    EXPECT_EQ(number(999), "999");
    EXPECT_EQ(number(2.675), "2.68");
    EXPECT_EQ(number(0.125), "0.13");
    EXPECT_EQ(number(999.999), "1,000");
    EXPECT_EQ(number(2.5, 0), "3");
    EXPECT_EQ(number(-1500.5), "−1,500.5");
    EXPECT_EQ(number(-0.001), "0");
    EXPECT_EQ(number(0), "0");
    EXPECT_EQ(number(1e15), "1,000,000,000,000,000");
    EXPECT_EQ(number(std::numeric_limits<double>::infinity()), "–");
}

TEST(Dates, AreWrittenAsPeopleWriteThem) {
    Date const date = *make_date(2017, 4, 6);
    EXPECT_EQ(format_date(Language::zh_hans, date), "2017年4月6日");
    EXPECT_EQ(format_date(Language::en, date), "6 Apr 2017");
    Instant const instant = *parse_instant("2025-03-31T16:05:00Z");
    EXPECT_EQ(format_time(Language::zh_hans, instant), "2025年4月1日 00:05");
    EXPECT_EQ(format_time(Language::en, instant), "1 Apr 2025, 00:05");
}

TEST(Chinese, NamesBecomeTraditional) {
    EXPECT_EQ(to_traditional("长沙高新区管理委员会"), "長沙高新區管理委員會");
    EXPECT_EQ(to_traditional("长沙高新区管理委员会"), "長沙高新區管理委員會") << "from the cache";
    EXPECT_EQ(to_traditional("为群众办事"), "為群眾辦事");
    EXPECT_EQ(to_traditional("在这里"), "在這裡");
    EXPECT_EQ(to_traditional("R&D 2017"), "R&D 2017");
}

TEST(Chinese, FoldMakesSpellingsEqual) {
    EXPECT_EQ(fold("ＡＢＣ１２３"), "abc123");
    EXPECT_EQ(fold("長沙"), fold("长沙"));
    EXPECT_EQ(fold("湖南師範大學（嶽麓）"), fold("湖南师范大学(岳麓)"));
    EXPECT_EQ(fold("Straße"), "strasse");
    EXPECT_EQ(fold("Plain ASCII"), "plain ascii");
    EXPECT_EQ(fold("ｶﾞ"), fold("ガ"));
    EXPECT_EQ(fold(""), "");
}

TEST(Chinese, FoldIsIdempotentForEveryHanCharacter) {
    for (unsigned code = 0x4e00; code < 0x9fff; ++code) {
        std::string const one{static_cast<char>(0xe0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 63)),
                              static_cast<char>(0x80 | (code & 63))};
        ASSERT_EQ(fold(fold(one)), fold(one)) << one;
    }
}

TEST(Chinese, ConversionIsSafeFromManyThreads) {
    std::vector<std::thread> threads;
    std::array<std::string, 8> results;
    for (std::string& result : results)
        threads.emplace_back([&result] {
            for (int i = 0; i < 200; ++i) result = to_traditional("湘潭" + std::to_string(i % 50) + "号发展规划");
        });
    for (std::thread& thread : threads) thread.join();
    for (std::string const& result : results) EXPECT_EQ(result, "湘潭49號發展規劃");
}

TEST(Messages, LookupsAreCheap) {
    auto const all = keys(Language::zh_hans);
    std::size_t bytes = 0;
    int lookups = 0;
    auto const start = std::chrono::steady_clock::now();
    for (int round = 0; round < 20'000; ++round)
        for (std::string_view const key : all) bytes += message(Language::zh_hans, key).size(), ++lookups;
    std::chrono::duration<double, std::nano> const spent = std::chrono::steady_clock::now() - start;
    EXPECT_GT(bytes, 0u);
    RecordProperty("nanoseconds_per_lookup", std::to_string(spent.count() / lookups));
    EXPECT_LT(spent.count() / lookups, 2000) << "a lookup must not cost more than a few cache misses, even unoptimised";
}

} // namespace
} // namespace sangu::i18n
