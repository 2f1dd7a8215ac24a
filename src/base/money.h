#pragma once

// Money in whole fen (1/100 yuan) and rates in parts per million: never a floating-point number.

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu {

struct Money {
    std::int64_t fen = 0;

    friend constexpr auto operator<=>(Money, Money) = default;
    friend constexpr Money operator+(Money a, Money b) { return {a.fen + b.fen}; }
    friend constexpr Money operator-(Money a, Money b) { return {a.fen - b.fen}; }
};

// Parts per million: 50 % is 500'000.
struct Rate {
    std::int64_t ppm = 0;

    friend constexpr auto operator<=>(Rate, Rate) = default;
};

// amount × rate, rounded half away from zero to whole fen.
Money times(Money amount, Rate rate);

// Splits an amount in proportion to `weights` (≥ 0, at least one > 0) by largest remainder, so that the
// parts add up to the amount; ties go to the earlier part.
std::vector<Money> split(Money amount, std::span<std::int64_t const> weights);

std::string to_text(Money amount);                       // "1234.50"
std::optional<Money> parse_money(std::string_view text); // "1234.5", "-0.01"; at most two decimals

} // namespace sangu
