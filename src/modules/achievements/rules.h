#pragma once

// What an achievement must be and what makes it a good one. Pure.

#include "modules/achievements/entities.h"

#include <span>

namespace sangu::achievements {

// A national registration number: region or department in 3 characters, the year, "Y" and a serial of 4 digits:
// "430" "2026" "Y" "0123".
bool is_registration_number(std::string_view text);
// True when the shares, in percent with at most four decimals, are exactly 100 together.
bool are_whole(std::span<double const> shares);

Problems check(library::Filled const& entry);
std::vector<library::Hint> hints();

} // namespace sangu::achievements
