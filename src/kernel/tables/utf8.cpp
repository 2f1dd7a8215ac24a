#include "kernel/tables/utf8.h"

#include <cstring>

namespace sangu::tables {

void append_utf8(std::string& text, char32_t character) {
    auto const put = [&text](char32_t byte) { text += static_cast<char>(byte); };
    if (character < 0x80) return put(character);
    if (character < 0x800) {
        put(0xc0 | character >> 6);
    } else {
        if (character < 0x10000) {
            put(0xe0 | character >> 12);
        } else {
            put(0xf0 | character >> 18);
            put(0x80 | (character >> 12 & 0x3f));
        }
        put(0x80 | (character >> 6 & 0x3f));
    }
    put(0x80 | (character & 0x3f));
}

bool Utf8Check::accept(unsigned char byte) {
    if (missing_ > 0) {
        if (byte < low_ || byte > high_) return false;
        --missing_;
        low_ = 0x80, high_ = 0xbf;
        return true;
    }
    if (byte < 0x80) return true;
    if (byte < 0xc2 || byte > 0xf4) return false;
    missing_ = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    low_ = byte == 0xe0 ? 0xa0 : byte == 0xf0 ? 0x90 : 0x80;
    high_ = byte == 0xed ? 0x9f : byte == 0xf4 ? 0x8f : 0xbf;
    return true;
}

std::size_t Utf8Check::first_bad(std::string_view piece) {
    for (std::size_t at = 0; at < piece.size(); ++at) {
        std::uint64_t word = 0;
        while (missing_ == 0 && piece.size() - at >= 8) {
            std::memcpy(&word, piece.data() + at, 8);
            if (word & 0x8080808080808080u) break;
            at += 8;
        }
        if (at < piece.size() && !accept(static_cast<unsigned char>(piece[at]))) return at;
    }
    return std::string_view::npos;
}

} // namespace sangu::tables
