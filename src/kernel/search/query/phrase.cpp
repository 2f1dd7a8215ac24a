#include "kernel/search/query/phrase.h"

#include "kernel/search/segment/checksum.h"

#include <algorithm>

namespace sangu::search {
namespace {

constexpr std::size_t cut_term_bytes = 60; // longer terms may have been cut: they say nothing of what follows

Occurrence const* at_position(std::vector<Occurrence> const& field, std::uint32_t position) {
    auto const found = std::ranges::lower_bound(field, position, {}, &Occurrence::position);
    return found != field.end() && found->position == position ? &*found : nullptr;
}

} // namespace

Phrase::Phrase(std::string_view text, Analyzer& analyzer) {
    std::vector<Token> const& tokens = analyzer.analyse(text).tokens;
    std::uint32_t first = 0, begin = 0, end = 0;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        Token const& token = tokens[at];
        bool const has_quantity = at + 1 < tokens.size() && tokens[at + 1].kind == TokenKind::quantity;
        bool const is_lone = token.kind == TokenKind::character;
        if (token.kind == TokenKind::quantity || ((token.is_ground() || is_lone) && !has_quantity)) {
            if (elements_.empty()) first = token.position, begin = token.begin;
            end = std::max(end, token.end);
        }
        if (token.kind == TokenKind::quantity) terms_.emplace_back(token.term);
        if ((token.is_ground() || is_lone) && !has_quantity)
            elements_.push_back({std::string{token.term}, token.position - first, is_lone});
    }
    bool const has_quantity = !terms_.empty();
    bool const are_all_lone = std::ranges::all_of(elements_, &Element::is_lone);
    for (Element const& element : elements_)
        if (!element.is_lone || are_all_lone) terms_.push_back(element.term);
    for (Token const& token : tokens)
        if ((token.kind == TokenKind::word || token.kind == TokenKind::code) && token.begin == begin &&
            token.end == end && token.term.size() < cut_term_bytes && !has_quantity)
            whole_ = token.term;
}

PhraseFinder::PhraseFinder(Segment const& segment, Phrase const& phrase) : segment_{segment}, phrase_{phrase} {
    auto const& elements = phrase.elements();
    for (Phrase::Element const& element : elements)
        wanted_.push_back(segment.find(term_hash(element.term), element.term));
    auto const solid = std::ranges::find(elements, false, &Phrase::Element::is_lone);
    anchor_ = solid == elements.end() ? 0 : static_cast<std::size_t>(solid - elements.begin());
}

bool PhraseFinder::stands_in(std::uint32_t document, std::uint8_t fields) {
    if (!wanted_[anchor_]) return false;
    order_.read(segment_, document);
    for (std::size_t field = 0; field < fields_max; ++field)
        if ((fields >> field & 1) != 0 && stands_in(order_.sequences[field])) return true;
    return false;
}

bool PhraseFinder::stands_in(std::vector<Occurrence> const& field) const {
    std::uint32_t const before = phrase_.elements()[anchor_].position;
    return std::ranges::any_of(field, [&](Occurrence const& occurrence) {
        return order_.numbers[occurrence.term] == *wanted_[anchor_] && occurrence.position >= before &&
               stands_at(field, occurrence.position - before);
    });
}

bool PhraseFinder::stands_at(std::vector<Occurrence> const& field, std::uint32_t begin) const {
    for (std::size_t at = 0; at < phrase_.elements().size(); ++at)
        if (!is_element_at(field, at, begin + phrase_.elements()[at].position)) return false;
    return true;
}

bool PhraseFinder::is_element_at(std::vector<Occurrence> const& field, std::size_t element,
                                 std::uint32_t position) const {
    Occurrence const* const here = at_position(field, position);
    if (here && wanted_[element] && order_.numbers[here->term] == *wanted_[element]) return true;
    Phrase::Element const& wanted = phrase_.elements()[element];
    if (!wanted.is_lone) return false;
    auto const is_pair = [&](Occurrence const& at) { return order_.terms[at.term].ends.first != 0; };
    if (here && is_pair(*here) && segment_.text_of(order_.numbers[here->term]).starts_with(wanted.term)) return true;
    Occurrence const* const before = position > 0 ? at_position(field, position - 1) : nullptr;
    return before && is_pair(*before) && segment_.text_of(order_.numbers[before->term]).ends_with(wanted.term);
}

} // namespace sangu::search
