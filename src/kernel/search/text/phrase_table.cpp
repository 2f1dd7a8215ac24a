#include "kernel/search/text/phrase_table.h"

#include <algorithm>
#include <tuple>

namespace sangu::search {

void PhraseTable::add(std::string_view phrase, std::uint32_t value) {
    std::vector<Character> characters;
    normalise(phrase, characters);
    if (characters.size() < 2) return;
    std::u32string text;
    for (Character const& character : characters) text += character.code;
    phrases_.push_back({std::move(text), value});
}

void PhraseTable::build() {
    std::ranges::stable_sort(phrases_, [](Phrase const& one, Phrase const& other) {
        auto const key = [](Phrase const& phrase) { return std::tuple{phrase.text[0], phrase.text[1]}; };
        if (key(one) != key(other)) return key(one) < key(other);
        if (one.text.size() != other.text.size()) return one.text.size() > other.text.size();
        return one.text < other.text;
    });
    auto const repeated =
        std::ranges::unique(phrases_, [](Phrase const& one, Phrase const& other) { return one.text == other.text; });
    phrases_.erase(repeated.begin(), repeated.end());
    ranges_.clear();
    for (std::uint32_t at = 0; at < phrases_.size(); ++at) {
        auto& range = ranges_.try_emplace(head_of(phrases_[at].text[0], phrases_[at].text[1]), at, at).first->second;
        range.second = at + 1;
    }
}

std::optional<PhraseTable::Match> PhraseTable::longest_at(std::span<Character const> text) const {
    if (text.size() < 2) return std::nullopt;
    auto const range = ranges_.find(head_of(text[0].code, text[1].code));
    if (range == ranges_.end()) return std::nullopt;
    for (std::uint32_t at = range->second.first; at < range->second.second; ++at) {
        std::u32string const& phrase = phrases_[at].text;
        if (phrase.size() > text.size()) continue;
        if (std::ranges::equal(phrase, text.first(phrase.size()), {}, {}, &Character::code))
            return Match{static_cast<std::uint32_t>(phrase.size()), phrases_[at].value};
    }
    return std::nullopt;
}

} // namespace sangu::search
