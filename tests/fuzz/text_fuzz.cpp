// Small values from outside: what reads as a value is written and reads as the same value, and nothing reads as a value
// that the type does not have.

#include "base/money.h"
#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "kernel/i18n/i18n.h"

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace {

using namespace sangu;

void values(std::string_view text) {
    if (auto const date = parse_date(text)) SANGU_ASSERT(to_text(*date) == text && make_date(year_of(*date), 1, 1));
    if (auto const instant = parse_instant(text)) SANGU_ASSERT(parse_instant(to_text(*instant)) == instant);
    if (auto const money = parse_money(text)) SANGU_ASSERT(parse_money(to_text(*money)) == money);
    if (auto const integer = parse_integer(text)) SANGU_ASSERT(parse_integer(std::to_string(*integer)) == integer);
    if (auto const real = parse_real(text)) SANGU_ASSERT(std::isfinite(*real) && parse_real(to_text(*real)) == real);
}

void codings(std::string_view text) {
    SANGU_ASSERT(from_hex(to_hex(text)) == text);
    SANGU_ASSERT(from_base64url(to_base64url(text)) == text);
    if (auto const bytes = from_hex(text)) SANGU_ASSERT(to_hex(*bytes) == to_lower_ascii(text));
    if (auto const bytes = from_base64url(text)) SANGU_ASSERT(from_base64url(to_base64url(*bytes)) == bytes);
}

void words(std::string_view text) {
    SANGU_ASSERT(trim(text).size() <= text.size() && trim(trim(text)) == trim(text));
    std::size_t bytes = 0;
    for (auto const part : split_text(text, ',')) bytes += part.size() + 1;
    SANGU_ASSERT(bytes <= text.size() + 1);
    if (!is_valid_utf8(text)) return;
    for (std::size_t const most : {0U, 1U, 7U}) {
        auto const cut = shorten(text, most);
        SANGU_ASSERT(is_valid_utf8(cut) && count_characters(cut) <= most + 1);
    }
    auto const folded = i18n::fold(text);
    SANGU_ASSERT(is_valid_utf8(folded) && i18n::fold(folded) == folded);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(bytes), size};
    values(text);
    codings(text);
    words(text);
    return 0;
}
