#pragma once

// Imports that can be resumed. Before a file is imported it is stored, content-addressed, with who begins what. The
// transaction that stores the rows also marks the import stored; whatever happens in between, the import either waits,
// with its file, or is stored once.

#include "kernel/context.h"
#include "kernel/files/kept_upload.h"
#include "kernel/http/temporary_file.h"
#include "kernel/resource/import_report.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::resource {

struct BegunImport {
    std::string id;
    std::string target; // the table, as `sangu import` names it: "tasks", "observations"
    std::string file_name, sha256;
    std::string begun_by, begun_by_name; // account
    Instant begun_at;
    std::int64_t attempts = 0;
};

// Notes that the actor imports the upload into `target`. The same file of the same person that waits already is taken
// up again.
BegunImport begin_import(Context& context, std::string_view target, http::Upload const& upload);
// The same for a file on disk.
BegunImport begin_import(Context& context, std::string_view target, std::string_view file_name,
                         std::string const& path);
// The same for a file that was checked before and kept (files/kept_upload.h).
BegunImport begin_import(Context& context, std::string_view target, files::KeptUpload const& kept);
std::optional<BegunImport> find_import(db::Session& session, std::string_view id);
// Those that wait, oldest first, at most 100; of one target unless it is "".
std::vector<BegunImport> waiting_imports(db::Session& session, std::string_view target);
// The stored file, and one more attempt counted. Refuses "error.import.finished" when it waits no more.
Result<std::unique_ptr<http::TemporaryFile>> take_up(Context& context, BegunImport const& import);
// Inside the transaction that stores the rows: false when the import was finished meanwhile, and everything must be
// taken back. An empty id is no journalled import.
bool finish_import(Context const& context, db::Transaction& transaction, std::string_view id);
// After an import that was refused, or that somebody does not want any more; its file goes.
void close_import(Context& context, std::string_view id, std::string_view state);
// The import of a begun one from its file: what was not stored does not wait any longer.
template <class Report>
Result<Report> run_begun(Context& context, BegunImport const& begun, std::string const& path,
                         FunctionRef<Result<Report>(std::string const& path)> import) {
    Result<Report> report = import(path);
    bool const overloaded = !report && report.error().refusal == Refusal::unavailable;
    if (!overloaded && (!report || !report->stored)) close_import(context, begun.id, "refused");
    return report;
}
// The same for one that was interrupted.
template <class Report>
Result<Report> resume_begun(Context& context, BegunImport const& begun,
                            FunctionRef<Result<Report>(std::string const& path)> import) {
    auto const file = TRY(take_up(context, begun));
    return run_begun<Report>(context, begun, file->path(), import);
}
// Closes those that have waited for 30 days.
void forget_old_imports(db::Transaction& transaction, Instant now);

} // namespace sangu::resource
