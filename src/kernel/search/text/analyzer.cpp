#include "kernel/search/text/analyzer.h"

#include "kernel/search/text/quantity.h"
#include "kernel/search/text/stem.h"
#include "kernel/search/text/words.h"

#include <algorithm>
#include <array>

namespace sangu::search {
namespace {

constexpr std::size_t term_bytes_max = 64;
constexpr std::size_t run_characters_max = 2000; // a longer run is cut, so that no text costs more than its length
constexpr std::size_t code_characters_max = 40;

bool is_latin(Script script) { return script == Script::letter || script == Script::digit || script == Script::mark; }
bool is_joint(char32_t code) { return code == '-' || code == '/' || code == '.' || code == '_' || code == '+'; }

} // namespace

class Analyzer::State {
public:
    State(std::shared_ptr<Lexicon const> lexicon, Options options) : options_{options}, finder_{std::move(lexicon)} {}

    Analysis const& analyse(std::string_view text) {
        normalise(text, characters_);
        terms_.clear();
        drafts_.clear();
        position_ = 0;
        std::size_t at = 0;
        while (at < characters_.size()) at = take(at);
        return finish();
    }

private:
    // A term lies in terms_, which grows while the text is read; it becomes a view when all of them stand.
    struct Draft {
        std::size_t term_begin, term_size;
        Token token;
    };

    std::span<Character const> from(std::size_t at) const { return std::span{characters_}.subspan(at); }

    std::size_t take(std::size_t at) {
        switch (script_of(characters_[at].code)) {
        case Script::ideographic: return ideographs(at);
        case Script::letter:
        case Script::digit: return latin_run(at);
        default: break;
        }
        // A sign separates phrases; a space between two Chinese characters says nothing.
        if (characters_[at].code != ' ') ++position_;
        return at + 1;
    }

    std::size_t end_of_run(std::size_t at, std::size_t most, bool (*belongs)(Script)) const {
        std::size_t const limit = std::min(characters_.size(), at + most);
        while (at < limit && belongs(script_of(characters_[at].code))) ++at;
        return at;
    }

    void push(TokenKind kind, std::size_t begin, std::size_t end, std::uint32_t position, bool is_word) {
        std::size_t const start = terms_.size();
        for (std::size_t at = begin; at < end; ++at) append_utf8(terms_, characters_[at].code);
        push_term(kind, start, begin, end, position, is_word);
    }

    void push_text(TokenKind kind, std::string_view term, std::size_t begin, std::size_t end, std::uint32_t position,
                   bool is_word) {
        std::size_t const start = terms_.size();
        terms_ += term;
        push_term(kind, start, begin, end, position, is_word);
    }

    void push_term(TokenKind kind, std::size_t start, std::size_t begin, std::size_t end, std::uint32_t position,
                   bool is_word) {
        std::size_t size = terms_.size() - start;
        if (size > term_bytes_max) { // never inside a character
            size = term_bytes_max;
            while ((static_cast<unsigned char>(terms_[start + size]) & 0xC0U) == 0x80) --size;
            terms_.resize(start + size);
        }
        drafts_.push_back(
            {start, size, {{}, position, characters_[begin].begin, characters_[end - 1].end, kind, is_word}});
    }

    std::size_t ideographs(std::size_t begin) {
        std::size_t const end = end_of_run(begin, run_characters_max, [](Script script) {
            return script == Script::ideographic || script == Script::mark;
        });
        auto const run = std::span{characters_}.subspan(begin, end - begin);
        std::vector<WordSpan> const& words = options_.words ? finder_.find(run) : no_words_;
        auto next_word = words.begin();
        for (std::size_t at = 0; at < run.size(); ++at) {
            auto const position = position_ + static_cast<std::uint32_t>(at);
            bool is_word = false;
            auto const first_word = next_word;
            for (; next_word != words.end() && next_word->begin == at; ++next_word)
                is_word = is_word || next_word->length == 2;
            if (options_.characters || run.size() == 1)
                push(TokenKind::character, begin + at, begin + at + 1, position, run.size() == 1);
            if (at + 1 < run.size()) push(TokenKind::bigram, begin + at, begin + at + 2, position, is_word);
            for (auto word = first_word; word != next_word; ++word)
                if (word->length > 2) push(TokenKind::word, begin + at, begin + at + word->length, position, true);
        }
        position_ += static_cast<std::uint32_t>(run.size());
        return end;
    }

