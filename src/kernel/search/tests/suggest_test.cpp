// Completion, pinyin and "did you mean": helpful, and silent about what the caller may not see.

#include "kernel/search/suggest/nearest.h"
#include "kernel/search/suggest/suggestions.h"
#include "kernel/search/tests/collection.h"
#include "kernel/search/text/pinyin.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sangu::search {
namespace {

using test::TemporaryFolder;

Schema schema() { return {{{"title", 2, 0.5, 10}, {"text", 1, 0.75, 40}}, {"layer", "name", "keyword"}, 1.2}; }

Document document(std::string key, std::string layer, std::string name, std::vector<std::string> keywords) {
    Document document{std::move(key), {name, ""}, {{0, std::move(layer)}, {1, std::move(name)}}, 1};
    for (std::string& keyword : keywords) {
        document.fields[1].append(keyword).append("。");
        document.facets.push_back({2, std::move(keyword)});
    }
    return document;
}

class Suggest : public testing::Test {
protected:
    Suggest() : index_{folder_.path(), schema(), Lexicon::shipped(), {.merges_in_background = false}} {
        index_.apply(
            std::vector<Document>{
                document("1", "open", "株洲中车时代电气", {"永磁同步电机", "Permanent magnet synchronous motor"}),
                document("2", "open", "长沙理工大学", {"永磁同步電機", "轨道交通"}),
                document("3", "open", "重庆大学", {"永磁材料", "轨道交通"}),
                document("4", "hidden", "株洲保密研究所", {"永磁同步发电机组", "轨道交通", "永磁同步发电机组二"}),
            },
            {}, 1);
        index_.apply(std::vector<Document>{document("5", "open", "吕梁学院", {"永磁材料", "轨道電路"})}, {}, 2);
        snapshot_ = index_.snapshot();
    }

    Permitted visible() const { return {snapshot_, {{{{0, {"hidden"}, true}}}}}; }
    std::string complete(std::string_view typed, std::size_t most = 5) const {
        std::string text;
        for (Suggestion const& one : suggestions_.complete(visible(), typed, most))
            text.append(text.empty() ? "" : ", ").append(one.text).append(" ").append(std::to_string(one.documents));
        return text;
    }
    std::string meant(std::string_view query) {
        return suggestions_.did_you_mean(visible(), query, analyzer_).value_or("");
    }

