#include "kernel/search/text/pinyin.h"

#include "base/embedded.h"
#include "base/text.h"
#include "kernel/search/text/normal.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <unordered_map>

namespace sangu::embedded {
std::span<EmbeddedFile const> readings_files();
}

namespace sangu::search {
namespace {

constexpr char32_t first_code = 0x3400, end_code = 0xA000;
constexpr std::size_t typed_max = 64;

class Readings {
public:
    Readings() : of_code_(end_code - first_code) {
        for (auto const& file : embedded::readings_files())
            for (std::string_view const line : split_text(file.data, '\n')) add_line(line);
        add_all("Han-Latin/Names");
        add_all("Han-Latin");
    }

    std::span<std::string const> of(char32_t code) const {
        if (code < first_code || code >= end_code) return {};
        return of_code_[code - first_code];
    }

private:
    void add(char32_t code, std::string reading) {
        if (code < first_code || code >= end_code || reading.empty()) return;
        auto& known = of_code_[code - first_code];
        if (std::ranges::find(known, reading) == known.end()) known.push_back(std::move(reading));
    }

    void add_line(std::string_view line) {
        auto const tab = line.find('\t');
        if (line.starts_with('#') || tab == std::string_view::npos) return;
        std::vector<Character> characters;
        normalise(line.substr(0, tab), characters);
        for (std::string_view const reading : split_text(line.substr(tab + 1), ' '))
            add(characters.at(0).code, std::string{reading});
    }

    // Every ideograph in one text, a sign between them; what keeps being an ideograph has no reading.
    void add_all(char const* name) {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> const reader{
            icu::Transliterator::createInstance(name, UTRANS_FORWARD, status)};
        std::unique_ptr<icu::Transliterator> const plain{icu::Transliterator::createInstance(
            "NFD; [\\u0300\\u0301\\u0304\\u030C] Remove; NFC", UTRANS_FORWARD, status)};
        if (U_FAILURE(status) || !reader || !plain) return;
        icu::UnicodeString text;
        for (char32_t code = first_code; code < end_code; ++code)
            text.append(static_cast<UChar32>(code)).append(static_cast<UChar>('\n'));
        reader->transliterate(text);
        plain->transliterate(text);
        std::string bytes;
        text.toUTF8String(bytes);
        char32_t code = first_code;
        for (std::string_view const line : split_text(bytes, '\n')) add_reading(code++, trim(line));
    }

    void add_reading(char32_t code, std::string_view reading) {
        std::string with_v, with_u;
        for (std::size_t at = 0; at < reading.size(); ++at) {
            if (reading.substr(at, 2) == "ü") {
                with_v += 'v';
                with_u += 'u';
                ++at;
            } else if (reading[at] >= 'a' && reading[at] <= 'z') {
                with_v += reading[at];
                with_u += reading[at];
            } else {
                return;
            }
        }
        add(code, with_v);
        add(code, with_u);
    }

    std::vector<std::vector<std::string>> of_code_;
};

// Walks through text and typed letters side by side: a set of places in `typed` that the text up to here can have
// reached, as bits.
class Walk {
public:
    Walk(std::string_view typed, bool whole) : typed_{typed}, is_whole_{whole} {}

    bool run(std::span<char32_t const> text) const {
        std::uint64_t reached = 1;
        std::uint64_t const end = std::uint64_t{1} << typed_.size();
        for (char32_t const code : text) {
            if (!is_whole_ && (reached & end) != 0) return true;
            Script const script = script_of(code);
            if (script == Script::none) continue;
            reached = step(reached, code);
            if (reached == 0) return false;
        }
        return (reached & end) != 0;
    }

private:
    std::uint64_t step(std::uint64_t reached, char32_t code) const {
        std::uint64_t next = 0;
        auto const readings = readings_of(code);
        for (std::size_t at = 0; at < typed_.size(); ++at) {
            if ((reached >> at & 1) == 0) continue;
            if (code < 0x80 && typed_[at] == static_cast<char>(code)) next |= std::uint64_t{1} << (at + 1);
            for (std::string const& reading : readings) next |= after(at, reading);
        }
        return next;
    }
    std::uint64_t after(std::size_t at, std::string_view reading) const {
        std::uint64_t places = 0;
        for (std::size_t size = 1; size <= reading.size() && at + size <= typed_.size(); ++size) {
            if (typed_[at + size - 1] != reading[size - 1]) break;
            if (!is_whole_ || size == reading.size()) places |= std::uint64_t{1} << (at + size);
        }
        return places;
    }

    std::string_view typed_;
    bool is_whole_;
};

} // namespace

std::span<std::string const> readings_of(char32_t code) {
    static Readings const readings;
    return readings.of(code);
}

bool begins_with_typed(std::span<char32_t const> text, std::string_view typed) {
    return !typed.empty() && Walk{typed.substr(0, typed_max - 1), false}.run(text);
}

bool is_read_as(std::span<char32_t const> text, std::string_view typed) {
    return !typed.empty() && typed.size() < typed_max && Walk{typed, true}.run(text);
}

bool sound_alike(char32_t one, char32_t other) {
    auto const of_other = readings_of(other);
    return std::ranges::any_of(readings_of(one), [&](std::string const& reading) {
        return std::ranges::find(of_other, reading) != of_other.end();
    });
}

} // namespace sangu::search
