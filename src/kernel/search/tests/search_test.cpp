// The answer of the pruned search is the answer of scoring every document.

#include "kernel/search/query/scorer.h"
#include "kernel/search/query/search.h"
#include "kernel/search/tests/collection.h"

#include <gtest/gtest.h>

#include <numeric>

namespace sangu::search {
namespace {

using test::Collection;
using test::TemporaryFolder;

std::shared_ptr<Lexicon const> no_words() {
    static auto const lexicon = std::make_shared<Lexicon const>("");
    return lexicon;
}

IndexSettings by_hand() { return {.merges_in_background = false}; }

void expect_equal(std::vector<Hit> const& pruned, std::vector<Hit> const& exhaustive) {
    ASSERT_EQ(pruned.size(), exhaustive.size());
    for (std::size_t at = 0; at < pruned.size(); ++at) {
        EXPECT_EQ(pruned[at].score, exhaustive[at].score) << at; // to the last bit
        EXPECT_EQ(pruned[at].place, exhaustive[at].place) << at;
    }
}

TEST(Postings, ReadAsTheyWereWritten) {
    Collection random{7};
    for (std::size_t const count : {1, 2, 127, 128, 129, 256, 1000, 5000})
        for (std::size_t const gap : {1, 2, 3, 100, 70'000}) {
            std::vector<Posting> postings;
            std::uint32_t document = 0;
            for (std::size_t at = 0; at < count; ++at) {
                document += static_cast<std::uint32_t>(1 + random.below(gap));
                postings.push_back({document, static_cast<std::uint8_t>(1 + random.below(255))});
            }
            std::string bytes;
            encode_postings(bytes, postings);
            bytes.append(8, '\0');
            EXPECT_EQ((PostingsView{bytes.data(), static_cast<std::uint32_t>(count)}.all()), postings);
        }
    EXPECT_EQ(PostingsView(Posting{5, 9}).all(), (std::vector<Posting>{{5, 9}}));
}

TEST(Search, PruningNeverChangesTheAnswer) {
    for (unsigned seed = 1; seed <= 4; ++seed) {
        TemporaryFolder const folder;
        Collection random{seed, seed % 2 == 0 ? 40U : 3000U};
        Index index{folder.path(), test::small_schema(), no_words(), by_hand()};
        index.apply(random.documents(5000), {}, 1);
        index.apply(random.documents(1500, 4500), {}, 2); // five hundred replace
        index.apply({}, std::vector<std::string>{"d3", "d77", "d5990"}, 3);
        auto const snapshot = index.snapshot();
        EXPECT_EQ(snapshot->documents(), 5997U);
        Permitted const everything{snapshot, {}};
        Permitted const some{snapshot, {{{{0, {"k0", "k1"}}}, {{1, {"p3"}}, {1, {"p4", "p5"}, true}}}}};
        for (std::size_t const terms : {1, 2, 5, 30, 150})
            for (std::size_t const k : {1, 10, 100}) {
                auto const query = random.query(terms);
                expect_equal(search(everything, query, k), search_exhaustively(everything, query, k));
                expect_equal(search(some, query, k), search_exhaustively(some, query, k));
            }
    }
}

TEST(Search, EqualScoresAreInTheOrderOfTheirKeys) {
    TemporaryFolder const folder;
    Index index{folder.path(), test::small_schema(), no_words(), by_hand()};
    std::vector<Document> same;
    for (int at = 0; at < 3000; ++at) same.push_back({"k" + std::to_string(10'000 - at), {"motor", "", ""}, {}, 1});
    index.apply(same, {}, 1);
    Permitted const everything{index.snapshot(), {}};
    auto const hits = search(everything, {{"motor"}}, 20);
    expect_equal(hits, search_exhaustively(everything, {{"motor"}}, 20));
    EXPECT_EQ(index.snapshot()->key(hits[0].place), "k10000");
    EXPECT_EQ(index.snapshot()->key(hits[1].place), "k7001");
}

TEST(Search, PruningSavesWork) {
    TemporaryFolder const folder;
    Collection random{3, 20'000};
    Index index{folder.path(), test::small_schema(), no_words(), by_hand()};
    index.apply(random.documents(20'000), {}, 1);
    Permitted const everything{index.snapshot(), {}};
    SearchStatistics statistics;
    search(everything, {{"w1"}, {"w900"}, {"w901"}}, 10, &statistics);
    EXPECT_LT(statistics.scored, 2000U);
}

TEST(Search, NothingIsFoundByNothing) {
    TemporaryFolder const folder;
    Index index{folder.path(), test::small_schema(), no_words(), by_hand()};
    EXPECT_TRUE(search(Permitted{index.snapshot(), {}}, {{"w1"}}, 10).empty());
    index.apply(Collection{1}.documents(10), {}, 1);
    Permitted const everything{index.snapshot(), {}};
    EXPECT_TRUE(search(everything, {}, 10).empty());
    EXPECT_TRUE(search(everything, {{"absent"}}, 10).empty());
    EXPECT_TRUE(search(everything, {{"w1"}}, 0).empty());
    EXPECT_TRUE(search(Permitted{index.snapshot(), {{{{0, {"absent"}}}}}}, {{"w0"}}, 10).empty());
}

TEST(Search, SharesAddUpToTheScore) {
    TemporaryFolder const folder;
    Collection random{5};
    Index index{folder.path(), test::small_schema(), no_words(), by_hand()};
    index.apply(random.documents(500), {}, 1);
    auto const snapshot = index.snapshot();
    auto const query = random.query(20);
    Scorer const scorer{*snapshot, query};
    for (Hit const& hit : search(Permitted{snapshot, {}}, query, 50)) {
        double sum = 0;
        for (auto const& term : scorer.shares(hit.place)) sum = std::accumulate(term.begin(), term.end(), sum);
        EXPECT_NEAR(sum, hit.score, 1e-9);
    }
}

TEST(Search, ScoresDoNotDependOnSegments) {
    TemporaryFolder const one, many;
    Collection random{11};
    auto const documents = random.documents(3000);
    Index whole{one.path(), test::small_schema(), no_words(), by_hand()};
    whole.apply(documents, {}, 1);
    Index parts{many.path(), test::small_schema(), no_words(), by_hand()};
    for (std::size_t at = 0; at < documents.size(); at += 300)
        parts.apply(std::span{documents}.subspan(at, 300), {}, at);
    auto const query = random.query(40);
    auto const answer = [&](Index const& index) {
        std::vector<std::pair<double, std::string>> found;
        for (Hit const& hit : search(Permitted{index.snapshot(), {}}, query, 50))
            found.emplace_back(hit.score, index.snapshot()->key(hit.place));
        return found;
    };
    EXPECT_EQ(parts.snapshot()->segments().size(), 10U);
    EXPECT_EQ(answer(whole), answer(parts));
    while (parts.merge_once()) {
    }
    EXPECT_LT(parts.snapshot()->segments().size(), 4U);
    EXPECT_EQ(answer(whole), answer(parts));
    parts.flush();
    EXPECT_EQ(answer(whole), answer(parts));
}

} // namespace
} // namespace sangu::search
