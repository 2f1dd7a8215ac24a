#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sangu::tables {

void append_utf8(std::string& text, char32_t character);

// Checks UTF-8 piece by piece (RFC 3629: no surrogates, nothing overlong, nothing above U+10FFFF).
class Utf8Check {
public:
    // The number of bytes from the start of this piece up to the first wrong byte, or npos. A character that began in
    // an earlier piece counts as wrong where it stops being one.
    std::size_t first_bad(std::string_view piece);
    bool inside_character() const { return missing_ > 0; }

private:
    bool accept(unsigned char byte);

    int missing_ = 0;                        // continuation bytes to come
    unsigned char low_ = 0x80, high_ = 0xbf; // of the next one
};

} // namespace sangu::tables
