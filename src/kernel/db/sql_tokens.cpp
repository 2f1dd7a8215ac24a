#include "kernel/db/sql_tokens.h"

#include <algorithm>

namespace sangu::db {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

// The length up to and including the first `end` at or after `from`, or all of the text.
std::size_t through(std::string_view sql, std::string_view end, std::size_t from) {
    auto const at = sql.find(end, from);
    return at == std::string_view::npos ? sql.size() : at + end.size();
}

// The length of "$tag$…$tag$", or 0 when the text does not begin with such a quote.
std::size_t dollar_quoted(std::string_view sql) {
    auto const end = static_cast<std::size_t>(std::find_if_not(sql.begin() + 1, sql.end(), is_word) - sql.begin());
    if (end == sql.size() || sql[end] != '$' || (end > 1 && sql[1] >= '0' && sql[1] <= '9')) return 0;
    return through(sql, sql.substr(0, end + 1), end + 1);
}

std::size_t length_while(std::string_view sql, bool (*holds)(char)) {
    return static_cast<std::size_t>(std::find_if_not(sql.begin(), sql.end(), holds) - sql.begin());
}

} // namespace

Token take_token(std::string_view& sql) {
    auto const take = [&](TokenKind kind, std::size_t length) {
        Token const token{kind, sql.substr(0, length)};
        sql.remove_prefix(length);
        return token;
    };
    char const first = sql.front();
    if (is_space(first)) return take(TokenKind::space, length_while(sql, is_space));
    if (is_word(first)) return take(TokenKind::word, length_while(sql, is_word));
    // A doubled quote inside ends one token and begins the next, which joined is the same.
    if (first == '\'') return take(TokenKind::literal, through(sql, "'", 1));
    if (first == '"') return take(TokenKind::identifier, through(sql, "\"", 1));
    if (sql.starts_with("--")) return take(TokenKind::comment, std::min(sql.find('\n'), sql.size()));
    if (sql.starts_with("/*")) return take(TokenKind::comment, through(sql, "*/", 2));
    if (first == '$')
        if (auto const length = dollar_quoted(sql); length > 0) return take(TokenKind::literal, length);
    return take(TokenKind::symbol, 1);
}

} // namespace sangu::db
