#include "kernel/search/text/synonyms.h"

#include "base/text.h"

#include <algorithm>

namespace sangu::search {
namespace {

constexpr float default_weight = 0.5F;

// "马达 @0.7" → 马达, and 0.7 into the weight. False when what follows @ is no number in (0, 1].
bool split_weight(std::string_view& text, float& weight) {
    auto const at = text.rfind('@');
    if (at == std::string_view::npos) return true;
    auto const number = parse_real(trim(text.substr(at + 1)));
    if (!number || *number <= 0 || *number > 1) return false;
    weight = static_cast<float>(*number);
    text = trim(text.substr(0, at));
    return true;
}

bool is_latin_at(std::span<Character const> text, std::size_t at) {
    if (at >= text.size()) return false;
    Script const script = script_of(text[at].code);
    return script == Script::letter || script == Script::digit;
}

bool cuts_a_word(std::span<Character const> text, std::size_t at) {
    return at > 0 && is_latin_at(text, at - 1) && is_latin_at(text, at);
}

} // namespace

Synonyms::Synonyms(std::string_view rules) {
    for (std::string_view const whole : split_text(rules, '\n')) {
        std::string_view const line = trim(whole);
        if (line.empty() || line.starts_with('#')) continue;
        if (!read(line)) ++refused_lines_;
    }
    for (std::size_t at = 0; at < rules_.size(); ++at) left_sides_.add(rules_[at].left, static_cast<std::uint32_t>(at));
    left_sides_.build();
}

bool Synonyms::read(std::string_view line) {
    float weight = default_weight;
    if (!split_weight(line, weight)) return false;
    auto const arrow = line.find("=>");
    if (arrow != std::string_view::npos) {
        std::string_view const left = trim(line.substr(0, arrow));
        std::string_view const rights = trim(line.substr(arrow + 2));
        if (left.empty() || rights.empty()) return false;
        for (std::string_view const right : split_text(rights, ',')) add(left, trim(right), weight);
        return true;
    }
    auto const names = split_text(line, '=');
    if (names.size() < 2 || std::ranges::any_of(names, [](auto name) { return trim(name).empty(); })) return false;
    for (std::string_view const left : names)
        for (std::string_view const right : names) add(trim(left), trim(right), weight);
    return true;
}

void Synonyms::add(std::string_view left, std::string_view right, float weight) {
    if (right.empty() || left == right) return;
    auto rule = std::ranges::find(rules_, left, &Rule::left);
    if (rule == rules_.end()) rule = rules_.insert(rules_.end(), Rule{std::string{left}, {}});
    rule->rights.push_back({std::string{right}, weight});
}

std::vector<Expansion> Synonyms::expand(std::string_view query) const {
    std::vector<Expansion> expansions;
    if (rules_.empty()) return expansions;
    std::vector<Character> text;
    normalise(query, text);
    for (std::size_t at = 0; at < text.size();) {
        auto const match = left_sides_.longest_at(std::span{text}.subspan(at));
        if (!match || cuts_a_word(text, at) || cuts_a_word(text, at + match->length)) {
            ++at;
            continue;
        }
        for (Right const& right : rules_[match->value].rights)
            expansions.push_back({right.text, right.weight, text[at].begin, text[at + match->length - 1].end});
        at += match->length;
    }
    return expansions;
}

} // namespace sangu::search
