#pragma once

// What a good entry of an intermediary has, and whether a licence holds on a day. Pure: no clock, no database.

#include "modules/intermediaries/entities.h"

#include <vector>

namespace sangu::intermediaries {

inline constexpr int ending_days = 60; // so many days before its last day a licence counts as near its end

enum class Validity : std::uint8_t { not_yet, valid, ending, expired };
constexpr auto choices_of(Validity) {
    using enum Validity;
    return choices<Validity>({{not_yet, "not_yet"}, {valid, "valid"}, {ending, "ending"}, {expired, "expired"}});
}
// `from` and `until` are the first and the last day; none: no limit on that side.
Validity validity_on(Date day, std::optional<Date> from, std::optional<Date> until);

Problems check(library::Filled const& entry);
std::vector<library::Hint> hints();

} // namespace sangu::intermediaries
