#include "kernel/search/query/scan.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace sangu::search {
namespace {

enum class Sign : std::uint8_t { space, open, close, colon, quote };

constexpr std::pair<std::string_view, Sign> signs[] = {
    {" ", Sign::space},  {"\t", Sign::space}, {"\n", Sign::space}, {"\r", Sign::space}, {"　", Sign::space},
    {"(", Sign::open},   {"（", Sign::open},  {")", Sign::close},  {"）", Sign::close}, {":", Sign::colon},
    {"：", Sign::colon}, {"\"", Sign::quote}, {"“", Sign::quote},  {"”", Sign::quote},  {"＂", Sign::quote},
};

struct Found {
    Sign sign;
    std::size_t size;
};

std::optional<Found> sign_at(std::string_view text) {
    for (auto const& [written, sign] : signs)
        if (text.starts_with(written)) return Found{sign, written.size()};
    return std::nullopt;
}

bool is_mark(char c) { return c == '+' || c == '-'; }
bool is_space_at(std::string_view text) {
    auto const sign = sign_at(text);
    return sign && sign->sign == Sign::space;
}

} // namespace

Lexeme Scanner::next() {
    using Kind = Lexeme::Kind;
    while (!rest_.empty()) {
        auto const sign = sign_at(rest_);
        if (is_mark(rest_[0]) && (rest_.size() == 1 || is_space_at(rest_.substr(1)))) { // "2 - 3"
            rest_.remove_prefix(1);
            continue;
        }
        if (!sign) return word();
        if (sign->sign == Sign::quote) return phrase(sign->size);
        rest_.remove_prefix(sign->size);
        if (sign->sign == Sign::open) return {Kind::open, {}, false};
        if (sign->sign == Sign::close) return {Kind::close, {}, false};
    }
    return {};
}

Lexeme Scanner::phrase(std::size_t mark_size) {
    rest_.remove_prefix(mark_size);
    for (std::size_t at = 0; at < rest_.size(); ++at)
        if (auto const sign = sign_at(rest_.substr(at)); sign && sign->sign == Sign::quote) {
            Lexeme const lexeme{Lexeme::Kind::phrase, rest_.substr(0, at), false};
            rest_.remove_prefix(at + sign->size);
            return lexeme;
        }
    return {Lexeme::Kind::phrase, std::exchange(rest_, {}), true};
}

Lexeme Scanner::word() {
    using Kind = Lexeme::Kind;
    if (is_mark(rest_[0])) {
        Kind const kind = rest_[0] == '+' ? Kind::plus : Kind::minus;
        rest_.remove_prefix(1);
        return {kind, {}, false};
    }
    std::size_t size = 0;
    while (size < rest_.size()) {
        auto const sign = sign_at(rest_.substr(size));
        if (!sign) {
            ++size;
            continue;
        }
        if (sign->sign != Sign::colon) break;
        if (std::ranges::find(fields_, rest_.substr(0, size)) != fields_.end()) {
            Lexeme const lexeme{Kind::field, rest_.substr(0, size), false};
            rest_.remove_prefix(size + sign->size);
            return lexeme;
        }
        size += sign->size;
    }
    std::string_view const text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    if (text == "AND") return {Kind::conjunction, text, false};
    if (text == "OR") return {Kind::disjunction, text, false};
    if (text == "NOT") return {Kind::negation, text, false};
    return {Kind::word, text, false};
}

} // namespace sangu::search
