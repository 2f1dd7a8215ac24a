#pragma once

// Numbers with units as one term, whatever they are written in: "10 kW", "１０千瓦" and "0.01MW" are the same power.

#include "kernel/search/text/normal.h"

#include <optional>
#include <span>
#include <string>

namespace sangu::search {

struct Quantity {
    std::uint32_t number_length = 0; // characters of the number
    std::uint32_t length = 0;        // of number and unit; equal to number_length when there is no unit
    double number = 0;
    std::string unit; // the base unit of the same dimension, "" when none follows
    double factor = 1;

    // "10 kW" → "10000 W"; a plain number → "10". Six significant digits.
    std::string term() const;
    std::string number_term() const;
};

// The number that begins at the first character, with the unit after it: digits, "1,000", "10.5", "1万". Nothing when
// the text does not begin with a digit.
std::optional<Quantity> quantity_at(std::span<Character const> text);

} // namespace sangu::search
