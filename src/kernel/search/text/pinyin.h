#pragma once

// How ideographs are read, so that names are found by what is typed on a Latin keyboard: "zhuzhou", "zz", "zhuz" and
// "zzhou" all begin 株洲. ICU's readings (as a word and as a surname), and those of data/lexicon/readings.txt.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::search {

// Without tones, in small letters, ü as "v" and as "u"; empty for what is no ideograph. Thread-safe; the first call
// takes some tenths of a second.
std::span<std::string const> readings_of(char32_t code);

// Whether `typed` (small letters and digits, no spaces) can be typed for the beginning of the text: of each ideograph
// its reading or only the first letters of it, other letters and digits as they are; signs and spaces of the text are
// passed over. `typed` of one letter counts too. Linear for all that people type; at most 64 letters are looked at.
bool begins_with_typed(std::span<char32_t const> text, std::string_view typed);
// Whether `typed` is the whole text with whole readings.
bool is_read_as(std::span<char32_t const> text, std::string_view typed);
// Two ideographs with a reading in common.
bool sound_alike(char32_t one, char32_t other);

} // namespace sangu::search