    TemporaryFolder folder_;
    Index index_;
    Analyzer analyzer_;
    std::shared_ptr<Snapshot const> snapshot_;
    Suggestions suggestions_{{1, 2}};
};

TEST_F(Suggest, CompletesWhatIsTyped) {
    struct Row {
        std::string_view typed, suggested;
    };
    constexpr Row rows[] = {
        {"永磁", "永磁材料 2, 永磁同步电机 2"},
        {"永磁同步電", "永磁同步电机 2"},
        {"ＰＥＲＭ", "Permanent magnet synchronous motor 1"},
        {"zhuzhou", "株洲中车时代电气 1"},
        {"zz", "株洲中车时代电气 1"},
        {"zhuzzc", "株洲中车时代电气 1"},
        {"changsha", "长沙理工大学 1"},
        {"cs", "长沙理工大学 1"},
        {"cqdx", "重庆大学 1"},
        {"lvliang", "吕梁学院 1"},
        {"lu liang", "吕梁学院 1"},
        {"yctbdj", "永磁同步电机 2"},
        {"gd", "轨道交通 2, 轨道電路 1"},
        {"轨道", "轨道交通 2, 轨道電路 1"},
        {"大学", "重庆大学 1, 长沙理工大学 1"},
        {"大學", "重庆大学 1, 长沙理工大学 1"},
        {"保密", ""},
        {"永磁同步发", ""},
        {"yctbfdjz", ""},
        {"", ""},
        {" ", ""},
        {"，", ""},
    };
    for (auto const& [typed, suggested] : rows) EXPECT_EQ(complete(typed), suggested) << typed;
    EXPECT_EQ(complete("永磁", 1), "永磁材料 2");
    EXPECT_EQ(complete("永磁", 0), "");
    EXPECT_EQ(complete(std::string(100'000, 'z')), "");
}

TEST_F(Suggest, SaysWhatMayHaveBeenMeant) {
    struct Row {
        std::string_view typed, meant;
    };
    constexpr Row rows[] = {
        {"永磁同布电机", "永磁同步电机"},
        {"永磁同步电积的", "永磁同步电机的"},
        {"高速永磁同布電機", "高速永磁同步电机"},
        {"轨到交通 永磁材料", "轨道交通 永磁材料"},
        {"永材磁料", "永磁材料"},
        {"Syncronous motor", "synchronous motor"},
        {"permanant", ""}, // of the same stem as a word that is there
        {"yongcitongbudianji", "永磁同步电机"},
        {"guidaojiaotong", "轨道交通"},
        {"永磁同步电机", ""},
        {"motors", ""},
        {"完全不同的话", ""},
        {"xyz", ""},
        {"株洲保密研究锁", ""}, // near only to what may not be seen
        {"", ""},
    };
    for (auto const& [typed, expected] : rows) EXPECT_EQ(meant(typed), expected) << typed;
    EXPECT_EQ(meant(std::string(1'000'000, 'x')), "");
}

// The answer with hidden documents in the index is the answer without them.
TEST(Suggestions, HiddenDocumentsChangeNothing) {
    TemporaryFolder const with_folder, without_folder;
    test::Collection random{41};
    constexpr std::string_view parts[] = {"永", "磁", "电", "机", "同", "步", "motor", "moter", "通", "桐"};
    auto const text = [&] {
        std::string made;
        for (std::size_t at = 1 + random.below(5); at > 0; --at) made += parts[random.below(std::size(parts))];
        return made;
    };
    std::vector<Document> open, all;
    for (int at = 0; at < 120; ++at) {
        bool const is_hidden = random.below(2) == 0;
        all.push_back(document(std::to_string(at), is_hidden ? "hidden" : "open", text(), {text(), text()}));
        if (!is_hidden) open.push_back(all.back());
    }
    Index with{with_folder.path(), schema(), Lexicon::shipped(), {.merges_in_background = false}};
    Index without{without_folder.path(), schema(), Lexicon::shipped(), {.merges_in_background = false}};
    with.apply(std::span{all}.first(70), {}, 1);
    with.apply(std::span{all}.subspan(70), {}, 2);
    without.apply(open, {}, 1);
    Filter const filter{{{{0, {"hidden"}, true}}}};
    Permitted const seen_with{with.snapshot(), filter}, seen_without{without.snapshot(), filter};
    Suggestions const suggestions{{1, 2}};
    Analyzer analyzer;
    int completed = 0, meant = 0;
    for (int round = 0; round < 300; ++round) {
        std::string const typed = random.below(4) == 0 ? std::string{"yctb"}.substr(0, 1 + random.below(4)) : text();
        auto const answer = suggestions.complete(seen_with, typed, 4);
        EXPECT_EQ(answer, suggestions.complete(seen_without, typed, 4)) << typed;
        auto const other = suggestions.did_you_mean(seen_with, typed, analyzer);
        EXPECT_EQ(other, suggestions.did_you_mean(seen_without, typed, analyzer)) << typed;
        completed += answer.empty() ? 0 : 1;
        meant += other ? 1 : 0;
    }
    EXPECT_GT(completed, 50);
    EXPECT_GT(meant, 20);
}

TEST(Pinyin, ReadsNames) {
    auto const begins = [](std::u32string_view text, std::string_view typed) { return begins_with_typed(text, typed); };
    EXPECT_TRUE(begins(U"曾国藩", "zengguofan"));
    EXPECT_TRUE(begins(U"单雄信", "shanxx"));
    EXPECT_TRUE(begins(U"解缙", "xiejin"));
    EXPECT_TRUE(begins(U"中国银行", "zhongguoyinhang"));
    EXPECT_TRUE(begins(U"株洲（高新）区", "zzgxq"));
    EXPECT_TRUE(begins(U"5g通信", "5gtx"));
    EXPECT_TRUE(begins(U"女", "nv"));
    EXPECT_FALSE(begins(U"株洲", "zx"));
    EXPECT_FALSE(begins(U"株洲", "zhuzhouu"));
    EXPECT_FALSE(begins(U"", "z"));
    EXPECT_FALSE(begins(U"株洲", ""));
    EXPECT_TRUE(is_read_as(U"株洲", "zhuzhou"));
    EXPECT_FALSE(is_read_as(U"株洲", "zhuzh"));
    EXPECT_TRUE(sound_alike(U'步', U'布'));
    EXPECT_FALSE(sound_alike(U'步', U'机'));
}

TEST(Nearest, CountsHalfSteps) {
    EXPECT_EQ(distance(U"motor", U"motor"), 0U);
    EXPECT_EQ(distance(U"moter", U"motor"), 2U);
    EXPECT_EQ(distance(U"mtoor", U"motor"), 2U);
    EXPECT_EQ(distance(U"mot", U"motor"), 4U);
    EXPECT_EQ(distance(U"同布", U"同步"), 1U);
    EXPECT_EQ(distance(U"", U"同步"), 4U);
    Nearest const part = nearest_part(U"高速同布电机", U"同步");
    EXPECT_EQ(part.cost, 1U);
    EXPECT_EQ(part.begin, 2U);
    EXPECT_EQ(part.end, 4U);
}

} // namespace
} // namespace sangu::search
