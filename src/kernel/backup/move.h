#pragma once

// Moving everything into another database: from SQLite to PostgreSQL when a zone outgrows one machine, or back.

#include "base/result.h"
#include "base/time.h"
#include "kernel/audit/audit.h"
#include "kernel/db/db.h"
#include "kernel/db/migrate.h"
#include "kernel/i18n/i18n.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sangu::backup {

// The rows of a table in key order, reduced to a number and a hash that are the same on both kinds of database.
struct Fingerprint {
    std::int64_t rows = 0;
    std::string sha256;

    bool operator==(Fingerprint const&) const = default;
};

struct MovedTable {
    std::string name;
    Fingerprint source, target;
};

struct MoveReport {
    Instant at;
    std::vector<MovedTable> tables; // all but the record of migrations, which each database has of its own
    std::int64_t orphans = 0;       // rows of the target that point to nothing
    audit::Verdict audit;           // of the target

    bool passed() const; // false: the target was left without data
};

// Copies one snapshot of `source` into the empty database `target`: migrates it, copies every table in one transaction
// and compares before the commit. Refuses "error.move.pending" (the source has migrations to apply),
// "error.move.not_empty" (the target has tables) and "error.move.unknown_table" (of a module that is not in this
// program). Throws db::Fault.
Result<MoveReport> move_everything(db::Database& source, db::Database& target,
                                   std::span<db::Migration const> migrations, Instant now);

std::string to_json(MoveReport const& report);
std::string to_text(MoveReport const& report, i18n::Language language); // a line a table, then the verdict

} // namespace sangu::backup
