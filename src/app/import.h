#pragma once

// sangu import <table> <file> for a generic resource, with a mapping of its columns, and taking an import back.

#include "kernel/config/settings.h"
#include "kernel/resource/import_report.h"

#include <CLI/CLI.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace sangu::app {

struct MappedImport {
    std::string table, file;
    std::vector<std::string> map; // "column=field"; "column=" leaves it out
    std::vector<std::string> set; // "field=text" for every row
    std::string dates;            // "month-first", "day-first" or empty
    std::string source;
    std::string undo; // id of an import to take back
    bool leave_out_bad = false, only_known = false, dry_run = false, as_json = false;
};

// Prints what an import did, as text or JSON, with the id it can be undone by where there is one. The exit code.
int print_report(resource::ImportReport const& report, std::string_view import_id, bool as_json);
// The options of the mapping; table, file and the rest are the command's own.
void add_mapping(CLI::App& command, MappedImport& given);
// The exit code. Refuses a table that is no resource with an import.
int import_mapped(config::Loaded const& loaded, MappedImport const& given);

} // namespace sangu::app
