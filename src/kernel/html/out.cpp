#include "kernel/html/out.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sangu::html {

namespace {

constexpr std::size_t longest_escape = 6; // "&quot;"

constexpr std::size_t spare_bytes_min = std::size_t{1} << 16, spare_bytes_max = std::size_t{1} << 18;

struct Spare {
    std::unique_ptr<char[]> buffer;
    std::size_t bytes = 0;
};
thread_local Spare spare;

constexpr std::array<bool, 256> special_byte = [] {
    std::array<bool, 256> special{};
    for (char const byte : std::string_view{"&<>\"'"}) special[static_cast<unsigned char>(byte)] = true;
    return special;
}();

char* write_escaped(char* to, char byte) {
    auto const put = [&](std::string_view entity) {
        std::memcpy(to, entity.data(), entity.size());
        return to + entity.size();
    };
    switch (byte) {
    case '&': return put("&amp;");
    case '<': return put("&lt;");
    case '>': return put("&gt;");
    case '"': return put("&quot;");
    case '\'': return put("&#39;");
    default: *to = byte; return to + 1;
    }
}

#if defined(__SSE2__)
// Bit i is set when byte i of the 16 at `from` must be escaped.
int special_bytes(__m128i block) {
    auto const is = [&](char byte) { return _mm_cmpeq_epi8(block, _mm_set1_epi8(byte)); };
    auto const brackets = _mm_or_si128(is('<'), is('>'));
    auto const quotes = _mm_or_si128(is('"'), is('\''));
    return _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(brackets, quotes), is('&')));
}
#endif

} // namespace

Out::Out(std::size_t capacity) {
    if (capacity >= spare_bytes_min && spare.bytes >= capacity) {
        buffer_ = std::move(spare.buffer);
        capacity = std::exchange(spare.bytes, 0);
    } else {
        buffer_ = std::make_unique_for_overwrite<char[]>(capacity);
    }
    next_ = buffer_.get();
    end_ = next_ + capacity;
}

Out::~Out() {
    auto const bytes = static_cast<std::size_t>(end_ - buffer_.get());
    if (bytes < spare_bytes_min || bytes > spare_bytes_max || bytes <= spare.bytes) return;
    spare = {std::move(buffer_), bytes};
}

void Out::grow(std::size_t more) {
    std::size_t const used = size();
    std::size_t const reserved = std::max(static_cast<std::size_t>(end_ - buffer_.get()) * 2, used + more);
    auto larger = std::make_unique_for_overwrite<char[]>(reserved);
    std::memcpy(larger.get(), buffer_.get(), used);
    buffer_ = std::move(larger);
    next_ = buffer_.get() + used;
    end_ = buffer_.get() + reserved;
}

void Out::text(std::string_view untrusted) {
    char const* from = untrusted.data();
    char const* const last = from + untrusted.size();
    reserve(untrusted.size() * longest_escape);
    char* to = next_;
#if defined(__SSE2__)
    while (last - from >= 16) {
        auto const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(from));
        int const special = special_bytes(block);
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to), block);
        int const plain = special ? __builtin_ctz(static_cast<unsigned>(special)) : 16;
        to += plain;
        from += plain;
        if (special) to = write_escaped(to, *from++);
    }
    while (last - from >= 8) {
        auto const block = _mm_loadl_epi64(reinterpret_cast<__m128i const*>(from));
        int const special = special_bytes(block) & 0xff;
        _mm_storel_epi64(reinterpret_cast<__m128i*>(to), block);
        int const plain = special ? __builtin_ctz(static_cast<unsigned>(special)) : 8;
        to += plain;
        from += plain;
        if (special) to = write_escaped(to, *from++);
    }
#endif
    for (; from < last; ++from)
        if (special_byte[static_cast<unsigned char>(*from)]) [[unlikely]]
            to = write_escaped(to, *from);
        else
            *to++ = *from;
    next_ = to;
}

void Out::integer(std::int64_t number) {
    reserve(24);
    next_ = std::to_chars(next_, next_ + 24, number).ptr;
}

void Out::natural(std::uint64_t number) {
    reserve(24);
    next_ = std::to_chars(next_, next_ + 24, number).ptr;
}

void Out::real(double number) { raw(to_text(number)); }

void Out::json(std::string_view serialised) {
    for (std::size_t start = 0; start < serialised.size();) {
        std::size_t const at = std::min(serialised.find('<', start), serialised.size());
        raw(serialised.substr(start, at - start));
        if (at < serialised.size()) raw("\\u003c");
        start = at + 1;
    }
}

std::string Out::take() {
    std::string result{view()};
    next_ = buffer_.get();
    return result;
}

} // namespace sangu::html