    // Latin words and numbers that stand together without a space.
    std::size_t latin_run(std::size_t begin) {
        std::size_t at = begin;
        std::size_t parts = 0;
        bool has_digit = false;
        std::uint32_t const first_position = position_;
        for (;;) {
            std::size_t const end = part(at);
            has_digit = has_digit || std::any_of(characters_.begin() + static_cast<std::ptrdiff_t>(at),
                                                 characters_.begin() + static_cast<std::ptrdiff_t>(end),
                                                 [](Character const& c) { return c.code >= '0' && c.code <= '9'; });
            ++parts;
            at = end;
            bool const goes_on = at + 1 < characters_.size() && is_joint(characters_[at].code) &&
                                 is_latin(script_of(characters_[at + 1].code)) &&
                                 script_of(characters_[at + 1].code) != Script::mark;
            if (!goes_on) break;
            ++at;
        }
        if (parts > 1 && has_digit && at - begin <= code_characters_max)
            push(TokenKind::code, begin, at, first_position, true);
        return at;
    }

    std::size_t part(std::size_t begin) {
        std::size_t const end = end_of_run(begin, characters_.size(), is_latin);
        if (auto const quantity = quantity_at(from(begin)); quantity && begin + quantity->number_length >= end)
            return number(begin, *quantity);
        else if (quantity && !quantity->unit.empty() && begin + quantity->length >= end)
            return number(begin, *quantity);
        word(begin, end);
        return end;
    }

    std::size_t number(std::size_t begin, Quantity const& quantity) {
        push_text(TokenKind::number, quantity.number_term(), begin, begin + quantity.number_length, position_, true);
        if (!quantity.unit.empty())
            push_text(TokenKind::quantity, quantity.term(), begin, begin + quantity.length, position_, true);
        ++position_;
        // Chinese units are Chinese text too: 10千瓦 is found by 千瓦.
        std::size_t const end = begin + quantity.number_length;
        bool const unit_is_latin = quantity.length > quantity.number_length &&
                                   script_of(characters_[begin + quantity.length - 1].code) != Script::ideographic;
        return unit_is_latin ? begin + quantity.length : end;
    }

    void word(std::size_t begin, std::size_t end) {
        word_.clear();
        for (std::size_t at = begin; at < end; ++at) append_utf8(word_, characters_[at].code);
        bool const says_something = !is_stop_word(word_);
        push_text(TokenKind::latin, options_.stemming ? stemmer_.stem(word_) : std::string_view{word_}, begin, end,
                  position_++, says_something);
    }

    Analysis const& finish() {
        analysis_.tokens.clear();
        analysis_.tokens.reserve(drafts_.size());
        for (Draft& draft : drafts_) {
            draft.token.term = std::string_view{terms_}.substr(draft.term_begin, draft.term_size);
            analysis_.tokens.push_back(draft.token);
        }
        analysis_.length = position_;
        return analysis_;
    }

    Options options_;
    WordFinder finder_;
    Stemmer stemmer_;
    std::vector<WordSpan> const no_words_;
    std::vector<Character> characters_;
    std::string terms_;
    std::string word_;
    std::vector<Draft> drafts_;
    std::uint32_t position_ = 0;
    Analysis analysis_;
};

Analyzer::Analyzer(std::shared_ptr<Lexicon const> lexicon, Options options)
    : state_{std::make_unique<State>(std::move(lexicon), options)} {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

Analysis const& Analyzer::analyse(std::string_view text) { return state_->analyse(text); }

} // namespace sangu::search
