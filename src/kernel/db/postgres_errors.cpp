#include "kernel/db/postgres_text.h"

namespace sangu::db {

namespace {

std::string field(PGresult const* result, int code) {
    auto const* const text = PQresultErrorField(result, code);
    return text == nullptr ? std::string{} : std::string{text};
}

// "table.column,column" as SQLite names it, from "Key (column, column)=(…) …"; the constraint's own name when the
// key is an expression. The form of the detail is the same in every language of the server.
std::string key_name(PGresult const* result) {
    auto const detail = field(result, PG_DIAG_MESSAGE_DETAIL);
    auto const from = detail.find('(');
    auto const to = detail.find(")=(");
    if (from == std::string::npos || to == std::string::npos || to < from)
        return field(result, PG_DIAG_CONSTRAINT_NAME);
    std::string columns;
    for (char const c : detail.substr(from + 1, to - from - 1)) {
        if (c == '(') return field(result, PG_DIAG_CONSTRAINT_NAME);
        if (c != ' ' && c != '"') columns += c;
    }
    return field(result, PG_DIAG_TABLE_NAME) + "." + columns;
}

// What follows the mark up to the closing quotation mark, which is " in some languages of the server and not in others.
std::string missed_row(std::string_view message) {
    auto const mark = message.find(one_row_mark);
    if (mark == std::string_view::npos) return {};
    auto const otherwise = message.substr(mark + one_row_mark.size());
    return std::string{otherwise.substr(0, otherwise.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"))};
}

} // namespace

void raise_postgres(PGresult const* result, std::string_view sql) {
    auto const state = field(result, PG_DIAG_SQLSTATE);
    std::string message = PQresultErrorMessage(result);
    while (message.ends_with('\n')) message.pop_back();
    auto const detail = "PostgreSQL " + state + ": " + message + " in: " + std::string{sql};
    auto const column = [&] { return field(result, PG_DIAG_TABLE_NAME) + "." + field(result, PG_DIAG_COLUMN_NAME); };
    if (state == "23505") throw ConstraintViolation{ConstraintKind::unique, key_name(result), detail};
    if (state == "23503") throw ConstraintViolation{ConstraintKind::foreign_key, key_name(result), detail};
    if (state == "23502") throw ConstraintViolation{ConstraintKind::not_null, column(), detail};
    if (state == "23514" || state == "23P01")
        throw ConstraintViolation{state == "23514" ? ConstraintKind::check : ConstraintKind::exclusion,
                                  field(result, PG_DIAG_CONSTRAINT_NAME), detail};
    if (state == "22P02") // invalid_text_representation
        if (auto const otherwise = missed_row(message); !otherwise.empty())
            throw ConstraintViolation{ConstraintKind::one_row, otherwise, detail};
    // disk_full, io_error, read_only_sql_transaction
    if (state == "53100" || state == "58030" || state == "25006") throw StorageFull{detail};
    if (state == "57014") throw Fault{"the statement took too long; " + detail};
    throw Fault{detail};
}

} // namespace sangu::db
