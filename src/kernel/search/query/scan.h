#pragma once

// The words and signs of a query, one after the other.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sangu::search {

struct Lexeme {
    enum class Kind : std::uint8_t {
        end,
        word,
        phrase,
        field,
        open,
        close,
        plus,
        minus,
        conjunction,
        disjunction,
        negation
    };
    Kind kind = Kind::end;
    std::string_view text;    // of word, phrase and field
    bool is_unclosed = false; // a phrase without its second quotation mark
};

class Scanner {
public:
    Scanner(std::string_view query, std::span<std::string_view const> fields) : rest_{query}, fields_{fields} {}
    Lexeme next();

private:
    Lexeme phrase(std::size_t mark_size);
    Lexeme word();

    std::string_view rest_;
    std::span<std::string_view const> fields_;
};

} // namespace sangu::search
