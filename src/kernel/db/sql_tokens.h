#pragma once

// Cuts SQL text into tokens: just enough to find question marks, words and the ends of statements outside of
// literals and comments. Joined together the tokens are the text again.

#include <cstdint>
#include <string_view>

namespace sangu::db {

enum class TokenKind : std::uint8_t { word, literal, identifier, comment, space, symbol };

struct Token {
    TokenKind kind = TokenKind::space;
    std::string_view text; // "identifier" is a quoted one; "literal" is '…' or $tag$…$tag$; "symbol" is one character
};

// Takes the next token off `sql`, which is not empty.
Token take_token(std::string_view& sql);

} // namespace sangu::db
