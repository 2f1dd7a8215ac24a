// From what is typed to what is found, counted and shown.

#include "kernel/search/query/explain.h"
#include "kernel/search/query/match.h"
#include "kernel/search/query/search.h"
#include "kernel/search/query/weigh.h"
#include "kernel/search/tests/collection.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace sangu::search {
namespace {

using test::TemporaryFolder;

constexpr std::string_view fields[] = {"title", "text", "codes"};

class Query : public testing::Test {
protected:
    Query()
        : index_{folder_.path(), test::small_schema(), Lexicon::shipped(), {.merges_in_background = false}},
          analyzer_{Lexicon::shipped()} {
        index_.apply(
            std::vector<Document>{
                {"motor",
                 {"永磁同步電機", "用於軌道交通的永磁同步電機控制方法，功率10千瓦", "H02K"},
                 {{0, "patent"}, {1, "株洲"}},
                 1},
                {"bearing", {"磁悬浮轴承", "高速电机用磁悬浮轴承", "F16C"}, {{0, "patent"}, {1, "长沙"}}, 1},
                {"paper", {"The control of motors", "A study of 10 kW permanent magnet motors", ""}, {{0, "paper"}}, 1},
                {"secret", {"永磁同步电机", "永磁同步电机", ""}, {{0, "secret"}, {1, "株洲"}}, 1},
            },
            {}, 1);
        snapshot_ = index_.snapshot();
    }

    Permitted visible() const { return {snapshot_, {{{{0, {"secret"}, true}}}}}; }

    std::string found(std::string_view typed) {
        auto const parsed = parse_query(typed, fields);
        std::vector<std::string> keys;
        auto const query = weigh(parsed.root, analyzer_, *snapshot_);
        for (Hit const& hit : search(matching(visible(), parsed.root, analyzer_), query, 10))
            keys.emplace_back(snapshot_->key(hit.place));
        std::ranges::sort(keys);
        return std::accumulate(keys.begin(), keys.end(), std::string{}, [](std::string sum, std::string const& key) {
            return sum + (sum.empty() ? "" : " ") + key;
        });
    }

    TemporaryFolder folder_;
    Index index_;
    Analyzer analyzer_;
    std::shared_ptr<Snapshot const> snapshot_;
};

TEST_F(Query, FindsWhatItSays) {
    struct Row {
        std::string_view typed, keys;
    };
    constexpr Row rows[] = {
        {"永磁同步电机", "motor"},
        {"ＭＯＴＯＲ", "paper"},
        {"10kW", "motor paper"},
        {"电机", "bearing motor"},
        {"电机 motor", "bearing motor paper"},
        {"+电机 -磁悬浮", "motor"},
        {"电机 AND 轴承", "bearing"},
        {"轨道交通 OR 磁悬浮", "bearing motor"},
        {"title:电机", "motor"},
        {"text:电机 NOT title:磁悬浮", "motor"},
        {"codes:(H02K OR F16C)", "bearing motor"},
        {"\"磁悬浮轴承\"", "bearing"},
        {"-电机", ""},
        {"the", "paper"}, // stop words count when there is nothing else
        {"", ""},
        {"，。", ""},
    };
    for (auto const& [typed, keys] : rows) EXPECT_EQ(found(typed), keys) << typed;
}

TEST_F(Query, WhatMayNotBeSeenIsNeitherFoundNorCounted) {
    auto const query = weigh("永磁同步电机", analyzer_, *snapshot_);
    auto const matched = matching_any(visible(), query);
    EXPECT_EQ(matched.count(), 2U);
    EXPECT_EQ(count_facet(matched, 0), (std::vector<std::pair<std::string, std::uint64_t>>{{"patent", 2}}));
    EXPECT_EQ(count_facet(matched, 1), (std::vector<std::pair<std::string, std::uint64_t>>{{"株洲", 1}, {"长沙", 1}}));
    EXPECT_EQ(Permitted(visible(), matched).count(), 2U);
}

TEST_F(Query, ALongTextKeepsItsStrongestTerms) {
    std::string text = "永磁同步电机 ";
    for (int at = 0; at < 2000; ++at) text += "word" + std::to_string(at) + " ";
    EXPECT_EQ(weigh(text, analyzer_, *snapshot_).size(), 256U);
    auto const query = weigh(text, analyzer_, *snapshot_, {.terms_max = 7});
    EXPECT_EQ(query.size(), 7U);
    EXPECT_TRUE(std::ranges::count(query, "永磁", &QueryTerm::term) == 1);
}

TEST_F(Query, SynonymsWidenIt) {
    Synonyms const synonyms{"PMSM => 永磁同步电机 @0.6"};
    EXPECT_TRUE(search(visible(), weigh("PMSM", analyzer_, *snapshot_), 10).empty());
    auto const hits = search(visible(), weigh("PMSM", analyzer_, *snapshot_, {.synonyms = &synonyms}), 1);
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_EQ(snapshot_->key(hits[0].place), "motor");
}

TEST_F(Query, MoreLikeThisFindsItselfFirst) {
    auto const place = snapshot_->find("motor");
    ASSERT_TRUE(place);
    auto const hits = search(visible(), weigh_like(*snapshot_, *place), 10);
    ASSERT_GE(hits.size(), 2U);
    EXPECT_EQ(snapshot_->key(hits[0].place), "motor");
    EXPECT_GT(hits[0].score, 2 * hits[1].score);
}

TEST_F(Query, ReasonsAddUpToTheScore) {
    auto const query = weigh("轨道交通永磁同步电机", analyzer_, *snapshot_);
    auto const hit = search(visible(), query, 1).at(0);
    double sum = 0;
    bool in_title = false, in_text = false;
    for (Reason const& reason : reasons(*snapshot_, query, hit.place)) {
        EXPECT_GT(reason.share, 0);
        in_title = in_title || reason.field == 0;
        in_text = in_text || reason.field == 1;
        sum += reason.share;
    }
    EXPECT_NEAR(sum, hit.score, 1e-12);
    EXPECT_TRUE(in_title && in_text);
}

TEST_F(Query, PassagesMarkTheOriginal) {
    std::string const text =
        "本發明涉及很多方面。" + std::string("無關的話，").append("說了又說，") + "特別是永磁同步電機的控制。";
    auto const passage = best_passage(text, weigh("永磁同步电机", analyzer_, *snapshot_), analyzer_, 16);
    ASSERT_EQ(passage.marks.size(), 1U);
    auto const& mark = passage.marks[0];
    EXPECT_EQ(text.substr(mark.begin, mark.end - mark.begin), "永磁同步電機");
    EXPECT_LE(passage.begin, mark.begin);
    EXPECT_LE(mark.end, passage.end);
    auto const none = best_passage("別的文字", weigh("永磁", analyzer_, *snapshot_), analyzer_, 2);
    EXPECT_EQ(none.begin, 0U);
    EXPECT_EQ(none.end, 6U);
    EXPECT_TRUE(none.marks.empty());
}

} // namespace
} // namespace sangu::search
