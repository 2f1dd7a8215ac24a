#include "base/money.h"

#include "base/result.h"
#include "base/wide.h"

#include <algorithm>
#include <charconv>
#include <numeric>

namespace sangu {

Money times(Money amount, Rate rate) {
    Wide const product = static_cast<Wide>(amount.fen) * rate.ppm;
    Wide const half = product < 0 ? -500'000 : 500'000;
    return {static_cast<std::int64_t>((product + half) / 1'000'000)};
}

std::vector<Money> split(Money amount, std::span<std::int64_t const> weights) {
    Wide const total = std::accumulate(weights.begin(), weights.end(), Wide{0});
    SANGU_ASSERT(total > 0);
    std::vector<Money> parts(weights.size());
    std::vector<std::pair<Wide, std::size_t>> remainders;
    std::int64_t left = amount.fen;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        Wide const product = static_cast<Wide>(amount.fen) * weights[i];
        parts[i].fen = static_cast<std::int64_t>(product / total);
        left -= parts[i].fen;
        remainders.emplace_back(product % total, i);
    }
    std::int64_t const unit = left < 0 ? -1 : 1;
    std::ranges::stable_sort(remainders, [&](auto const& a, auto const& b) { return a.first * unit > b.first * unit; });
    for (auto const& [remainder, index] : remainders) {
        if (left == 0) break;
        parts[index].fen += unit;
        left -= unit;
    }
    return parts;
}

std::string to_text(Money amount) {
    std::uint64_t const absolute =
        amount.fen < 0 ? 0 - static_cast<std::uint64_t>(amount.fen) : static_cast<std::uint64_t>(amount.fen);
    std::string text = amount.fen < 0 ? "-" : "";
    text += std::to_string(absolute / 100);
    text += '.';
    text += static_cast<char>('0' + absolute / 10 % 10);
    text += static_cast<char>('0' + absolute % 10);
    return text;
}

std::optional<Money> parse_money(std::string_view text) {
    bool const negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    std::size_t const point = text.find('.');
    std::string_view const whole = text.substr(0, point);
    std::string_view const fraction = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    if (whole.empty() || whole.size() > 16 || fraction.size() > 2) return {};
    if (point != std::string_view::npos && fraction.empty()) return {};
    std::string digits{whole};
    digits += fraction;
    digits.append(2 - fraction.size(), '0');
    if (digits.find_first_not_of("0123456789") != std::string::npos) return {};
    std::int64_t fen = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), fen);
    if (error != std::errc{} || end != digits.data() + digits.size()) return {};
    return Money{negative ? -fen : fen};
}

} // namespace sangu
