// The index keeps what it was given: over merges, restarts, cut files, and the death of its process.

#include "kernel/search/query/search.h"
#include "kernel/search/segment/layout.h"
#include "kernel/search/tests/collection.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <set>
#include <system_error>
#include <thread>

namespace sangu::search {
namespace {

using test::Collection;
using test::TemporaryFolder;

std::shared_ptr<Lexicon const> no_words() {
    static auto const lexicon = std::make_shared<Lexicon const>("");
    return lexicon;
}

IndexSettings by_hand() { return {.merges_in_background = false}; }

std::set<std::string> keys_of(Index const& index) {
    std::set<std::string> keys;
    auto const snapshot = index.snapshot();
    for (std::uint32_t at = 0; at < snapshot->segments().size(); ++at) {
        SegmentState const& state = snapshot->segments()[at];
        for (std::uint32_t document = 0; document < state.segment->documents(); ++document)
            if (!state.is_deleted(document) && !keys.emplace(state.segment->key(document)).second)
                ADD_FAILURE() << state.segment->key(document) << " is there twice";
    }
    return keys;
}

std::string answer(Index const& index, std::string const& term) {
    std::string text;
    for (Hit const& hit : search(Permitted{index.snapshot(), {}}, {{term}}, 5))
        text.append(index.snapshot()->key(hit.place)).append(" ");
    return text;
}

TEST(Index, ChangesAreFoundAtOnceAndDeletedOnesAreNot) {
    TemporaryFolder const folder;
    Index index{folder.path(), test::small_schema(), no_words(), by_hand()};
    index.apply(std::vector<Document>{{"a", {"motor", "", ""}, {}, 1}, {"b", {"pump", "", ""}, {}, 1}}, {}, 1);
    EXPECT_EQ(answer(index, "motor"), "a ");
    auto const before = index.snapshot();
    index.apply(std::vector<Document>{{"a", {"valve", "", ""}, {}, 1}}, std::vector<std::string>{"b", "absent"}, 2);
    EXPECT_EQ(answer(index, "motor"), "");
    EXPECT_EQ(answer(index, "pump"), "");
    EXPECT_EQ(answer(index, "valv"), "a ");
    EXPECT_EQ(index.snapshot()->documents(), 1U);
    EXPECT_EQ(before->documents(), 2U) << "a snapshot changed";
    EXPECT_TRUE(before->find("b") && !index.snapshot()->find("b"));
}

TEST(Index, OfTwoInOneCallTheLaterCounts) {
    TemporaryFolder const folder;
    Index index{folder.path(), test::small_schema(), no_words(), by_hand()};
    index.apply(std::vector<Document>{{"a", {"motor", "", ""}, {}, 1}, {"a", {"pump", "", ""}, {}, 1}}, {}, 1);
    EXPECT_EQ(answer(index, "motor") + answer(index, "pump"), "a ");
}

TEST(Index, AFlushedIndexOpensAsItWas) {
    TemporaryFolder const folder;
    Collection random{2};
    auto const documents = random.documents(2000);
    std::set<std::string> keys;
    std::string found;
    {
        Index index{folder.path(), test::small_schema(), no_words(), by_hand()};
        index.apply(documents, {}, 7);
        index.flush();
        index.apply({}, std::vector<std::string>{"d1", "d2"}, 8);
        index.flush();
        index.apply(random.documents(5, 5000), {}, 9);
        EXPECT_EQ(index.position(), 9U);
        EXPECT_EQ(index.durable_position(), 8U);
        keys = keys_of(index);
        found = answer(index, "w3");
    }
    Index index{folder.path(), test::small_schema(), no_words(), by_hand()};
    EXPECT_EQ(index.position(), 8U);
    EXPECT_EQ(keys_of(index).size(), 1998U);
    EXPECT_EQ(keys.size(), 2003U);
}

TEST(Index, MergesKeepEveryDocumentAndDropTheDeleted) {
    TemporaryFolder const folder;
    Collection random{4};
    Index index{folder.path(), test::small_schema(), no_words(), by_hand()};
    for (std::size_t at = 0; at < 40; ++at) {
        index.apply(random.documents(50, at * 40), std::vector<std::string>{"d" + std::to_string(at * 40)}, at + 1);
        if (at % 3 == 0) index.flush();
        while (index.merge_once()) {
        }
    }
    auto const keys = keys_of(index);
    index.flush();
    EXPECT_EQ(keys_of(index), keys);
    EXPECT_LT(index.snapshot()->segments().size(), 10U);
}

TEST(Index, AnotherSchemaOrAnotherOwnerIsRefused) {
    TemporaryFolder const folder;
    {
        Index index{folder.path(), test::small_schema(), no_words(), by_hand()};
        index.apply(Collection{1}.documents(3), {}, 1);
        index.flush();
        EXPECT_THROW((Index{folder.path(), test::small_schema(), no_words(), by_hand()}), std::system_error);
    }
    Schema other = test::small_schema();
    other.k1 = 2;
    EXPECT_THROW((Index{folder.path(), other, no_words(), by_hand()}), CorruptIndex);
}

std::filesystem::path only_segment(std::string const& folder) {
    for (auto const& file : std::filesystem::directory_iterator{folder})
        if (file.path().extension() == ".segment") return file.path();
    return {};
}

void touch_everything(Index const& index) {
    auto const snapshot = index.snapshot();
    for (auto const& state : snapshot->segments()) state.segment->verify_all();
}

TEST(Index, ACutFileIsNoticed) {
    TemporaryFolder const folder;
    {
        Index index{folder.path(), test::small_schema(), no_words(), by_hand()};
        index.apply(Collection{1}.documents(3000), {}, 1);
        index.flush();
    }
    auto const file = only_segment(folder.path());
    auto const size = std::filesystem::file_size(file);
    ASSERT_GT(size, 4 * checked_bytes);
    std::filesystem::copy_file(file, folder.path() + "/whole");
    for (std::uintmax_t cut = 0; cut < size; cut += checked_bytes / 2) {
        std::filesystem::copy_file(folder.path() + "/whole", file, std::filesystem::copy_options::overwrite_existing);
        std::filesystem::resize_file(file, cut);
        EXPECT_THROW((Index{folder.path(), test::small_schema(), no_words(), by_hand()}), CorruptIndex) << cut;
        std::filesystem::resize_file(file, size); // the hole reads as zeros
        EXPECT_THROW(touch_everything(Index{folder.path(), test::small_schema(), no_words(), by_hand()}), CorruptIndex)
            << cut;
    }
}

TEST(Index, AChangedByteIsNoticedWhereverItLies) {
    TemporaryFolder const folder;
    Collection random{1};
    auto const documents = random.documents(1500);
    {
        Index index{folder.path(), test::small_schema(), no_words(), by_hand()};
        index.apply(documents, {}, 1);
        index.flush();
    }
    auto const file = only_segment(folder.path());
    auto const size = std::filesystem::file_size(file);
    for (std::uintmax_t at = 0; at < size; at += size / 150) {
        std::fstream stream{file, std::ios::in | std::ios::out | std::ios::binary};
        auto const flip = [&] {
            stream.seekg(static_cast<std::streamoff>(at));
            char byte = 0;
            stream.get(byte);
            stream.seekp(static_cast<std::streamoff>(at));
            stream.put(static_cast<char>(byte ^ 0x10));
            stream.flush();
        };
        flip();
        EXPECT_THROW(touch_everything(Index{folder.path(), test::small_schema(), no_words(), by_hand()}), CorruptIndex)
            << at;
        flip();
    }
    touch_everything(Index{folder.path(), test::small_schema(), no_words(), by_hand()});
}

TEST(Index, ACutManifestIsNoticed) {
    TemporaryFolder const folder;
    {
        Index index{folder.path(), test::small_schema(), no_words(), by_hand()};
        index.apply(Collection{1}.documents(30), {}, 1);
        index.flush();
    }
    std::string const path = folder.path() + "/manifest";
    auto const text = *read_whole(path);
    EXPECT_EQ(to_text(parse_manifest(text)), text);
    for (std::size_t size = 0; size < text.size(); ++size)
        EXPECT_THROW(parse_manifest(std::string_view{text}.substr(0, size)), CorruptIndex) << size;
}

// A limit on the size of files is a full disk.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        handler_ = std::signal(SIGXFSZ, SIG_IGN);
        rlimit const little{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &little);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FullDisk(FullDisk const&) = delete;
    FullDisk& operator=(FullDisk const&) = delete;

private:
    rlimit before_{};
    void (*handler_)(int) = nullptr;
};

std::size_t files_of(std::string const& folder) {
    auto const files = std::filesystem::directory_iterator{folder};
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

TEST(Index, AFullDiskDuringAFlushOrMergeChangesNothing) {
    TemporaryFolder const folder;
    Collection random{8};
    {
        Index index{folder.path(), test::small_schema(), no_words(), {.merge_at = 2, .merges_in_background = false}};
        index.apply(random.documents(800), {}, 1);
        index.flush();
        index.apply(random.documents(800, 600), {}, 2);
        auto const before = answer(index, "w3");
        for (rlim_t const bytes : {0, 100, 70'000}) {
            FullDisk const full{bytes};
            EXPECT_THROW(index.flush(), std::system_error) << bytes;
            EXPECT_EQ(answer(index, "w3"), before);
            EXPECT_EQ(index.durable_position(), 1U);
        }
        index.flush();
        EXPECT_EQ(index.durable_position(), 2U);
        std::size_t const files = files_of(folder.path());
        for (rlim_t const bytes : {0, 100, 70'000}) {
            FullDisk const full{bytes};
            EXPECT_THROW(index.merge_once(), std::system_error) << bytes;
            EXPECT_EQ(answer(index, "w3"), before);
            EXPECT_EQ(files_of(folder.path()), files); // nothing half written stays
        }
        EXPECT_EQ(index.snapshot()->segments().size(), 2U);
        EXPECT_TRUE(index.merge_once());
        EXPECT_EQ(index.snapshot()->segments().size(), 1U);
        EXPECT_EQ(keys_of(index).size(), 1400U);
    }
    Index const index{folder.path(), test::small_schema(), no_words(), by_hand()};
    EXPECT_EQ(keys_of(index).size(), 1400U);
}

// Numbered documents, each once, in order; every seventh call removes one.
[[noreturn]] void write_until_killed(std::string const& folder, int report) {
    Index index{folder, test::small_schema(), no_words(), {.memory_max = 20'000, .merge_at = 3}};
    Collection random{1};
    for (std::uint64_t at = index.position() + 1;; ++at) {
        std::vector<std::string> removed;
        if (at % 7 == 0) removed.push_back("d" + std::to_string(at - 5));
        index.apply(std::vector{random.document("d" + std::to_string(at))}, removed, at);
        if (at % 10 == 0) index.flush();
        std::uint64_t const durable = index.durable_position();
        if (::write(report, &durable, sizeof durable) != sizeof durable) ::_exit(1);
    }
}

std::set<std::string> expected_keys(std::uint64_t position) {
    std::set<std::string> keys;
    for (std::uint64_t at = 1; at <= position; ++at) {
        keys.insert("d" + std::to_string(at));
        if (at % 7 == 0) keys.erase("d" + std::to_string(at - 5));
    }
    return keys;
}

// What the feed brings again after the last durable position.
void replay(Index& index, std::uint64_t until) {
    Collection random{2};
    for (std::uint64_t at = index.position() + 1; at <= until; ++at) {
        std::vector<std::string> removed;
        if (at % 7 == 0) removed.push_back("d" + std::to_string(at - 5));
        index.apply(std::vector{random.document("d" + std::to_string(at))}, removed, at);
    }
}

TEST(Index, AKilledWriterLosesNothingThatWasDurable) {
    TemporaryFolder const folder;
    std::uint64_t reported = 0;
    for (int round = 0; round < 12; ++round) {
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        pid_t const child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::close(ends[0]);
            write_until_killed(folder.path(), ends[1]);
        }
        ::close(ends[1]);
        std::uint64_t durable = 0;
        for (int count = 0; count < 20 + round * 13; ++count)
            ASSERT_EQ(::read(ends[0], &durable, sizeof durable), static_cast<ssize_t>(sizeof durable));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        while (::read(ends[0], &durable, sizeof durable) == static_cast<ssize_t>(sizeof durable)) {
        }
        ::close(ends[0]);
        reported = std::max(reported, durable);
        Index index{folder.path(), test::small_schema(), no_words(), by_hand()};
        EXPECT_GE(index.position(), reported);
        touch_everything(index);
        std::uint64_t const until = index.position() + 60;
        replay(index, until);
        EXPECT_EQ(keys_of(index), expected_keys(until)) << round;
    }
    EXPECT_GT(reported, 100U);
}

TEST(Index, SearchesGoOnWhileItIsWrittenAndMerged) {
    TemporaryFolder const folder;
    Index index{folder.path(), test::small_schema(), no_words(), {.memory_max = 200'000, .merge_at = 3}};
    Collection random{9};
    index.apply(random.documents(200), {}, 1);
    std::atomic<bool> is_over{false};
    std::atomic<std::size_t> searches{0};
    auto const searcher = [&](unsigned seed) {
        Collection queries{seed};
        while (!is_over) {
            Permitted const everything{index.snapshot(), {}};
            auto const query = queries.query(8);
            auto const hits = search(everything, query, 10);
            auto const again = search_exhaustively(everything, query, 10);
            ASSERT_EQ(hits.size(), again.size());
            for (std::size_t at = 0; at < hits.size(); ++at) ASSERT_EQ(hits[at].place, again[at].place);
            ++searches;
        }
    };
    {
        std::jthread const one{searcher, 1U}, other{searcher, 2U};
        for (std::size_t at = 0; at < 60; ++at) index.apply(random.documents(40, at * 20), {}, at + 2);
        index.flush();
        is_over = true;
    }
    EXPECT_GT(searches, 0U);
    EXPECT_EQ(index.snapshot()->documents(), 1220U);
}

} // namespace
} // namespace sangu::search
