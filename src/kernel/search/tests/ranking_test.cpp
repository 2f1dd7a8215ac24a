// What the ranking takes into account besides words: exact, explained, and off unless asked for.

#include "kernel/search/query/explain.h"
#include "kernel/search/query/feedback.h"
#include "kernel/search/query/nearness.h"
#include "kernel/search/query/weigh.h"
#include "kernel/search/tests/collection.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sangu::search {
namespace {

using test::Collection;
using test::TemporaryFolder;

std::vector<std::string> keys_of(Snapshot const& snapshot, std::vector<Hit> const& hits) {
    std::vector<std::string> keys;
    for (Hit const& hit : hits) keys.emplace_back(snapshot.key(hit.place));
    return keys;
}

Prior prior_of_places(double most) {
    return {1, most, [](std::string_view value) { return value == "p3" ? 0.5 : value == "p4" ? 9.0 : -1.0; }};
}

class RankingTest : public testing::Test {
protected:
    RankingTest() : index_{folder_.path(), test::small_schema(), Lexicon::shipped(), {.merges_in_background = false}} {}

    TemporaryFolder folder_;
    Index index_;
    Analyzer analyzer_;
};

TEST_F(RankingTest, PruningStaysExact) {
    Collection random{51, 80};
    for (int part = 0; part < 4; ++part)
        index_.apply(random.documents(1500, static_cast<std::size_t>(part) * 1400), {}, 1);
    auto const snapshot = index_.snapshot();
    Permitted const some{snapshot, {{{{0, {"k0", "k1"}}}}}};
    std::vector<Ranking> rankings(4);
    rankings[1].fields = {3, 0.5, 0, 1, 1, 1, 1, 1};
    rankings[2].priors = {prior_of_places(0.8)};
    rankings[3].fields = {0.1, 0.2, 0.3, 1, 1, 1, 1, 1};
    rankings[3].priors = {prior_of_places(2), {0, 1, [](std::string_view value) { return value == "k1" ? 1.0 : 0.0; }}};
    for (Ranking const& ranking : rankings)
        for (std::size_t const terms : {1, 4, 40}) {
            auto const query = random.query(terms);
            auto const pruned = search(some, query, 20, nullptr, ranking);
            auto const exhaustive = search_exhaustively(some, query, 20, ranking);
            ASSERT_EQ(keys_of(*snapshot, pruned), keys_of(*snapshot, exhaustive));
            for (std::size_t at = 0; at < pruned.size(); ++at) {
                EXPECT_EQ(pruned[at].score, exhaustive[at].score);
                double sum = 0;
                for (Reason const& reason : reasons(*snapshot, query, pruned[at].place, ranking)) sum += reason.share;
                EXPECT_NEAR(sum, pruned[at].score, 1e-9);
            }
        }
}

TEST_F(RankingTest, WeightsOfFieldsAndPriorsMoveHits) {
    index_.apply(
        std::vector<Document>{
            {"title", {"轴承", "別的", ""}, {{0, "2020-01-01"}, {1, "F16C 32/04"}}, 1},
            {"text", {"別的", "轴承", ""}, {{0, "2026-11-01"}, {1, "H02K 7/09"}}, 1},
        },
        {}, 1);
    Permitted const everything{index_.snapshot(), {}};
    auto const query = weigh("轴承", analyzer_, *index_.snapshot());
    auto const first = [&](Ranking const& ranking) {
        return keys_of(*index_.snapshot(), search(everything, query, 1, nullptr, ranking)).at(0);
    };
    EXPECT_EQ(first({}), "title");
    Ranking ranking;
    ranking.fields[0] = 0.1;
    EXPECT_EQ(first(ranking), "text");
    Date const today = *parse_date("2026-11-25");
    EXPECT_EQ(first({.priors = {prior_for_fresh(0, today, 365, 2)}}), "text");
    EXPECT_EQ(first({.priors = {prior_for_fresh(0, today, 365, 0.01)}}), "title");
    EXPECT_EQ(first({.priors = {prior_for_codes(1, {"H02K 7/00"}, 2)}}), "text");
    EXPECT_EQ(first({.priors = {prior_for_codes(1, {"F16C 32/04"}, 2)}}), "title");
    EXPECT_EQ(first({.priors = {prior_for_codes(1, {"A01B"}, 2)}}), "title");
}

TEST(Prior, GivesWhatItSays) {
    Date const today = *parse_date("2026-11-25");
    Prior const fresh = prior_for_fresh(0, today, 100, 0.5);
    EXPECT_DOUBLE_EQ(fresh.gives("2026-11-25"), 0.5);
    EXPECT_DOUBLE_EQ(fresh.gives("2027-05-01"), 0.5);
    EXPECT_DOUBLE_EQ(fresh.gives("2026-08-17"), 0.25);
    EXPECT_EQ(fresh.gives("yesterday"), 0);
    Prior const codes = prior_for_codes(0, {"H01M 10/0525"}, 1);
    EXPECT_DOUBLE_EQ(codes.gives("H01M 10/0525"), 1);
    EXPECT_DOUBLE_EQ(codes.gives("H01M"), 4.0 / 11);
    EXPECT_DOUBLE_EQ(codes.gives("H01"), 3.0 / 11);
    EXPECT_EQ(codes.gives("H02K"), 0);
    EXPECT_EQ(codes.gives(""), 0);
}

TEST_F(RankingTest, NearnessPrefersNeighbours) {
    index_.apply(
        std::vector<Document>{
            {"apart", {"", "magnet of the machine, a synchronous one; motor", ""}, {}, 1},
            {"beside", {"", "of the machine, a one: synchronous magnet motor", ""}, {}, 1},
            {"split", {"", "永磁材料，同步加工，电机", ""}, {}, 1},
            {"whole", {"", "永磁同步电机，材料加工", ""}, {}, 1},
        },
        {}, 1);
    auto const snapshot = index_.snapshot();
    Permitted const everything{snapshot, {}};
    auto const order = [&](std::string_view text) {
        auto hits = search(everything, weigh(text, analyzer_, *snapshot), 10);
        return keys_of(*snapshot, by_nearness(*snapshot, hits, text, analyzer_, {.weight = 1}));
    };
    EXPECT_EQ(order("synchronous magnet motor").at(0), "beside");
    EXPECT_EQ(order("永磁同步电机").at(0), "whole");
    auto const place = *snapshot->find("apart");
    EXPECT_EQ(nearness(*snapshot, "motor", analyzer_, place), 0);
    EXPECT_EQ(nearness(*snapshot, "", analyzer_, place), 0);
    EXPECT_TRUE(by_nearness(*snapshot, {}, "motor", analyzer_).empty());
}

TEST_F(RankingTest, FeedbackFindsWhatHitsHaveInCommon) {
    index_.apply(
        std::vector<Document>{
            {"1", {"", "磁悬浮 stator winding", ""}, {}, 1},
            {"2", {"", "磁悬浮 stator", ""}, {}, 1},
            {"3", {"", "stator of another kind", ""}, {}, 1},
            {"4", {"", "nothing at all", ""}, {}, 1},
        },
        {}, 1);
    auto const snapshot = index_.snapshot();
    Permitted const everything{snapshot, {}};
    auto query = weigh("磁悬浮", analyzer_, *snapshot);
    auto const hits = search(everything, query, 10);
    EXPECT_EQ(hits.size(), 2U);
    query = with_feedback(*snapshot, query, hits);
    auto const keys = keys_of(*snapshot, search(everything, query, 10));
    EXPECT_EQ(keys.size(), 3U);
    EXPECT_EQ(keys.back(), "3");
    EXPECT_EQ(with_feedback(*snapshot, query, {}).size(), query.size());
    EXPECT_EQ(with_feedback(*snapshot, WeightedQuery(query_terms_max), hits).size(), query_terms_max);
}

} // namespace
} // namespace sangu::search
