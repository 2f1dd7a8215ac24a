#include "kernel/search/text/normal.h"

#include "kernel/i18n/simplified.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <limits>

namespace sangu::search {
namespace {

constexpr char32_t replacement = 0xFFFD;

bool is_ascii_capital(char32_t code) { return code >= 'A' && code <= 'Z'; }
bool is_capital(char32_t code) { return is_ascii_capital(code) || (code >= 0xFF21 && code <= 0xFF3A); }
bool is_unified_han(char32_t code) { return code >= 0x3400 && code < 0xA000; }
// Neither changed by the normal form nor joined to what stands before it.
bool stands_alone(char32_t code) { return code < 0x80 || is_unified_han(code); }

class Normaliser {
public:
    Normaliser(std::string_view text, std::vector<Character>& characters) : text_{text}, characters_{characters} {}

    void run() {
        Source next = read(0);
        while (next.begin < next.end) {
            Source const source = next;
            next = read(source.end);
            bool const is_last = next.begin == next.end;
            if (stands_alone(source.code) && (is_last || stands_alone(next.code)))
                push(source);
            else
                next = normalise_from(source, next);
        }
    }

private:
    struct Source {
        char32_t code;
        std::uint32_t begin, end;
    };

    Source read(std::uint32_t at) const {
        if (at >= text_.size()) return {0, at, at};
        auto const first = static_cast<unsigned char>(text_[at]);
        if (first < 0x80) return {first, at, at + 1};
        auto const* const bytes = reinterpret_cast<std::uint8_t const*>(text_.data());
        auto const size = static_cast<std::int64_t>(text_.size());
        auto position = static_cast<std::int64_t>(at);
        UChar32 code = 0;
        U8_NEXT(bytes, position, size, code);
        return {code < 0 ? replacement : static_cast<char32_t>(code), at, static_cast<std::uint32_t>(position)};
    }

    void push(Source source) {
        if (source.code < 0x80)
            characters_.push_back({is_ascii_capital(source.code) ? source.code + ('a' - 'A') : source.code,
                                   source.begin, source.end, is_ascii_capital(source.code)});
        else
            characters_.push_back({i18n::simplified(source.code), source.begin, source.end, false});
    }

    // The characters that the normal form may join with the first, folded together. Returns the one after them.
    Source normalise_from(Source first, Source next) {
        static UErrorCode status = U_ZERO_ERROR;
        static icu::Normalizer2 const* const normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
        source_.remove();
        source_.append(static_cast<UChar32>(first.code));
        std::uint32_t end = first.end;
        for (; next.begin < next.end && !stands_alone(next.code) &&
               !normalizer->hasBoundaryBefore(static_cast<UChar32>(next.code));
             next = read(next.end)) {
            source_.append(static_cast<UChar32>(next.code));
            end = next.end;
        }
        UErrorCode error = U_ZERO_ERROR;
        normalizer->normalize(source_, folded_, error);
        for (std::int32_t at = 0; at < folded_.length(); at = folded_.moveIndex32(at, 1))
            characters_.push_back({i18n::simplified(static_cast<char32_t>(folded_.char32At(at))), first.begin, end,
                                   is_capital(first.code)});
        return next;
    }

    std::string_view text_;
    std::vector<Character>& characters_;
    icu::UnicodeString source_;
    icu::UnicodeString folded_;
};

} // namespace

void normalise(std::string_view text, std::vector<Character>& characters) {
    text = text.substr(0, std::numeric_limits<std::uint32_t>::max() - 1);
    characters.clear();
    characters.reserve(text.size() / 2);
    Normaliser{text, characters}.run();
}

void append_utf8(std::string& text, char32_t code) {
    char bytes[U8_MAX_LENGTH];
    std::int32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, code);
    text.append(bytes, static_cast<std::size_t>(size));
}

Script script_of(char32_t code) {
    if (code < 0x80) {
        if (code >= '0' && code <= '9') return Script::digit;
        return (code >= 'a' && code <= 'z') || is_ascii_capital(code) ? Script::letter : Script::none;
    }
    if (is_unified_han(code)) return Script::ideographic;
    auto const point = static_cast<UChar32>(code);
    if (u_hasBinaryProperty(point, UCHAR_IDEOGRAPHIC)) return Script::ideographic;
    if (U_GET_GC_MASK(point) & U_GC_M_MASK) return Script::mark;
    if (!u_isalnum(point)) return Script::none;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(point, &status)) {
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_HANGUL: return Script::ideographic;
    default: return Script::letter;
    }
}

} // namespace sangu::search
