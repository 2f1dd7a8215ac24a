#pragma once

// Many phrases at once: at a place of a text, which is the longest of them that begins there? Serves the dictionary of
// words and the left sides of synonyms. Immutable once built, so any number of threads may ask.

#include "kernel/search/text/normal.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sangu::search {

class PhraseTable {
public:
    struct Match {
        std::uint32_t length = 0; // characters
        std::uint32_t value = 0;
    };

    // The phrase is normalised; one shorter than two characters is left out, because bigrams and characters serve it. A
    // phrase given twice keeps its first value.
    void add(std::string_view phrase, std::uint32_t value = 0);
    // Longest first; call once after the last add.
    void build();

    std::optional<Match> longest_at(std::span<Character const> text) const;
    std::size_t size() const { return phrases_.size(); }

private:
    struct Phrase {
        std::u32string text;
        std::uint32_t value;
    };
    static std::uint64_t head_of(char32_t first, char32_t second) {
        return static_cast<std::uint64_t>(first) << 32 | second;
    }

    std::vector<Phrase> phrases_; // by their first two characters, then longest first
    std::unordered_map<std::uint64_t, std::pair<std::uint32_t, std::uint32_t>> ranges_;
};

} // namespace sangu::search
