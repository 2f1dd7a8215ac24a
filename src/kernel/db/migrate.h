#pragma once

// Forward-only, numbered SQL migrations of every module, recorded with a checksum. They are written in
// the common dialect with PostgreSQL's type words (text, bigint, integer, double precision, boolean, date,
// timestamptz, bytea); for SQLite the words are mapped (text, integer, real, blob) and tables made STRICT.
// "0007_x.postgres.sql" beside "0007_x.sqlite.sql" where the dialects really differ. Statements end with
// ";" at the end of a line.

#include "kernel/db/db.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::db {

struct Migration {
    std::string_view module; // "plan"
    std::string_view name;   // "0001_init"
    std::string_view sql;
    std::string_view dialect = {}; // empty: both; else "sqlite" or "postgres"
};

struct MigrationStep {
    std::string module, name;
};

// What `migrate` would do. Throws Fault when an applied migration's text has changed since.
std::vector<MigrationStep> plan_migrations(Database& database, std::span<Migration const> migrations);
// Applies what is missing, in the given order, each in its own transaction. Safe with two servers starting at once.
std::vector<MigrationStep> migrate(Database& database, std::span<Migration const> migrations);
// The statements of a migration in the dialect of the database.
std::vector<std::string> statements_for(Migration const& migration, Dialect dialect);

} // namespace sangu::db
