#pragma once

// Tables in and out of files. Every import, also that of the plan's own data, goes this way: all or nothing, with line
// and column of what is wrong, in one transaction with one audit record and one event that carry the file's hash.

#include "kernel/module.h"
#include "kernel/tables/tables.h"
#include "modules/indicators/indicators.h"

#include <memory>
#include <vector>

namespace sangu::indicators {

enum class ImportMode : std::uint8_t { check, store };

struct ImportReport {
    TableKind kind = TableKind::observations;
    std::string file_name, sha256;
    std::int64_t rows = 0, inserted = 0, updated = 0, unchanged = 0;
    bool stored = false;
    bool awaits_approval = false; // observations imported by a person count only after another one approved them
    std::string import_id;        // when stored
    Problems problems;            // the first 100
    bool more_problems = false;
    std::optional<Import> earlier; // the same file was imported before: nothing was done
};

using OpenReader = FunctionRef<Result<std::unique_ptr<tables::Reader>>()>;

// Reads rows with a header line of field names in any order. `check` does everything and takes it back.
// Permission: indicators.import. Observations of the system actor are published by the import itself.
Result<ImportReport> import_table(Context& context, TableKind kind, OpenReader open, std::string_view file_name,
                                  std::string_view sha256, ImportMode mode, std::string_view begun = {});
// `begun`: the import's entry in the journal (kernel/resource/import_journal.h), finished in the same transaction.
Result<ImportReport> import_file(Context& context, TableKind kind, std::string const& path, std::string_view file_name,
                                 ImportMode mode, std::string_view begun = {});

// The same for `sangu import <kind> FILE`.
std::vector<TableImport> command_line_imports();

// Publishes the submitted observations of an import as the act of another person; gives their number.
Result<std::int64_t> approve_import(Context& context, Id<Import> const& id);

// The plan's own data from the files in the program, each table once: what was imported before is left alone.
void import_plan_data(Services& services);

} // namespace sangu::indicators
