#pragma once

// Messages in simplified Chinese (default), traditional Chinese and English, from gettext catalogues
// embedded into the binary. A message id is a dotted key ("plan.task.title"), never text.

#include "base/result.h"
#include "base/time.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::i18n {

enum class Language : std::uint8_t { zh_hans, zh_hant, en };
inline constexpr Language languages[] = {Language::zh_hans, Language::zh_hant, Language::en};

std::string_view tag_of(Language language);                     // "zh-Hans", "zh-Hant", "en": for lang=""
Language language_of(std::string_view tag, Language otherwise); // accepts zh, zh-CN, zh-TW, zh-HK, en-US …
// The best of an Accept-Language header.
Language negotiate(std::string_view accept_language);

// A key put together from a prefix and a name, on the stack: t(Key{"plan.task.state.", name_of(state)}). A key longer
// than any message has is cut, so it finds none.
class Key {
public:
    Key(std::string_view prefix, std::string_view name) {
        size_ = prefix.copy(text_, sizeof text_);
        size_ += name.copy(text_ + size_, sizeof text_ - size_);
    }
    operator std::string_view() const { return {text_, size_}; } // NOLINT(google-explicit-constructor): it is text

private:
    char text_[120];
    std::size_t size_;
};

// Loads the embedded catalogues once; without it the first message pays for that (about 1 ms). Throws
// std::runtime_error when a catalogue is broken.
void load_catalogues();

// The message, or the key itself when it is missing (a test refuses that). Valid for ever.
std::string_view message(Language language, std::string_view key);
// With {1}, {2} … filled in.
std::string message(Language language, std::string_view key, std::span<std::string const> arguments);
// True when the catalogue of the language has the key.
bool has_message(Language language, std::string_view key);
// Every key of a language, sorted: for the test of the catalogues.
std::vector<std::string_view> keys(Language language);

// The message of a problem; one from a file begins with its line and column.
std::string format(Language language, Problem const& problem);
// The message of an error, followed by its problems on lines of their own.
std::string format(Language language, Error const& error);
// Grouped, rounded half away from zero, without trailing zeros: 18,000 · 0.13. Not a number: "–".
std::string format_number(Language language, double number, int decimals_max = 2);
std::string format_date(Language language, Date date);       // 2017年4月6日 · 6 Apr 2017
std::string format_time(Language language, Instant instant); // local, to the minute

// Simplified → traditional characters for names that exist only in simplified form (OpenCC, cached).
std::string to_traditional(std::string_view simplified);
// Folds for comparing and searching: NFKC, full width → half width, traditional → simplified, lower case.
std::string fold(std::string_view text);
// The sound of each character without tones, in lower case: "长沙 A1" → {"zhang", "sha", " ", "a", "1"}; what has no
// reading stands for itself. One reading a character (ICU Han-Latin), so that equal sounds are equal and no more.
std::vector<std::string> sounds(std::string_view text);
// Every sound a Chinese character may have, each once: "a", "ai", … "zuo".
std::vector<std::string> syllables();

} // namespace sangu::i18n
