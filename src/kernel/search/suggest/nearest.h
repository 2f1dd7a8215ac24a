#pragma once

// How far two texts are apart, in half steps: a character left out, put in, put for another or two exchanged is one
// step, one put for another that sounds the same half a step.

#include <cstddef>
#include <string_view>

namespace sangu::search {

struct Nearest {
    unsigned cost = 0;     // in half steps
    std::size_t begin = 0; // characters of `text`, half open
    std::size_t end = 0;
};

// Where in `text` something nearest to `value` stands. Time: the product of both lengths.
Nearest nearest_part(std::u32string_view text, std::u32string_view value);
// The whole text against the value.
unsigned distance(std::u32string_view text, std::u32string_view value);

} // namespace sangu::search
