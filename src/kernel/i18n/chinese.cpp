#include "base/log.h"
#include "base/text.h"
#include "kernel/i18n/i18n.h"
#include "kernel/i18n/simplified.h"

#include <opencc/opencc.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace sangu::i18n {
namespace {

constexpr std::size_t cached_texts_max = 20'000;
constexpr std::size_t cached_bytes_max = 400;
constexpr char32_t han_first = 0x3400;
constexpr char32_t han_end = 0xA000;

class Converter {
public:
    explicit Converter(char const* config) : handle_{opencc_open(config)} {
        if (handle_ == reinterpret_cast<opencc_t>(-1)) {
            handle_ = nullptr;
            log::warning("opencc.unavailable", {{"config", config}, {"reason", opencc_error()}});
        }
    }
    ~Converter() {
        if (handle_) opencc_close(handle_);
    }
    Converter(Converter const&) = delete;
    Converter& operator=(Converter const&) = delete;

    bool works() const { return handle_ != nullptr; }
    // The text itself when the dictionaries are missing or it is not UTF-8. Thread-safe.
    std::string convert(std::string_view text) const {
        if (!handle_ || text.empty()) return std::string{text};
        char* const converted = opencc_convert_utf8(handle_, text.data(), text.size());
        if (!converted) return std::string{text};
        std::unique_ptr<char, decltype(&opencc_convert_utf8_free)> const owner{converted, &opencc_convert_utf8_free};
        return converted;
    }

private:
    opencc_t handle_;
};

// The forms that readers in Hong Kong, Macau and Taiwan use, where OpenCC's own standard prefers older ones.
// tools/traditional has the same list.
constexpr std::pair<std::string_view, std::string_view> preferred[] = {
    {"裏", "裡"}, {"爲", "為"}, {"羣", "群"}, {"衆", "眾"}, {"峯", "峰"}, {"麪", "麵"}, {"啓", "啟"},
    {"僞", "偽"}, {"溼", "濕"}, {"牀", "床"}, {"竈", "灶"}, {"鈎", "鉤"}, {"覈", "核"}, {"喫", "吃"},
};

std::string to_preferred(std::string text) {
    for (auto const& [old_form, form] : preferred)
        for (std::size_t at = 0; (at = text.find(old_form, at)) != std::string::npos; at += form.size())
            text.replace(at, old_form.size(), form);
    return text;
}

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using Cache = std::unordered_map<std::string, std::string, TextHash, std::equal_to<>>;

// Traditional → simplified, character by character, because a fold must not depend on neighbours: otherwise a
// search word would be folded differently from the text it stands in.
class Simplified {
public:
    Simplified() {
        icu::UnicodeString listed;
        for (char32_t character = han_first; character < han_end; ++character)
            listed.append(static_cast<UChar32>(character)).append(static_cast<UChar32>('\n'));
        icu::UnicodeString const converted = simplify(listed);
        std::int32_t at = 0;
        for (char32_t character = han_first; character < han_end; ++character) {
            std::int32_t const end = converted.indexOf(static_cast<char16_t>('\n'), at);
            bool const is_one = end > at && converted.countChar32(at, end - at) == 1;
            table_[character - han_first] = is_one ? converted.char32At(at) : static_cast<UChar32>(character);
            at = end + 1;
        }
        // 薴 → 苧 and 苧 → 苎: folding a folded text must change nothing.
        for (UChar32& character : table_) character = (*this)((*this)(character));
    }

    UChar32 operator()(UChar32 character) const {
        auto const code = static_cast<char32_t>(character);
        return code >= han_first && code < han_end ? table_[code - han_first] : character;
    }

private:
    static icu::UnicodeString simplify(icu::UnicodeString text) {
        Converter const converter{"t2s.json"};
        if (converter.works()) {
            std::string utf8;
            return icu::UnicodeString::fromUTF8(converter.convert(text.toUTF8String(utf8)));
        }
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> const transliterator{
            icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status)};
        if (transliterator) transliterator->transliterate(text);
        return text;
    }

    std::array<UChar32, han_end - han_first> table_;
};

Simplified const& simplified_forms() {
    static Simplified const forms;
    return forms;
}

} // namespace

std::string to_traditional(std::string_view simplified) {
    if (std::ranges::all_of(simplified, [](char c) { return static_cast<signed char>(c) >= 0; }))
        return std::string{simplified};
    static Converter const converter{"s2t.json"};
    static std::shared_mutex mutex;
    static Cache cache;
    {
        std::shared_lock const lock{mutex};
        if (auto const found = cache.find(simplified); found != cache.end()) return found->second;
    }
    std::string traditional = converter.works() ? to_preferred(converter.convert(simplified)) : std::string{simplified};
    if (simplified.size() <= cached_bytes_max) {
        std::unique_lock const lock{mutex};
        if (cache.size() >= cached_texts_max) cache.clear();
        cache.emplace(simplified, traditional);
    }
    return traditional;
}

std::string fold(std::string_view text) {
    if (std::ranges::all_of(text, [](char c) { return static_cast<signed char>(c) >= 0; })) return to_lower_ascii(text);
    UErrorCode status = U_ZERO_ERROR;
    static icu::Normalizer2 const* const normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
    Simplified const& forms = simplified_forms();
    icu::UnicodeString const source =
        icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    icu::UnicodeString const folded = normalizer->normalize(source, status);
    icu::UnicodeString result{folded.length(), 0, 0};
    for (std::int32_t at = 0; at < folded.length(); at = folded.moveIndex32(at, 1))
        result.append(forms(folded.char32At(at)));
    std::string utf8;
    return result.toUTF8String(utf8);
}

char32_t simplified(char32_t character) {
    return static_cast<char32_t>(simplified_forms()(static_cast<UChar32>(character)));
}

} // namespace sangu::i18n
