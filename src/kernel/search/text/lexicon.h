#pragma once

// The words of the domains, beside ICU's general dictionary: what is found in a text becomes a term of its own. Starts
// from the lists in data/lexicon (see NOTICE); administrators add theirs.

#include "kernel/search/text/phrase_table.h"

#include <memory>
#include <string_view>

namespace sangu::search {

class Lexicon {
public:
    // One word a line; what follows a tab is not read, nor lines that begin with '#'.
    explicit Lexicon(std::string_view words);
    // The shipped words together with further ones.
    static std::shared_ptr<Lexicon const> with(std::string_view further_words);
    // The shipped words, read once.
    static std::shared_ptr<Lexicon const> shipped();

    // The length in characters of the longest word that begins here, or 0.
    std::uint32_t longest_at(std::span<Character const> text) const;
    std::size_t size() const { return words_.size(); }

private:
    void add(std::string_view words);

    PhraseTable words_;
};

} // namespace sangu::search
