#pragma once

// Shares of holders: typed as per cent or fractions, stored in whole parts per million that make exactly the whole.

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::rights {

inline constexpr std::int64_t whole_ppm = 1'000'000;

// One typed share as an exact fraction.
struct Share {
    std::int64_t numerator = 0, denominator = 1;
};
// "60", "60%", "33.3333 %", "1/3" (full width too); nothing for anything else, for 0 and for more than the whole.
std::optional<Share> parse_share(std::string_view typed);

// What was typed as parts per million. All blank: equal parts. Refuses, in problems of field "share": one that cannot
// be read (rights.share.form, {1}: the text), some blank (rights.share.blank), a sum other than the whole
// (rights.share.sum, {1}: what it is in per cent). Fractions that make the whole exactly are rounded by largest
// remainder, so that the parts do too.
Result<std::vector<std::int64_t>> ppm_of_shares(std::span<std::string const> typed);

std::string share_text(std::int64_t ppm); // "60", "33.3333": per cent

} // namespace sangu::rights
