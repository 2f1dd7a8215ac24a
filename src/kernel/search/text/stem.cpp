#include "kernel/search/text/stem.h"

#include <libstemmer.h>

#include <algorithm>
#include <new>

namespace sangu::search {
namespace {

constexpr std::string_view stop_words[] = {
    "a",    "about", "after", "all",   "also",  "an",    "and",   "any",  "are",   "as",    "at",  "be",   "been",
    "but",  "by",    "can",   "do",    "does",  "for",   "from",  "had",  "has",   "have",  "how", "if",   "in",
    "into", "is",    "it",    "its",   "may",   "no",    "not",   "of",   "on",    "or",    "our", "over", "such",
    "than", "that",  "the",   "their", "then",  "there", "these", "they", "this",  "those", "to",  "was",  "we",
    "were", "what",  "when",  "where", "which", "who",   "will",  "with", "would", "you",
};

constexpr bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

} // namespace

Stemmer::Stemmer() : stemmer_{sb_stemmer_new("english", nullptr)} {
    if (!stemmer_) throw std::bad_alloc{};
}

Stemmer::~Stemmer() { sb_stemmer_delete(stemmer_); }

std::string_view Stemmer::stem(std::string_view word) {
    if (word.size() < 3 || !std::ranges::all_of(word, is_letter)) return word;
    auto const* const stemmed =
        sb_stemmer_stem(stemmer_, reinterpret_cast<sb_symbol const*>(word.data()), static_cast<int>(word.size()));
    if (!stemmed) return word;
    return {reinterpret_cast<char const*>(stemmed), static_cast<std::size_t>(sb_stemmer_length(stemmer_))};
}

bool is_stop_word(std::string_view word) {
    static_assert(std::ranges::is_sorted(stop_words));
    return std::ranges::binary_search(stop_words, word);
}

} // namespace sangu::search
