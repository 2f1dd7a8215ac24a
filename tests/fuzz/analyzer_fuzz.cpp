// Texts to be indexed: every byte sequence has terms, offsets that lie in the text, and the fold of the rest of the
// product.

#include "base/result.h"
#include "base/text.h"
#include "kernel/i18n/i18n.h"
#include "kernel/search/text/analyzer.h"
#include "kernel/search/text/synonyms.h"

#include <cstddef>
#include <cstdint>

namespace {

using namespace sangu;
using namespace sangu::search;

bool is_boundary(std::string_view text, std::size_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80;
}

void folds(std::string_view text) {
    std::vector<Character> characters;
    normalise(text, characters);
    std::string folded;
    std::uint32_t last = 0;
    for (Character const& character : characters) {
        append_utf8(folded, character.code);
        SANGU_ASSERT(character.begin < character.end && character.end <= text.size() && character.begin >= last);
        last = character.begin;
    }
    if (is_valid_utf8(text)) SANGU_ASSERT(folded == i18n::fold(text));
}

void terms(std::string_view text, AnalyzerOptions options) {
    Analyzer analyzer{Lexicon::shipped(), options};
    std::vector<std::string> first;
    bool const is_utf8 = is_valid_utf8(text);
    for (Token const& token : analyzer.analyse(text).tokens) {
        SANGU_ASSERT(!token.term.empty() && is_valid_utf8(token.term));
        SANGU_ASSERT(token.begin < token.end && token.end <= text.size());
        if (is_utf8) SANGU_ASSERT(is_boundary(text, token.begin) && is_boundary(text, token.end));
        first.emplace_back(token.term);
    }
    std::size_t at = 0;
    for (Token const& token : analyzer.analyse(text).tokens) SANGU_ASSERT(first[at++] == token.term);
    SANGU_ASSERT(at == first.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(bytes), size};
    folds(text);
    terms(text, {});
    terms(text, {.words = false, .characters = true, .stemming = false});
    Synonyms const synonyms{text};
    for (Expansion const& expansion : synonyms.expand(text))
        SANGU_ASSERT(!expansion.text.empty() && expansion.weight > 0 && expansion.weight <= 1 &&
                     expansion.begin < expansion.end && expansion.end <= size);
    return 0;
}
