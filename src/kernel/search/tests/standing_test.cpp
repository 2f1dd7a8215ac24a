// Saved queries wait for documents: none that is met is missed, none is lost.

#include "kernel/search/query/match.h"
#include "kernel/search/query/search.h"
#include "kernel/search/query/weigh.h"
#include "kernel/search/standing/percolator.h"
#include "kernel/search/tests/collection.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>

namespace sangu::search {
namespace {

using test::Collection;
using test::TemporaryFolder;

std::shared_ptr<Lexicon const> no_words() {
    static auto const lexicon = std::make_shared<Lexicon const>("");
    return lexicon;
}

StandingQuery random_need(Collection& random, std::string key) {
    StandingQuery need{std::move(key), random.query(1 + random.below(30)), 0, {}, {}};
    double sum = 0;
    for (QueryTerm const& term : need.terms) sum += term.weight;
    if (random.below(4) > 0) need.least = sum * static_cast<double>(random.below(50)) / 100;
    if (random.below(3) == 0) need.filter = {{{{0, {"k0", "k1"}, random.below(2) == 0}}}};
    constexpr std::string_view experts[] = {"w1 OR -w3", "+w2 -w5", "-w0", "title:w1 text:(w2 AND w7)",
                                            "\"w1 w2\"", ""};
    if (random.below(4) == 0) need.expert = experts[random.below(std::size(experts))];
    return need;
}

std::vector<StandingQuery> random_needs(Collection& random, std::size_t count, std::size_t first = 0) {
    std::vector<StandingQuery> needs;
    for (std::size_t at = 0; at < count; ++at) needs.push_back(random_need(random, "n" + std::to_string(first + at)));
    return needs;
}

TEST(Standing, NothingThatIsMetIsMissed) {
    TemporaryFolder const folder;
    Collection random{31, 60};
    StandingQueries queries{folder.path(), test::small_schema(), no_words()};
    queries.apply(random_needs(random, 3000), {}, 1);
    queries.apply(random_needs(random, 1500, 1200), std::vector<std::string>{"n5", "n6", "absent"}, 2);
    EXPECT_EQ(queries.size(), 2998U);
    Percolator percolator{queries};
    std::size_t sum = 0;
    for (int at = 0; at < 150; ++at) {
        Document const document = random.document("d");
        auto const hits = percolator.met_by(document);
        EXPECT_EQ(hits, percolator.met_by_exhaustively(document));
        sum += hits.size();
    }
    EXPECT_GT(sum, 10'000U);
    EXPECT_LT(sum, 300'000U);
}

// A need is met with the score its search would give, and an expert query where a search finds the document.
TEST(Standing, AreMetByWhatASearchWouldFind) {
    TemporaryFolder const folder, index_folder;
    Collection random{32, 60};
    Index index{index_folder.path(), test::small_schema(), no_words(), {.merges_in_background = false}};
    auto const documents = random.documents(200);
    index.apply(documents, {}, 1);
    auto const snapshot = index.snapshot();
    StandingQueries queries{folder.path(), test::small_schema(), no_words()};
    WeightedQuery const need = random.query(12);
    constexpr std::string_view expert = "+w1 -\"w0 w2\"";
    StandingQuery saved;
    saved.key = "saved";
    saved.expert = expert;
    queries.apply(std::vector<StandingQuery>{standing_query("need", need, *snapshot, 0.2), saved}, {}, 1);
    Percolator percolator{queries};
    Permitted const everything{snapshot, {}};
    auto const hits = search(everything, need, 200);
    constexpr std::string_view fields[] = {"title", "text", "codes"};
    Analyzer analyzer{no_words()};
    Permitted const matched = matching(everything, parse_query(expert, fields).root, analyzer);
    std::size_t met_count = 0;
    for (std::uint32_t at = 0; at < documents.size(); ++at) {
        auto const met = percolator.met_by(documents[at]);
        auto const by_key = [&](std::string_view key) { return std::ranges::find(met, key, &StandingHit::key); };
        EXPECT_EQ(by_key("saved") != met.end(), matched.of(0).has(at));
        auto const hit = std::ranges::find(hits, DocumentPlace{0, at}, &Hit::place);
        if (by_key("need") == met.end()) continue;
        ++met_count;
        ASSERT_NE(hit, hits.end());
        EXPECT_NEAR(by_key("need")->score, hit->score, 1e-5);
    }
    EXPECT_GT(met_count, 5U);
    EXPECT_LT(met_count, 195U);
}

std::vector<std::vector<StandingHit>> answers(StandingQueries const& queries) {
    Percolator percolator{queries};
    Collection random{5, 60};
    std::vector<std::vector<StandingHit>> answers;
    for (int at = 0; at < 20; ++at) answers.push_back(percolator.met_by(random.document("d")));
    return answers;
}

TEST(Standing, AreThereAgainAfterOpening) {
    TemporaryFolder const folder;
    Collection random{33, 60};
    std::vector<std::vector<StandingHit>> before;
    {
        StandingQueries queries{folder.path(), test::small_schema(), no_words()};
        EXPECT_THROW((StandingQueries{folder.path(), test::small_schema(), no_words()}), std::system_error);
        queries.apply(random_needs(random, 500), {}, 7);
        queries.flush();
        queries.apply(random_needs(random, 50, 480), std::vector<std::string>{"n3"}, 9);
        queries.flush();
        before = answers(queries);
        queries.apply(random_needs(random, 50, 1000), {}, 11); // not flushed
        EXPECT_EQ(queries.position(), 11U);
        EXPECT_EQ(queries.durable_position(), 9U);
    }
    StandingQueries const queries{folder.path(), test::small_schema(), no_words()};
    EXPECT_EQ(queries.position(), 9U);
    EXPECT_EQ(queries.size(), 529U);
    EXPECT_EQ(answers(queries), before);
}

TEST(Standing, AnotherSchemaIsRefused) {
    TemporaryFolder const folder;
    StandingQueries{folder.path(), test::small_schema(), no_words()}.flush();
    Schema other = test::small_schema();
    other.k1 = 2;
    EXPECT_THROW((StandingQueries{folder.path(), other, no_words()}), CorruptIndex);
}

TEST(Standing, TheFileDoesNotGrowForEver) {
    TemporaryFolder const folder;
    Collection random{34, 60};
    StandingQueries queries{folder.path(), test::small_schema(), no_words()};
    for (std::uint64_t round = 1; round <= 60; ++round) {
        queries.apply(random_needs(random, 400), {}, round);
        queries.flush();
    }
    EXPECT_LT(std::filesystem::file_size(folder.path() + "/standing"), 2'000'000U);
    EXPECT_EQ(queries.size(), 400U);
}

// Whatever a crash leaves of the file: it opens, and what its position speaks of is there.
TEST(Standing, ACutOrDamagedFileGoesOnFromWhatIsWhole) {
    TemporaryFolder const folder;
    Collection random{35, 60};
    {
        StandingQueries queries{folder.path(), test::small_schema(), no_words()};
        for (std::uint64_t at = 1; at <= 20; ++at)
            queries.apply(std::vector{random_need(random, "n" + std::to_string(at))}, {}, at);
        queries.flush();
    }
    std::string const path = folder.path() + "/standing";
    std::string const whole = *read_whole(path);
    auto const check = [&](std::string const& bytes, std::size_t at) {
        write_whole(path, bytes);
        StandingQueries queries{folder.path(), test::small_schema(), no_words()};
        EXPECT_GE(queries.size(), queries.position()) << at;
        EXPECT_LE(queries.size(), queries.position() + 1) << at;
        queries.apply(std::vector{random_need(random, "more")}, {}, 30);
        queries.flush();
        EXPECT_EQ(queries.durable_position(), 30U);
    };
    std::size_t const head = whole.find('\n') + 1;
    for (std::size_t size = 0; size < whole.size(); size += 37) check(whole.substr(0, size), size);
    for (std::size_t at = head; at < whole.size(); at += 53) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
        check(damaged, at);
    }
}

// A limit on the size of files is a full disk.
TEST(Standing, AFullDiskLosesNothing) {
    TemporaryFolder const folder;
    Collection random{36, 60};
    StandingQueries queries{folder.path(), test::small_schema(), no_words()};
    queries.apply(random_needs(random, 100), {}, 1);
    queries.flush();
    queries.apply(random_needs(random, 500, 100), {}, 2);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    auto const old = std::signal(SIGXFSZ, SIG_IGN);
    rlimit const little{std::filesystem::file_size(folder.path() + "/standing") + 1000, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &little);
    EXPECT_THROW(queries.flush(), std::system_error);
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, old);
    EXPECT_EQ(queries.size(), 600U);
    EXPECT_EQ(queries.durable_position(), 1U);
    queries.flush();
    EXPECT_EQ(queries.durable_position(), 2U);
}

[[noreturn]] void write_until_killed(std::string const& folder, int report) {
    StandingQueries queries{folder, test::small_schema(), no_words()};
    Collection random{37, 60};
    for (std::uint64_t at = queries.position() + 1;; ++at) {
        std::vector<std::string> removed;
        if (at % 5 == 0) removed.push_back("n" + std::to_string(at - 3));
        queries.apply(std::vector{random_need(random, "n" + std::to_string(at))}, removed, at);
        if (at % 4 == 0) queries.flush();
        std::uint64_t const durable = queries.durable_position();
        if (::write(report, &durable, sizeof durable) != sizeof durable) ::_exit(1);
    }
}

TEST(Standing, AKilledWriterLosesNothingThatWasDurable) {
    TemporaryFolder const folder;
    for (int round = 0; round < 8; ++round) {
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        pid_t const child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::close(ends[0]);
            write_until_killed(folder.path(), ends[1]);
        }
        ::close(ends[1]);
        std::uint64_t durable = 0, value = 0;
        for (int count = 0; count < 20 + round * 7; ++count)
            ASSERT_EQ(::read(ends[0], &durable, sizeof durable), static_cast<ssize_t>(sizeof durable));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        while (::read(ends[0], &value, sizeof value) == static_cast<ssize_t>(sizeof value)) durable = value;
        ::close(ends[0]);
        StandingQueries const queries{folder.path(), test::small_schema(), no_words()};
        EXPECT_GE(queries.position(), durable);
        std::uint64_t const position = queries.position();
        EXPECT_GE(queries.size(), position - position / 5);
        EXPECT_LE(queries.size(), position - position / 5 + 1);
    }
}

} // namespace
} // namespace sangu::search
