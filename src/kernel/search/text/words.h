#pragma once

// Where words stand in a run of ideographs: those of ICU's dictionary and those of the lexicon.

#include "kernel/search/text/lexicon.h"
#include "kernel/search/text/normal.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace sangu::search {

struct WordSpan {
    std::uint32_t begin = 0; // characters of the run
    std::uint32_t length = 0;

    auto operator<=>(WordSpan const&) const = default;
};

// Not thread-safe: one for each thread.
class WordFinder {
public:
    explicit WordFinder(std::shared_ptr<Lexicon const> lexicon);
    ~WordFinder();
    WordFinder(WordFinder const&) = delete;
    WordFinder& operator=(WordFinder const&) = delete;

    // Words of two and more characters in order of place, none twice; they may overlap. Valid until the next call.
    std::vector<WordSpan> const& find(std::span<Character const> run);

private:
    struct Segmenter;
    void add_lexicon(std::span<Character const> run);

    std::shared_ptr<Lexicon const> lexicon_;
    std::unique_ptr<Segmenter> segmenter_;
    std::vector<WordSpan> words_;
};

} // namespace sangu::search
