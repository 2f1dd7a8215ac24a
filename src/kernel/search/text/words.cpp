#include "kernel/search/text/words.h"

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <stdexcept>

namespace sangu::search {

struct WordFinder::Segmenter {
    std::unique_ptr<icu::BreakIterator> breaks;
    icu::UnicodeString text;

    Segmenter() {
        UErrorCode status = U_ZERO_ERROR;
        breaks.reset(icu::BreakIterator::createWordInstance(icu::Locale{"zh"}, status));
        if (U_FAILURE(status)) throw std::runtime_error{"ICU has no word boundaries"};
    }

    // Boundaries in characters, though ICU counts UTF-16 units.
    void find(std::span<Character const> run, std::vector<WordSpan>& words) {
        text.remove();
        for (Character const& character : run) text.append(static_cast<UChar32>(character.code));
        breaks->setText(text);
        std::uint32_t begin = 0;
        std::int32_t unit = breaks->first();
        for (std::int32_t next = breaks->next(); next != icu::BreakIterator::DONE; next = breaks->next()) {
            auto const length = static_cast<std::uint32_t>(text.countChar32(unit, next - unit));
            if (length >= 2) words.push_back({begin, length});
            begin += length;
            unit = next;
        }
    }
};

WordFinder::WordFinder(std::shared_ptr<Lexicon const> lexicon)
    : lexicon_{std::move(lexicon)}, segmenter_{std::make_unique<Segmenter>()} {}
WordFinder::~WordFinder() = default;

void WordFinder::add_lexicon(std::span<Character const> run) {
    if (!lexicon_) return;
    for (std::uint32_t at = 0; at + 1 < run.size(); ++at)
        if (std::uint32_t const length = lexicon_->longest_at(run.subspan(at)); length > 0)
            words_.push_back({at, length});
}

std::vector<WordSpan> const& WordFinder::find(std::span<Character const> run) {
    words_.clear();
    if (run.size() < 2) return words_;
    segmenter_->find(run, words_);
    add_lexicon(run);
    std::ranges::sort(words_);
    auto const repeated = std::ranges::unique(words_);
    words_.erase(repeated.begin(), repeated.end());
    return words_;
}

} // namespace sangu::search
