#pragma once

// Backups that are known to be whole. A backup is a folder with a copy of the database and "manifest.json", which says
// when it was taken, by which version, and what was in the very snapshot that was copied. verify_restore() plays it
// into a side copy and compares everything.

#include "base/result.h"
#include "base/time.h"
#include "kernel/db/db.h"
#include "kernel/i18n/i18n.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::backup {

struct Manifest {
    Instant taken_at;
    std::string version;                      // of the program that took it
    std::string database;                     // "sqlite" or "postgres"
    std::string file;                         // the copy, beside the manifest: "sangu.db" or "sangu.dump"
    std::string sha256;                       // of the copy
    std::map<std::string, std::int64_t> rows; // by table
    std::int64_t audit_records = 0;
    std::string audit_hash; // of the last record
};

std::string to_json(Manifest const& manifest);
// Refuses "error.backup.manifest" when it is missing, damaged or of another format.
Result<Manifest> read_manifest(std::string const& directory);

// Copies the database while it is in use. `directory` is created; refuses "error.backup.exists" when it holds a
// backup already. Throws db::Fault and std::filesystem::filesystem_error.
Result<Manifest> create(db::Database& database, std::string const& directory, Instant now);

struct Check {
    std::string key; // message key: "backup.check.rows"
    bool passed = false;
    std::string expected, found; // shown when it failed
};

struct Report {
    Instant at;
    std::string directory, restored_to;
    Manifest manifest;
    std::vector<Check> checks;

    bool passed() const;
};

// Plays the backup into `side`: a folder for SQLite (sangu.db is made in it, refused with "error.backup.exists" when it
// is there) or the URL of an empty PostgreSQL database, opens the copy and checks the file's hash, the rows of every
// table, the audit chain and the content of attachments. A damaged backup is a report that did not pass, not an Error.
Result<Report> verify_restore(std::string const& directory, std::string const& side, Instant now);

std::string to_json(Report const& report);
std::string to_text(Report const& report, i18n::Language language); // one line a check, ends with the verdict

} // namespace sangu::backup
