// Words side by side: exactly where a search of the text itself finds them.

#include "kernel/search/query/match.h"
#include "kernel/search/tests/collection.h"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace sangu::search {
namespace {

using test::Collection;
using test::TemporaryFolder;

class Phrases : public testing::Test {
protected:
    Phrases() : index_{folder_.path(), test::small_schema(), Lexicon::shipped(), {.merges_in_background = false}} {}

    std::set<std::string> found(std::string_view phrase, std::string field = {}) {
        Node node;
        node.kind = Node::Kind::phrase;
        node.text = phrase;
        node.field = std::move(field);
        auto const snapshot = index_.snapshot();
        Permitted const matched = matching(Permitted{snapshot, {}}, node, analyzer_);
        std::set<std::string> keys;
        for (std::uint32_t segment = 0; segment < snapshot->segments().size(); ++segment)
            matched.of(segment).for_each(
                [&](std::uint32_t document) { keys.emplace(snapshot->key({segment, document})); });
        return keys;
    }

    TemporaryFolder folder_;
    Index index_;
    Analyzer analyzer_{Lexicon::shipped()};
};

using Keys = std::set<std::string>;

TEST_F(Phrases, StandSideBySide) {
    index_.apply(
        std::vector<Document>{
            {"together", {"", "永磁同步电机的控制", ""}, {}, 1},
            {"apart", {"", "同步的永磁材料，电机用；磁同步", ""}, {}, 1},
            {"fields", {"permanent magnet", "synchronous motors", ""}, {}, 1},
            {"english", {"", "permanent magnet synchronous motors", ""}, {}, 1},
            {"phase", {"", "A相电流", "H01M-10/0525"}, {}, 1},
            {"power", {"", "功率10千瓦的电机", ""}, {}, 1},
            {"sign", {"", "永磁，同步电机", ""}, {}, 1},
        },
        {}, 1);
    struct Row {
        std::string_view phrase;
        Keys keys;
    };
    Row const rows[] = {
        {"永磁同步电机", {"together"}},
        {"永磁同步電機", {"together"}},
        {"永磁同步", {"together"}},
        {"同步电机", {"together", "sign"}},
        {"magnet synchronous motor", {"english"}},
        {"synchronous magnet", {}},
        {"A相", {"phase"}},
        {"A相电流", {"phase"}},
        {"相电流", {"phase"}},
        {"H01M-10", {"phase"}},
        {"10 kW", {"power"}},
        {"0.01MW", {"power"}},
        {"11 kW", {}},
        {"", {}},
        {"。", {}},
    };
    for (auto const& [phrase, keys] : rows) EXPECT_EQ(found(phrase), keys) << phrase;
    EXPECT_EQ(found("motors", "title"), Keys{});
    EXPECT_EQ(found("synchronous motors", "text"), (Keys{"english", "fields"}));
}

// Of few characters, so that the same pairs stand in many orders; some of them are words of a dictionary.
std::string random_text(Collection& random, std::size_t length) {
    constexpr std::array<std::string_view, 9> parts = {"数", "据", "库", "服", "务", "器", "的", "，", "x"};
    std::string text;
    for (std::size_t at = 0; at < length; ++at) {
        std::string_view const part = parts[random.below(parts.size())];
        if (part == "x" && text.ends_with("x")) continue; // xx is one word
        text += part;
    }
    return text;
}

std::string random_phrase(Collection& random) {
    for (;;) {
        std::string const text = random_text(random, 2 + random.below(5));
        if (text.size() > 3 && text.find("，") == std::string::npos) return text;
    }
}

TEST_F(Phrases, AreWhereASearchOfTheTextFindsThem) {
    Collection random{17};
    std::vector<std::pair<std::string, std::string>> texts;
    for (int part = 0; part < 6; ++part) {
        std::vector<Document> documents;
        for (int at = 0; at < 150; ++at) {
            std::string const key = std::to_string(part) + "/" + std::to_string(at);
            std::string const text = random_text(random, random.below(120));
            documents.push_back({key, {"", text, ""}, {}, 1});
            texts.emplace_back(key, text);
        }
        index_.apply(documents, {}, 1);
    }
    std::size_t sum = 0;
    auto const compare = [&] {
        for (int round = 0; round < 200; ++round) {
            std::string const phrase = random_phrase(random);
            Keys expected;
            for (auto const& [key, text] : texts)
                if (text.find(phrase) != std::string::npos) expected.insert(key);
            EXPECT_EQ(found(phrase), expected) << phrase;
            sum += expected.size();
        }
    };
    compare();
    index_.flush(); // merged: terms have other numbers, their order is copied
    EXPECT_EQ(index_.snapshot()->segments().size(), 1U);
    compare();
    EXPECT_GT(sum, 1000U);
}

TEST(Sequence, ReadsAsItWasWritten) {
    Collection random{23};
    for (int round = 0; round < 200; ++round) {
        std::vector<SequenceTerm> terms(1 + random.below(40));
        for (SequenceTerm& term : terms)
            if (random.below(3) > 0)
                term.ends = {static_cast<std::uint16_t>(1 + random.below(5)),
                             static_cast<std::uint16_t>(1 + random.below(5))};
        Sequences written;
        for (std::size_t field = 0; field < 3; ++field) {
            std::uint32_t position = 0;
            for (std::size_t at = random.below(100); at > 0; --at) {
                position += random.below(4) == 0 ? static_cast<std::uint32_t>(1 + random.below(1000)) : 1;
                auto const term = static_cast<std::uint32_t>(random.below(terms.size()));
                written[field].push_back({term, position});
                ++terms[term].counts[field];
            }
        }
        std::string bytes;
        append_sequences(bytes, terms, written);
        Sequences read;
        read_sequences(bytes, terms, read);
        EXPECT_EQ(read, written);
        bytes.resize(bytes.size() / 2);
        EXPECT_THROW(read_sequences(bytes, terms, read), CorruptIndex);
    }
}

} // namespace
} // namespace sangu::search
