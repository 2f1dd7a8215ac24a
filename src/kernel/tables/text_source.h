#pragma once

// The text of an input as UTF-8, whatever Chinese offices saved it as.

#include "kernel/tables/input.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace sangu::tables {

enum class Encoding : std::uint8_t { utf8, utf16_le, utf16_be, gb18030 };

struct Detected {
    Encoding encoding = Encoding::utf8;
    std::uint64_t start = 0;               // bytes of the byte order mark
    std::uint64_t good_until = UINT64_MAX; // UTF-8: offset of the first wrong byte
};

// By byte order mark, by the pattern of NUL bytes (UTF-16), by being valid UTF-8, else GB18030 when the whole input
// decodes cleanly. Reads the input once, one that is not UTF-8 twice, in pieces.
Detected detect(Input const& input);

class TextSource {
public:
    virtual ~TextSource() = default;
    // The next piece of valid UTF-8, empty at the end; it lives until the next call.
    virtual std::string_view next() = 0;
    // True when the end was reached because the bytes behind it are not text in the detected encoding.
    virtual bool is_bad() const = 0;
};

std::unique_ptr<TextSource> text_source(std::unique_ptr<Input> input);

} // namespace sangu::tables
