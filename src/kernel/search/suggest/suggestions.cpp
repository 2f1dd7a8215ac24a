#include "kernel/search/suggest/suggestions.h"

#include "kernel/search/text/normal.h"
#include "kernel/search/text/pinyin.h"

#include <algorithm>
#include <tuple>

namespace sangu::search {
namespace {

enum Rank : std::uint8_t { begins, is_typed, contains };

struct Found {
    Rank rank = contains;
    std::vector<std::uint64_t> of_facet;
    std::map<std::string, std::uint64_t, std::less<>> spellings;

    std::uint64_t documents() const { return of_facet.empty() ? 0 : std::ranges::max(of_facet); }
    std::string const& spelling() const {
        return std::ranges::max_element(spellings,
                                        [](auto const& one, auto const& other) {
                                            return one.second < other.second; // the first of equals
                                        })
            ->first;
    }
};

// Letters and digits of what is typed on a Latin keyboard; empty when it is something else.
std::string keys_of(std::u32string_view typed) {
    std::string keys;
    for (char32_t const code : typed) {
        if (code == ' ' || code == '\'') continue;
        if (!((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9'))) return {};
        keys += static_cast<char>(code);
    }
    return keys;
}

class Completion {
public:
    Completion(Permitted const& permitted, std::u32string typed, std::size_t facets)
        : permitted_{permitted}, typed_{std::move(typed)}, keys_{keys_of(typed_)}, facets_{facets} {}

    void add_beginnings(std::size_t segment, std::size_t facet, std::size_t place, Vocabulary const& words) {
        for (auto at = lower_bound(words, typed_); at != words.values().end(); ++at) {
            if (!words.text(*at).starts_with(typed_)) break;
            add(segment, facet, place, words, *at, begins);
        }
        if (!keys_.empty()) add_typed(segment, facet, place, words);
    }

    void add_containing(std::size_t segment, std::size_t facet, std::size_t place, Vocabulary const& words) {
        std::uint64_t const letters = letters_of(typed_);
        for (Vocabulary::Value const& value : words.values())
            if ((letters & ~value.letters) == 0 && words.text(value).find(typed_, 1) != std::u32string_view::npos)
                add(segment, facet, place, words, value, contains);
    }

    std::size_t size() const { return found_.size(); }

    std::vector<Suggestion> take(std::size_t most) const {
        std::vector<std::pair<std::u32string const*, Found const*>> sorted;
        for (auto const& [text, found] : found_) sorted.emplace_back(&text, &found);
        auto const order = [](auto const& one) {
            return std::tuple{one.second->rank, -static_cast<std::int64_t>(one.second->documents()), one.first->size(),
                              std::u32string_view{*one.first}};
        };
        std::ranges::sort(sorted, {}, order);
        if (sorted.size() > most) sorted.resize(most);
        std::vector<Suggestion> suggestions;
        for (auto const& [text, found] : sorted) suggestions.push_back({found->spelling(), found->documents()});
        return suggestions;
    }

private:
    using Place = std::vector<Vocabulary::Value>::const_iterator;

    static Place lower_bound(Vocabulary const& words, std::u32string_view text) {
        return std::ranges::lower_bound(words.values(), text, {},
                                        [&](Vocabulary::Value const& value) { return words.text(value); });
    }

    // Values of one first character stand together; most are passed over at once.
    void add_typed(std::size_t segment, std::size_t facet, std::size_t place, Vocabulary const& words) {
        auto const& values = words.values();
        for (auto at = values.begin(); at != values.end();) {
            std::u32string_view const text = words.text(*at);
            if (text.empty()) {
                ++at;
                continue;
            }
            char32_t const first[] = {text[0]};
            if (script_of(text[0]) != Script::none && !begins_with_typed(first, std::string_view{keys_}.substr(0, 1))) {
                at = lower_bound(words, std::u32string(1, text[0] + 1));
                continue;
            }
            if (begins_with_typed(text, keys_)) add(segment, facet, place, words, *at, is_typed);
            ++at;
        }
    }

    void add(std::size_t segment, std::size_t facet, std::size_t place, Vocabulary const& words,
             Vocabulary::Value const& value, Rank rank) {
        std::uint64_t const documents = words.count(value, permitted_.of(segment));
        if (documents == 0) return;
        Found& found = found_[std::u32string{words.text(value)}];
        auto const is_counted = std::pair{segment * facets_ + place, value.number};
        found.rank = std::min(found.rank, rank);
        if (!counted_.emplace(is_counted, true).second) return;
        found.of_facet.resize(facets_);
        found.of_facet[place] += documents;
        Segment const& reader = *permitted_.snapshot().segments()[segment].segment;
        found.spellings[std::string{reader.facet_value(facet, value.number)}] += documents;
    }

    Permitted const& permitted_;
    std::u32string typed_;
    std::string keys_;
    std::size_t facets_;
    std::map<std::u32string, Found> found_;
    std::map<std::pair<std::size_t, std::uint32_t>, bool> counted_;
};

} // namespace

std::shared_ptr<Vocabulary const> Suggestions::vocabulary(std::shared_ptr<Segment const> const& segment,
                                                          std::size_t facet) const {
    std::pair const key{segment.get(), facet};
    {
        std::scoped_lock const lock{mutex_};
        std::erase_if(kept_, [](auto const& kept) { return kept.second.segment.expired(); });
        if (auto const kept = kept_.find(key); kept != kept_.end()) return kept->second.vocabulary;
    }
    auto vocabulary = std::make_shared<Vocabulary const>(*segment, facet);
    std::scoped_lock const lock{mutex_};
    kept_[key] = {segment, vocabulary};
    return vocabulary;
}

std::vector<Suggestion> Suggestions::complete(Permitted const& permitted, std::string_view typed,
                                              std::size_t most) const {
    std::u32string text = folded(typed);
    while (!text.empty() && text.front() == ' ') text.erase(0, 1);
    if (text.empty() || most == 0) return {};
    auto const& segments = permitted.snapshot().segments();
    Completion completion{permitted, std::move(text), facets_.size()};
    auto const for_each = [&](auto const& function) {
        for (std::size_t segment = 0; segment < segments.size(); ++segment)
            for (std::size_t place = 0; place < facets_.size(); ++place)
                function(segment, facets_[place], place, *vocabulary(segments[segment].segment, facets_[place]));
    };
    for_each([&](auto... about) { completion.add_beginnings(about...); });
    if (completion.size() < most) for_each([&](auto... about) { completion.add_containing(about...); });
    return completion.take(most);
}

} // namespace sangu::search
