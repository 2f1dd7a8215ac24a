#include "kernel/db/sqlite_connection.h"

namespace sangu::db {

namespace {

// "UNIQUE constraint failed: task.plan_id, task.code" → "task.plan_id,code"; "…: index 'name'" → "name".
std::string constraint_name(std::string_view message) {
    auto const colon = message.find(": ");
    if (colon == std::string_view::npos) return {};
    auto rest = message.substr(colon + 2);
    if (rest.starts_with("index '") && rest.ends_with("'")) return std::string{rest.substr(7, rest.size() - 8)};
    auto const dot = rest.find('.');
    if (dot == std::string_view::npos) return std::string{rest};
    auto const table = rest.substr(0, dot + 1);
    std::string name;
    while (!rest.empty()) {
        auto const comma = std::min(rest.find(", "), rest.size());
        auto const column = rest.substr(0, comma);
        if (!name.empty()) name += ',';
        name += name.empty() || !column.starts_with(table) ? column : column.substr(table.size());
        rest.remove_prefix(std::min(comma + 2, rest.size()));
    }
    return name;
}

void raise_constraint(int code, std::string const& message) {
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: throw ConstraintViolation{ConstraintKind::unique, constraint_name(message), message};
    case SQLITE_CONSTRAINT_FOREIGNKEY: throw ConstraintViolation{ConstraintKind::foreign_key, {}, message};
    case SQLITE_CONSTRAINT_NOTNULL:
        throw ConstraintViolation{ConstraintKind::not_null, constraint_name(message), message};
    case SQLITE_CONSTRAINT_CHECK: {
        // The name of the constraint or its expression, where a dot has no meaning for us.
        auto const colon = message.find(": ");
        throw ConstraintViolation{ConstraintKind::check, colon == std::string::npos ? "" : message.substr(colon + 2),
                                  message};
    }
    // raise(abort, 'name') in a trigger stands for an exclusion constraint, which SQLite does not have.
    case SQLITE_CONSTRAINT_TRIGGER: throw ConstraintViolation{ConstraintKind::exclusion, message, message};
    default: break;
    }
}

} // namespace

void raise_sqlite(sqlite3* connection, int code, std::string_view sql) {
    int const extended = connection == nullptr ? code : sqlite3_extended_errcode(connection);
    std::string const message = connection == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(connection);
    int const primary = code & 0xff;
    if (primary == SQLITE_CONSTRAINT) raise_constraint(extended, message);
    auto const detail = "SQLite: " + message + " (" + std::to_string(extended) + ")" +
                        (sql.empty() ? std::string{} : " in: " + std::string{sql});
    if (primary == SQLITE_FULL || primary == SQLITE_IOERR || primary == SQLITE_READONLY) throw StorageFull{detail};
    if (primary == SQLITE_INTERRUPT) throw Fault{"the statement took too long; " + detail};
    throw Fault{detail};
}

} // namespace sangu::db
