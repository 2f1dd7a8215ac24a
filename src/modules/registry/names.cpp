#include "modules/registry/names.h"

#include "base/text.h"
#include "kernel/i18n/i18n.h"

#include <algorithm>
#include <array>
#include <set>

namespace sangu::registry {

namespace {

// Longest first, so that a form is taken whole. Folded: lower case, simplified, no punctuation.
constexpr std::array<std::string_view, 15> legal_forms{
    "股份有限责任公司", "股份有限公司", "有限责任公司", "有限合伙企业", "股份公司", "有限公司", "有限合伙", "责任公司",
    "incorporated",     "corporation",  "coltd",        "limited",      "公司",     "coinc",    "ltd"};

// Names that differ by one of these mean different bodies: numbers first, which must not be left out either.
constexpr std::array<std::string_view, 35> telling{
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "0",  "1",  "2",  "3",  "4",  "5",  "6", "7",
    "8",  "9",  "甲", "乙", "丙", "新", "老", "女", "东", "南", "西", "北", "中", "上", "下", "山", "陕"};
constexpr std::size_t telling_left_out = 26;

bool is_telling(std::string_view character) { return std::ranges::find(telling, character) != telling.end(); }
bool tells_by_absence(std::string_view character) {
    auto const end = telling.begin() + telling_left_out;
    return std::find(telling.begin(), end, character) != end;
}

// The end of the UTF-8 character that begins at `at`.
std::size_t next_character(std::string_view text, std::size_t at) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    return at;
}

// Letters, digits and everything that is not punctuation: blanks, ASCII signs, general and CJK punctuation go.
bool is_written(std::string_view character) {
    if (character.size() == 1) {
        char const c = character.front();
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
    if (character.starts_with("\xE2\x80") || character.starts_with("\xE3\x80")) return false;  // U+2000…, U+3000…
    return character != "·" && character != "﹒" && character != "・" && character.size() > 2; // Latin-1 signs too
}

std::string bare(std::string_view name) {
    std::string const folded = i18n::fold(name);
    std::string text;
    for (std::size_t at = 0; at < folded.size();) {
        std::size_t const end = next_character(folded, at);
        std::string_view const character = std::string_view{folded}.substr(at, end - at);
        if (is_written(character)) text += character;
        at = end;
    }
    return text;
}

void remove_all(std::string& text, std::string_view part) {
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos;) text.erase(at, part.size());
}

// The length in bytes of a mistyped 有限公司 at the end of a name: one character missing, or in another order; 0 if
// none.
std::size_t damaged_form(std::string_view text) {
    constexpr std::string_view form[] = {"公", "司", "有", "限"}; // by their bytes
    constexpr std::size_t width = 3;
    for (std::size_t const count : {4U, 3U}) {
        if (text.size() <= count * width) continue;
        std::vector<std::string_view> tail;
        for (std::size_t i = 0; i < count; ++i) tail.push_back(text.substr(text.size() - (count - i) * width, width));
        std::ranges::sort(tail);
        bool const is_part = std::unique(tail.begin(), tail.end()) == tail.end() &&
                             std::ranges::includes(form, tail, [](auto a, auto b) { return a < b; });
        if (is_part) return count * width;
    }
    return 0;
}

// A name that is nothing but a legal form keeps it.
std::string without_form(std::string text) {
    std::string const whole = text;
    for (std::string_view const form : legal_forms)
        if (form.size() > 6 && static_cast<unsigned char>(form.front()) >= 0x80) remove_all(text, form);
    if (text == whole) text.resize(text.size() - damaged_form(text));
    for (std::string_view const form : legal_forms)
        if (text.ends_with(form)) text.resize(text.size() - form.size());
    return text.empty() ? whole : text;
}

// A city's "市", but not that of a "城市学院".
void remove_city_words(std::string& text) {
    constexpr std::string_view word = "市", after = "城";
    for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos;) {
        if (std::string_view{text}.substr(0, at).ends_with(after))
            at += word.size();
        else
            text.erase(at, word.size());
    }
}

// FNV-1a, its bits mixed (the finish of SplitMix64) so that sums of hashes are as good as hashes.
std::uint64_t hash_of(std::string_view sound) {
    std::uint64_t hash = 14695981039346656037U;
    for (char const c : sound) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9U;
    hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBU;
    return hash ^ (hash >> 31);
}

// Of all sounds of a name in any order: one sound more or less changes it by the hash of that sound.
std::uint64_t sum_of(std::vector<std::string> const& sounds) {
    std::uint64_t sum = 0;
    for (std::string const& sound : sounds) sum += hash_of(sound);
    return sum;
}

