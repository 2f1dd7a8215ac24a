#include "kernel/search/suggest/vocabulary.h"

#include "kernel/search/text/normal.h"

#include <algorithm>

namespace sangu::search {
namespace {

constexpr std::size_t characters_max = 64;

} // namespace

std::uint64_t letters_of(std::u32string_view text) {
    std::uint64_t letters = 0;
    for (char32_t const code : text) letters |= std::uint64_t{1} << (code * 2654435761U >> 26 & 63U);
    return letters;
}

std::u32string folded(std::string_view text) {
    std::vector<Character> characters;
    normalise(text.substr(0, characters_max * 4), characters);
    std::u32string codes;
    for (Character const& character : characters)
        if (codes.size() < characters_max) codes += character.code;
    return codes;
}

Vocabulary::Vocabulary(Segment const& segment, std::size_t facet) {
    std::uint32_t const count = segment.facet_value_count(facet);
    starts_.assign(count + std::size_t{1}, 0);
    for (std::uint32_t number = 0; number < count; ++number) {
        std::u32string const text = folded(segment.facet_value(facet, number));
        values_.push_back({number, static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(text.size()),
                           letters_of(text)});
        text_ += text;
    }
    for (std::uint32_t document = 0; document < segment.documents(); ++document)
        for (std::uint32_t const value : segment.facet_values(facet, document)) ++starts_.at(value + std::size_t{1});
    for (std::size_t at = 0; at < count; ++at) starts_[at + 1] += starts_[at];
    documents_.resize(starts_.back());
    std::vector<std::uint32_t> places = starts_;
    for (std::uint32_t document = 0; document < segment.documents(); ++document)
        for (std::uint32_t const value : segment.facet_values(facet, document)) documents_[places[value]++] = document;
    std::ranges::sort(values_, [this](Value const& one, Value const& other) {
        auto const first = text(one), second = text(other);
        return first != second ? first < second : one.number < other.number;
    });
}

std::uint64_t Vocabulary::count(Value const& value, Bitmap const& documents) const {
    std::uint64_t count = 0;
    for (std::uint32_t at = starts_[value.number]; at < starts_[value.number + std::size_t{1}]; ++at)
        count += documents.has(documents_[at]) ? 1 : 0;
    return count;
}

} // namespace sangu::search
