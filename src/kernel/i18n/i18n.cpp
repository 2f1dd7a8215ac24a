#include "kernel/i18n/i18n.h"

#include "base/embedded.h"
#include "base/text.h"
#include "kernel/i18n/catalogue.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <set>
#include <stdexcept>

namespace sangu::embedded {
std::span<EmbeddedFile const> message_files();
}

namespace sangu::i18n {
namespace {

constexpr std::size_t accepted_languages_max = 32;

Catalogue load(Language language) {
    std::string const name = std::string{tag_of(language)} + ".mo";
    for (EmbeddedFile const& file : embedded::message_files())
        if (file.name == name) return Catalogue{file.data};
    throw std::runtime_error{"no message catalogue " + name};
}

Catalogue const& catalogue(Language language) {
    static std::array<Catalogue, 3> const all{load(Language::zh_hans), load(Language::zh_hant), load(Language::en)};
    return all[static_cast<std::size_t>(language)];
}

// "zh-TW;q=0.8" → the range and its quality in thousandths; 0 refuses the language.
std::pair<std::string_view, int> accepted(std::string_view entry) {
    std::size_t const semicolon = entry.find(';');
    std::string_view const range = trim(entry.substr(0, semicolon));
    if (semicolon == std::string_view::npos) return {range, 1000};
    std::string_view quality = trim(entry.substr(semicolon + 1));
    if (!quality.starts_with("q=") && !quality.starts_with("Q=")) return {range, 0};
    quality.remove_prefix(2);
    auto const value = parse_real(trim(quality));
    return {range, value && *value > 0 && *value <= 1 ? static_cast<int>(*value * 1000) : 0};
}

// A missing key is shown as it is and must live as long as a message, though it may have been put together.
std::string_view interned(std::string_view key) {
    constexpr std::size_t keys_max = 10'000;
    static std::mutex mutex;
    static std::set<std::string, std::less<>> keys;
    std::lock_guard const lock{mutex};
    auto const found = keys.find(key);
    if (found != keys.end()) return *found;
    return keys.size() < keys_max ? std::string_view{*keys.emplace(key).first} : std::string_view{"?"};
}

} // namespace

std::string_view tag_of(Language language) {
    switch (language) {
    case Language::zh_hant: return "zh-Hant";
    case Language::en: return "en";
    case Language::zh_hans: break;
    }
    return "zh-Hans";
}

Language language_of(std::string_view tag, Language otherwise) {
    std::string lower = to_lower_ascii(trim(tag.substr(0, 35)));
    std::ranges::replace(lower, '_', '-');
    auto const parts = split_text(lower, '-');
    if (parts[0] == "en") return Language::en;
    if (parts[0] != "zh") return otherwise;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        if (parts[i] == "hant" || parts[i] == "tw" || parts[i] == "hk" || parts[i] == "mo") return Language::zh_hant;
        if (parts[i] == "hans") return Language::zh_hans;
    }
    return Language::zh_hans;
}

Language negotiate(std::string_view accept_language) {
    Language best = Language::zh_hans;
    int best_quality = 0;
    for (std::size_t count = 0; count < accepted_languages_max && !accept_language.empty(); ++count) {
        std::size_t const comma = accept_language.find(',');
        auto const [range, quality] = accepted(accept_language.substr(0, comma));
        accept_language.remove_prefix(comma == std::string_view::npos ? accept_language.size() : comma + 1);
        Language const language = language_of(range, Language::zh_hans);
        bool const known = range == "*" || language == language_of(range, Language::en);
        if (known && quality > best_quality) best = language, best_quality = quality;
    }
    return best;
}

void load_catalogues() { catalogue(Language::zh_hans); }

std::string_view message(Language language, std::string_view key) {
    std::string_view const* text = catalogue(language).find(key);
    return text ? *text : interned(key);
}

std::string message(Language language, std::string_view key, std::span<std::string const> arguments) {
    std::string_view const pattern = message(language, key);
    std::string text;
    text.reserve(pattern.size() + 32);
    std::size_t written = 0; // of the pattern
    for (std::size_t at = pattern.find('{'); at != std::string_view::npos; at = pattern.find('{', at + 1)) {
        if (at + 2 >= pattern.size() || pattern[at + 2] != '}') continue;
        std::size_t const number = static_cast<std::size_t>(static_cast<unsigned char>(pattern[at + 1])) - '1';
        if (number >= std::min<std::size_t>(arguments.size(), 9)) continue;
        text.append(pattern, written, at - written).append(arguments[number]);
        written = at + 3;
    }
    return text.append(pattern, written);
}

bool has_message(Language language, std::string_view key) { return catalogue(language).find(key) != nullptr; }

std::vector<std::string_view> keys(Language language) { return catalogue(language).keys(); }

std::string format(Language language, Problem const& problem) {
    std::string text = message(language, problem.key, problem.arguments);
    if (!problem.line) return text;
    std::array const place{std::to_string(problem.line), std::to_string(problem.column)};
    return message(language, problem.column ? "text.at_line_and_column" : "text.at_line", place) + text;
}

std::string format(Language language, Error const& error) {
    std::string text = message(language, error.key, error.arguments);
    for (Problem const& problem : error.problems) text += '\n' + format(language, problem);
    return text;
}

} // namespace sangu::i18n