// The hashes of what a character more may sound like: every syllable, every Latin letter.
std::vector<std::uint64_t> const& hashes_of_sounds() {
    static std::vector<std::uint64_t> const all = [] {
        std::vector<std::uint64_t> hashes;
        for (std::string const& syllable : i18n::syllables()) hashes.push_back(hash_of(syllable));
        for (char letter = 'a'; letter <= 'z'; ++letter) hashes.push_back(hash_of({&letter, 1}));
        std::ranges::sort(hashes);
        hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
        return hashes;
    }();
    return all;
}

constexpr std::size_t shortest_inexact = 4;                                // below, one character is a different name
constexpr std::size_t shortest_with_one_more = 8, shortest_elsewhere = 10; // of the longer name; in one city, not known
constexpr std::size_t longest = 120;

// One character more in `longer` than in `shorter`; the character.
std::string const* inserted(std::vector<std::string> const& longer, std::vector<std::string> const& shorter) {
    if (longer.size() != shorter.size() + 1) return nullptr;
    std::size_t at = 0;
    while (at < shorter.size() && longer[at] == shorter[at]) ++at;
    return std::equal(longer.begin() + static_cast<std::ptrdiff_t>(at) + 1, longer.end(),
                      shorter.begin() + static_cast<std::ptrdiff_t>(at))
               ? &longer[at]
               : nullptr;
}

bool is_swapped(std::vector<std::string> const& a, std::vector<std::string> const& b) {
    if (a.size() != b.size()) return false;
    auto const [one, other] = std::ranges::mismatch(a, b);
    if (one == a.end() || one + 1 == a.end()) return false;
    return *one == *(other + 1) && *(one + 1) == *other && std::equal(one + 2, a.end(), other + 2);
}

bool differs_by_telling(std::vector<std::string> const& a, std::vector<std::string> const& b) {
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i] != b[i] && is_telling(a[i]) && is_telling(b[i])) return true;
    return false;
}

} // namespace

NameCore core_of(std::string_view name) {
    std::string text = bare(name);
    text = without_form(std::move(text));
    std::string const whole = text;
    for (std::string_view const level : {"自治区", "省"}) remove_all(text, level);
    remove_city_words(text);
    if (text.empty()) text = whole;
    NameCore core;
    for (std::size_t at = 0; at < text.size() && core.characters.size() < longest;) {
        std::size_t const end = next_character(text, at);
        core.characters.push_back(text.substr(at, end - at));
        at = end;
    }
    core.sounds = i18n::sounds(join(core.characters, ""));
    core.sounds.resize(core.characters.size());
    return core;
}

Likeness likeness(NameCore const& a, NameCore const& b, Region region) {
    if (a.empty() || b.empty()) return Likeness::none;
    if (a.characters == b.characters) return Likeness::same;
    if (region.other || std::min(a.characters.size(), b.characters.size()) < shortest_inexact) return Likeness::none;
    if (a.sounds == b.sounds) return differs_by_telling(a.characters, b.characters) ? Likeness::none : Likeness::sound;
    if (is_swapped(a.characters, b.characters)) return Likeness::near;
    bool const a_is_longer = a.characters.size() > b.characters.size();
    NameCore const& longer = a_is_longer ? a : b;
    NameCore const& shorter = a_is_longer ? b : a;
    std::string const* more = inserted(longer.characters, shorter.characters);
    // A short name with one character more is mostly another body (工学院, 工程学院), unless both are in one city
    // and the name is long.
    std::size_t const enough = region.same ? shortest_with_one_more : shortest_elsewhere;
    return more && !tells_by_absence(*more) && longer.characters.size() >= enough ? Likeness::near : Likeness::none;
}

std::vector<std::int64_t> stored_blocks(NameCore const& core) {
    if (core.empty()) return {};
    return {static_cast<std::int64_t>(sum_of(core.sounds))};
}

std::vector<std::int64_t> asked_blocks(NameCore const& core) {
    if (core.empty()) return {};
    std::uint64_t const own = sum_of(core.sounds);
    std::vector<std::int64_t> blocks{static_cast<std::int64_t>(own)};
    if (core.sounds.size() >= shortest_with_one_more)
        for (std::string_view const sound : std::set<std::string_view>{core.sounds.begin(), core.sounds.end()})
            blocks.push_back(static_cast<std::int64_t>(own - hash_of(sound)));
    if (core.sounds.size() + 1 >= shortest_with_one_more)
        for (std::uint64_t const more : hashes_of_sounds()) blocks.push_back(static_cast<std::int64_t>(own + more));
    return blocks;
}

} // namespace sangu::registry
