#pragma once

// Table files into described entities: upload → preview and mapping of columns → check with a report by line and column
// → run → undo. The verbs of pages and command line.
//
// A run stores batches of at most `batch_rows` rows, each one command of the writer, so that others write in between.
// It is all or nothing over its life: it either ends as `done`, or what it stored is taken back row by row from its
// journal
// (`stopped`) – when somebody cancels it, or a row is refused that the check had passed. A server that dies in the
// middle loses at most the batch it was at, which is not stored; the job goes on after the last stored batch. While it
// runs, readers see the rows of the batches that are stored.

#include "kernel/context.h"
#include "kernel/http/temporary_file.h"
#include "kernel/imports/record.h"
#include "kernel/jobs/jobs.h"
#include "kernel/resource/resource.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::imports {

// The first rows of a file and what was guessed from it.
struct Preview {
    tables::Row header;
    std::vector<tables::Row> rows; // the first ones, at most 8
    Mapping mapping;               // guessed, or remembered for the source
    bool is_remembered = false;
    std::vector<std::string> reasons; // for each column why its date order was guessed; may be empty
    Problems ambiguous;               // columns whose date order people must choose

    // Nothing is left to choose: every column bears the name of a field, as in the template and in downloads of the
    // list, and no order of dates is open.
    bool is_clear(entity::EntityMeta const& meta) const;
};
Result<Preview> preview(Context& context, resource::Resource const& resource, std::string const& path,
                        std::string_view source, Mapping const* chosen = nullptr);

// Stores the file and the guessed mapping; refuses what is not a table. Permission: the resource's import_permission.
struct Begun {
    Import import;
    bool is_clear = false; // of its preview: the check may begin at once
};
Result<Begun> begin(Context& context, resource::Resource const& resource, http::Upload const& upload,
                    std::string_view source);
// Keeps the mapping and lets the check begin; refuses a mapping that cannot be (see check_mapping).
Result<void> ask_check(Context& context, resource::Resource const& resource, Import const& import,
                       Mapping const& mapping);
// From `checked` only; the mapping is remembered for the source.
Result<void> ask_run(Context& context, resource::Resource const& resource, Import const& import);
// A check ends; a run ends and is taken back.
Result<void> ask_stop(Context& context, resource::Resource const& resource, Import const& import);
// Takes a finished import back: created objects are deleted, changed ones get their earlier fields. Objects that were
// edited since, or that others refer to, stay; kept_rows names them.
Result<void> ask_undo(Context& context, resource::Resource const& resource, Import const& import);

// Does what waits for this import for at most `budget_ms`, as the account that began it. True: nothing is left to do.
bool work(Services& services, resource::Resource const& resource, std::string_view import_id, int budget_ms);
inline constexpr int at_once_ms = 1500; // while somebody waits for the page
// What is left is done by the job thread from now on (a minute after ask_… it would be in any case).
void leave_to_job(Services& services, Import const& import);
inline constexpr std::string_view job_kind = "imports.work";
std::vector<jobs::Handler> job_handlers();

// The file of an import, for the time of the call.
std::unique_ptr<http::TemporaryFile> file_of(db::Database& database, Import const& import);

} // namespace sangu::imports
