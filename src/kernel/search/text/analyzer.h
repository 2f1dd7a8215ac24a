#pragma once

// From text to terms. Chinese first: every pair of neighbouring characters is a term (bigrams are the base, because
// they miss nothing), and every word of three or more characters that ICU's dictionary or the lexicon knows is one
// more. Latin words are stemmed, numbers carry their units, codes such as "H01M 10/0525" are kept whole and in parts.

#include "kernel/search/text/lexicon.h"
#include "kernel/search/text/normal.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::search {

enum class TokenKind : std::uint8_t {
    character, // one ideograph
    bigram,    // two neighbouring ideographs
    word,      // three and more that a dictionary knows
    latin,     // a word of letters and digits, stemmed
    number,    // 0–9, "." and grouping read as a number
    quantity,  // a number with its unit, in the base unit
    code,      // letters and digits joined by - / . _ + without a space: "GB/T-2260"
};

struct Token {
    std::string_view term;      // lives until the analyzer's next call
    std::uint32_t position = 0; // in characters for ideographs, else in words; grows by one from term to term
    std::uint32_t begin = 0;    // bytes of the source, half open
    std::uint32_t end = 0;
    TokenKind kind = TokenKind::character;
    bool is_word = false; // a bigram that is a word of its own; a Latin word that is no stop word

    bool is_ground() const {
        return kind == TokenKind::bigram || kind == TokenKind::latin || kind == TokenKind::number;
    }
};

struct Analysis {
    std::vector<Token> tokens; // by place; a word follows the bigram that it begins with
    std::uint32_t length = 0;  // positions: what "how long is this text" means to the ranking
};

struct AnalyzerOptions {
    bool words = true;       // words of dictionaries besides bigrams
    bool characters = false; // every ideograph alone too, so that one character finds; else only those that stand alone
    bool stemming = true;
};

// Not thread-safe: one for each thread. Making one costs about a millisecond.
class Analyzer {
public:
    using Options = AnalyzerOptions;

    explicit Analyzer(std::shared_ptr<Lexicon const> lexicon = Lexicon::shipped(), Options options = {});
    ~Analyzer();
    Analyzer(Analyzer&&) noexcept;
    Analyzer& operator=(Analyzer&&) noexcept;

    // The same text gives the same terms in a document and in a query. Any bytes are allowed; linear in their number.
    Analysis const& analyse(std::string_view text);

private:
    class State;
    std::unique_ptr<State> state_;
};

} // namespace sangu::search
