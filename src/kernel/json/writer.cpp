#include "base/text.h"
#include "kernel/json/json.h"

#include <bit>
#include <charconv>
#include <cmath>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace sangu::json {

namespace {

// True for bytes that may need an escape: 0xE2 begins U+2028 and U+2029, which end a line in JavaScript.
bool needs_attention(unsigned char c) {
    return c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == 0xE2;
}

// The first byte at or after `at` that may need an escape.
std::size_t find_attention(std::string_view text, std::size_t at) {
#ifdef __SSE2__
    auto const equals = [](__m128i bytes, char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
    for (; at + 16 <= text.size(); at += 16) {
        __m128i const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text.data() + at));
        __m128i const control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
        __m128i const quoting = _mm_or_si128(equals(bytes, '"'), equals(bytes, '\\'));
        __m128i const markup = _mm_or_si128(_mm_or_si128(equals(bytes, '<'), equals(bytes, '>')), equals(bytes, '&'));
        __m128i const separator = equals(bytes, static_cast<char>(0xE2));
        int const found =
            _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(control, quoting), _mm_or_si128(markup, separator)));
        if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(found)));
    }
#endif
    while (at < text.size() && !needs_attention(static_cast<unsigned char>(text[at]))) ++at;
    return at;
}

void append_unicode_escape(std::string& out, unsigned code_unit) {
    constexpr char const digits[] = "0123456789abcdef";
    char const escape[] = {'\\',
                           'u',
                           digits[code_unit >> 12 & 15],
                           digits[code_unit >> 8 & 15],
                           digits[code_unit >> 4 & 15],
                           digits[code_unit & 15]};
    out.append(escape, sizeof escape);
}

// Appends the character at text[at]; gives the number of bytes taken.
std::size_t append_escaped(std::string& out, std::string_view text, std::size_t at) {
    char const c = text[at];
    switch (c) {
    case '"': out += "\\\""; return 1;
    case '\\': out += "\\\\"; return 1;
    case '\n': out += "\\n"; return 1;
    case '\r': out += "\\r"; return 1;
    case '\t': out += "\\t"; return 1;
    default: break;
    }
    std::string_view const three = text.substr(at, 3);
    if (three == "\xE2\x80\xA8" || three == "\xE2\x80\xA9") {
        append_unicode_escape(out, three.back() == '\xA8' ? 0x2028 : 0x2029);
        return 3;
    }
    if (c == '\xE2')
        out += c;
    else
        append_unicode_escape(out, static_cast<unsigned char>(c));
    return 1;
}

template <class Number> void append_number(std::string& out, Number number) {
    char buffer[32];
    out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

} // namespace

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    std::size_t done = 0;
    while (true) {
        std::size_t const next = find_attention(text, done);
        out.append(text.data() + done, next - done);
        if (next == text.size()) break;
        done = next + append_escaped(out, text, next);
    }
    out += '"';
}

void Writer::separate() {
    if (!first_ && !after_key_) out_ += ',';
    first_ = false;
    after_key_ = false;
}

Writer& Writer::begin_object() {
    separate();
    out_ += '{';
    first_ = true;
    return *this;
}

Writer& Writer::end_object() {
    out_ += '}';
    first_ = false;
    return *this;
}

Writer& Writer::begin_array() {
    separate();
    out_ += '[';
    first_ = true;
    return *this;
}

Writer& Writer::end_array() {
    out_ += ']';
    first_ = false;
    return *this;
}

Writer& Writer::key(std::string_view name) {
    separate();
    append_quoted(out_, name);
    out_ += ':';
    after_key_ = true;
    return *this;
}

Writer& Writer::value(std::string_view text) {
    separate();
    append_quoted(out_, text);
    return *this;
}

Writer& Writer::value(std::int64_t number) {
    separate();
    append_number(out_, number);
    return *this;
}

Writer& Writer::value(double number) {
    if (!std::isfinite(number)) return null();
    separate();
    append_number(out_, number == 0 ? 0.0 : number); // "-0" would read back as the integer 0
    return *this;
}

Writer& Writer::value(bool flag) { return raw(flag ? "true" : "false"); }

Writer& Writer::null() { return raw("null"); }

Writer& Writer::raw(std::string_view serialised) {
    separate();
    out_ += serialised;
    return *this;
}

Writer& Writer::value(Value const& any) {
    if (auto const* flag = std::get_if<bool>(&any)) return value(*flag);
    if (auto const* integer = std::get_if<std::int64_t>(&any)) return value(*integer);
    if (auto const* real = std::get_if<double>(&any)) return value(*real);
    if (auto const* text = std::get_if<std::string>(&any)) return value(std::string_view{*text});
    if (auto const* bytes = std::get_if<Bytes>(&any)) return value(std::string_view{to_base64url(bytes->data)});
    return null();
}

} // namespace sangu::json
