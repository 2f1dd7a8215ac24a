#pragma once

// Text as it is compared: compatibility forms, case, width and traditional characters folded away (the same fold as
// i18n::fold), and for every character the bytes of the source it came from, so that a hit can be shown in the
// original.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::search {

struct Character {
    char32_t code = 0;
    std::uint32_t begin = 0; // bytes of the source, half open
    std::uint32_t end = 0;
    bool was_capital = false; // an ASCII or full-width capital in the source: mW is not MW

    bool operator==(Character const&) const = default;
};

// NFKC with case folding, then traditional → simplified. One source character may give several ("㎏" → k, g, both with
// the bytes of ㎏) or none (a soft hyphen). A byte that is not UTF-8 becomes U+FFFD. Linear in the length of the text;
// texts of 4 GiB and more are cut.
void normalise(std::string_view text, std::vector<Character>& characters);

void append_utf8(std::string& text, char32_t code);

// What a character is to the analyzer.
enum class Script : std::uint8_t {
    none,        // white space, punctuation, signs
    ideographic, // written without spaces between words: Han, kana, bopomofo, hangul
    letter,      // letters of every other script, and digits that are not 0–9
    digit,       // 0–9
    mark,        // belongs to the letter before it
};
Script script_of(char32_t code);

} // namespace sangu::search
