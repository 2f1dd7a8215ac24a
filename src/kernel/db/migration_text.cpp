#include "base/text.h"
#include "kernel/db/migrate.h"
#include "kernel/db/sql_tokens.h"

#include <algorithm>
#include <array>

namespace sangu::db {

namespace {

struct TypeWord {
    std::string_view postgres, sqlite;
};

constexpr std::array type_words{
    TypeWord{"bigint", "integer"}, TypeWord{"boolean", "integer"},  TypeWord{"date", "text"},
    TypeWord{"double", "real"},    TypeWord{"timestamptz", "text"}, TypeWord{"bytea", "blob"},
};

// After these a word is a column or expression, never a type.
constexpr std::array<std::string_view, 21> not_before_type{
    "",     "and", "or", "not",  "by", "on",   "where", "select", "column",   "between", "when",
    "then", "set", "is", "like", "in", "else", "from",  "using",  "distinct", "having"};

// Translates the type words of one statement for SQLite; feeds on tokens in order.
class TypeMapper {
public:
    void add(Token const& token, std::string& out) {
        if (token.kind == TokenKind::space) {
            out += token.text;
            return;
        }
        auto const word = token.kind == TokenKind::word ? to_lower_ascii(token.text) : std::string{};
        if (word == "precision" && before_ == "double") {
            while (out.ends_with(' ')) out.pop_back();
        } else {
            out += translate(token, word);
        }
        before_ = token.kind == TokenKind::identifier ? "\"" : word;
    }

private:
    std::string_view translate(Token const& token, std::string const& word) const {
        if (std::ranges::find(not_before_type, before_) != not_before_type.end()) return token.text;
        auto const type = std::ranges::find(type_words, word, &TypeWord::postgres);
        return type == type_words.end() ? token.text : type->sqlite;
    }

    std::string before_; // the word before, lower case; empty after a symbol or literal
};

bool ends_line(std::string_view rest) {
    auto const line = rest.substr(0, rest.find('\n'));
    auto const first = line.find_first_not_of(" \t\r");
    return first == std::string_view::npos || line.substr(first).starts_with("--");
}

// The words of a statement without comments, lower case, for a look at what it is.
struct Words {
    std::string first, second, last;

    void add(Token const& token) {
        if (token.kind != TokenKind::word) {
            if (token.kind == TokenKind::symbol && token.text != ";") last.clear();
            return;
        }
        last = to_lower_ascii(token.text);
        if (first.empty())
            first = last;
        else if (second.empty())
            second = last;
    }
    bool is_create(std::string_view what) const { return first == "create" && second == what; }
};

void make_strict(std::string& statement, Words const& words) {
    if (words.is_create("table") && words.last != "strict") statement += words.last == "rowid" ? ", strict" : " strict";
}

} // namespace

std::vector<std::string> statements_for(Migration const& migration, Dialect dialect) {
    bool const is_sqlite = dialect == Dialect::sqlite;
    std::vector<std::string> statements;
    std::string statement;
    Words words;
    TypeMapper mapper;
    auto const finish = [&] {
        if (!words.first.empty()) {
            statement = std::string{trim(statement)};
            if (is_sqlite) make_strict(statement, words);
            statements.push_back(std::move(statement));
        }
        statement.clear();
        words = {};
        mapper = {};
    };
    for (auto rest = migration.sql; !rest.empty();) {
        auto const token = take_token(rest);
        // The body of an SQLite trigger has statements of its own, up to "end;".
        bool const in_trigger = is_sqlite && words.is_create("trigger") && words.last != "end";
        if (token.text == ";" && ends_line(rest) && !in_trigger) {
            finish();
            continue;
        }
        if (token.kind == TokenKind::comment) continue;
        if (in_trigger && token.text == ";") words.last.clear();
        words.add(token);
        if (is_sqlite)
            mapper.add(token, statement);
        else
            statement += token.text;
    }
    finish();
    return statements;
}

} // namespace sangu::db
