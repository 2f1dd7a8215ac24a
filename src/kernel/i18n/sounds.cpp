#include "kernel/i18n/i18n.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <set>

namespace sangu::i18n {
namespace {

constexpr char32_t han_first = 0x3400;
constexpr char32_t han_end = 0xA000;

// The reading of every character, converted at once: one call for a character alone would cost a hundred times more.
class Readings {
public:
    Readings() : readings_(han_end - han_first) {
        icu::UnicodeString listed;
        for (char32_t character = han_first; character < han_end; ++character)
            listed.append(static_cast<UChar32>(character)).append(static_cast<UChar32>('\n'));
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> const transliterator{icu::Transliterator::createInstance(
            "Han-Latin; NFD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower", UTRANS_FORWARD, status)};
        if (transliterator) transliterator->transliterate(listed);
        std::int32_t at = 0;
        for (std::string& reading : readings_) {
            std::int32_t const end = listed.indexOf(static_cast<char16_t>('\n'), at);
            listed.tempSubStringBetween(at, end).trim().toUTF8String(reading);
            at = end + 1;
        }
    }

    std::string of(UChar32 character) const {
        auto const code = static_cast<char32_t>(character);
        if (code >= han_first && code < han_end) return readings_[code - han_first];
        std::string itself;
        icu::UnicodeString{character}.toUTF8String(itself);
        return itself;
    }

    // Those that were found, each once: what has no reading stays as it is and is not Latin.
    std::vector<std::string> all() const {
        std::set<std::string> found;
        for (std::string const& reading : readings_)
            if (!reading.empty() && std::ranges::all_of(reading, [](char c) { return c >= 'a' && c <= 'z'; }))
                found.insert(reading);
        return {found.begin(), found.end()};
    }

private:
    std::vector<std::string> readings_;
};

Readings const& readings() {
    static Readings const all;
    return all;
}

} // namespace

std::vector<std::string> sounds(std::string_view text) {
    std::vector<std::string> result;
    auto const folded = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}).toLower();
    for (std::int32_t at = 0; at < folded.length(); at = folded.moveIndex32(at, 1))
        result.push_back(readings().of(folded.char32At(at)));
    return result;
}

std::vector<std::string> syllables() { return readings().all(); }

} // namespace sangu::i18n
