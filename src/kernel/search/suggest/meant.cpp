#include "base/text.h"
#include "kernel/search/query/match.h"
#include "kernel/search/suggest/nearest.h"
#include "kernel/search/suggest/suggestions.h"
#include "kernel/search/text/normal.h"
#include "kernel/search/text/pinyin.h"

#include <algorithm>
#include <bit>
#include <tuple>

namespace sangu::search {
namespace {

constexpr std::size_t words_max = 8, characters_max = 32, value_max = 16, tried_max = 10;

bool is_latin(std::u32string_view word) {
    return std::ranges::all_of(word, [](char32_t code) { return code < 0x80; });
}

// Half steps that a value of so many characters may be away.
unsigned allowed(std::size_t characters, bool is_latin) {
    if (is_latin) return characters >= 8 ? 4 : characters >= 4 ? 2 : 0;
    return characters >= 6 ? 4 : characters >= 3 ? 2 : characters == 2 ? 1 : 0;
}

// The words of a value that are written in Latin letters; whole values are words too.
template <class F> void for_each_word(std::u32string_view value, F const& function) {
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= value.size(); ++at) {
        if (at < value.size() && value[at] < 0x80 && script_of(value[at]) != Script::none) continue;
        if (at - begin >= 4) function(value.substr(begin, at - begin));
        begin = at + 1;
    }
}

struct Candidate {
    Nearest nearest;
    std::uint64_t documents = 0;
    std::string spelling;
};

class Word {
public:
    Word(Permitted const& permitted, std::string_view source, Analyzer& analyzer)
        : permitted_{permitted}, source_{source}, analyzer_{analyzer} {
        normalise(source, characters_);
        for (Character const& character : characters_) text_ += character.code;
        letters_ = letters_of(text_);
        is_latin_ = is_latin(text_);
        if (is_latin_)
            for (char32_t const code : text_) keys_ += static_cast<char>(code);
    }

    bool is_worth_a_look() const { return text_.size() >= 2 && text_.size() <= characters_max && !stands(source_); }

    void add(std::size_t segment, std::size_t facet, Vocabulary const& words) {
        for (Vocabulary::Value const& value : words.values()) {
            std::u32string_view const text = words.text(value);
            if (is_latin_)
                add_latin(segment, facet, words, value, text);
            else if (text.size() >= 2 && text.size() <= value_max)
                add_part(segment, facet, words, value, text);
        }
    }

    // The word with what is nearest put into it; nothing when nothing is near.
    std::optional<std::string> meant() const {
        std::vector<std::pair<std::u32string const*, Candidate const*>> sorted;
        for (auto const& [text, candidate] : candidates_) sorted.emplace_back(&text, &candidate);
        std::ranges::sort(sorted, {}, [](auto const& one) {
            auto const& [text, candidate] = one;
            return std::tuple{static_cast<double>(candidate->nearest.cost) / static_cast<double>(text->size()),
                              -static_cast<std::int64_t>(candidate->documents), std::u32string_view{*text}};
        });
        for (std::size_t at = 0; at < sorted.size() && at < tried_max; ++at) {
            Candidate const& candidate = *sorted[at].second;
            std::size_t const begin = characters_[candidate.nearest.begin].begin;
            std::size_t const end = characters_[candidate.nearest.end - 1].end;
            if (stands(source_.substr(begin, end - begin))) continue; // a right word that only resembles this one
            return std::string{source_.substr(0, begin)} + candidate.spelling + std::string{source_.substr(end)};
        }
        return std::nullopt;
    }

private:
    bool stands(std::string_view words) const {
        Node node;
        node.kind = Node::Kind::phrase;
        node.text = words;
        return matching(permitted_, node, analyzer_).count() > 0;
    }

    void add_latin(std::size_t segment, std::size_t facet, Vocabulary const& words, Vocabulary::Value const& value,
                   std::u32string_view text) {
        Nearest const whole{1, 0, text_.size()};
        if (text_.size() >= 4 && !is_latin(text) && is_read_as(text, keys_))
            keep(segment, facet, words, value, text, whole, {});
        if (std::popcount(letters_ & ~value.letters) > 2) return;
        for_each_word(text, [&](std::u32string_view word) {
            std::size_t const longer = std::max(word.size(), text_.size());
            if (longer - std::min(word.size(), text_.size()) > 2) return;
            unsigned const cost = distance(text_, word);
            if (cost == 0 || cost > allowed(text_.size(), true)) return;
            std::string spelling;
            for (char32_t const code : word) append_utf8(spelling, code);
            keep(segment, facet, words, value, word, {cost, 0, text_.size()}, std::move(spelling));
        });
    }

    void add_part(std::size_t segment, std::size_t facet, Vocabulary const& words, Vocabulary::Value const& value,
                  std::u32string_view text) {
        unsigned const most = allowed(text.size(), is_latin(text));
        if (most == 0 || static_cast<unsigned>(std::popcount(value.letters & ~letters_)) > (most + 1)) return;
        Nearest const nearest = nearest_part(text_, text);
        if (nearest.cost == 0 || nearest.cost > most || nearest.begin == nearest.end) return;
        keep(segment, facet, words, value, text, nearest, {});
    }

    void keep(std::size_t segment, std::size_t facet, Vocabulary const& words, Vocabulary::Value const& value,
              std::u32string_view text, Nearest nearest, std::string spelling) {
        std::uint64_t const documents = words.count(value, permitted_.of(segment));
        if (documents == 0) return;
        Candidate& candidate = candidates_[std::u32string{text}];
        candidate.nearest = nearest;
        candidate.documents += documents;
        if (spelling.empty())
            spelling = permitted_.snapshot().segments()[segment].segment->facet_value(facet, value.number);
        if (candidate.spelling.empty() || spelling < candidate.spelling) candidate.spelling = std::move(spelling);
    }

    Permitted const& permitted_;
    std::string_view source_;
    Analyzer& analyzer_;
    std::vector<Character> characters_;
    std::u32string text_;
    std::string keys_;
    std::uint64_t letters_ = 0;
    bool is_latin_ = false;
    std::map<std::u32string, Candidate> candidates_;
};

} // namespace

std::optional<std::string> Suggestions::did_you_mean(Permitted const& permitted, std::string_view query,
                                                     Analyzer& analyzer) const {
    auto const& segments = permitted.snapshot().segments();
    std::string meant;
    bool is_changed = false;
    std::size_t count = 0;
    for (std::string_view const source : split_text(query, ' ')) {
        if (source.empty()) continue;
        std::optional<std::string> changed;
        if (Word word{permitted, source, analyzer}; count++ < words_max && word.is_worth_a_look()) {
            for (std::size_t segment = 0; segment < segments.size(); ++segment)
                for (std::size_t const facet : facets_)
                    word.add(segment, facet, *vocabulary(segments[segment].segment, facet));
            changed = word.meant();
        }
        is_changed = is_changed || changed.has_value();
        meant.append(meant.empty() ? "" : " ").append(changed ? *changed : std::string{source});
    }
    return is_changed ? std::optional{std::move(meant)} : std::nullopt;
}

} // namespace sangu::search
