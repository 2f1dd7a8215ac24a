#include "modules/indicators/import.h"

namespace sangu::indicators {

namespace {

template <TableKind kind>
Result<resource::ImportReport> run(Context& context, std::string const& path, std::string_view file_name,
                                   resource::ImportMode mode, std::string_view begun) {
    auto const wanted = mode == resource::ImportMode::check ? ImportMode::check : ImportMode::store;
    ImportReport report = TRY(import_file(context, kind, path, file_name, wanted, begun));
    // The same file again: what it says is there already.
    if (report.earlier) return resource::ImportReport{.rows = report.earlier->rows, .unchanged = report.earlier->rows};
    return resource::ImportReport{.rows = report.rows,
                                  .created = report.inserted,
                                  .changed = report.updated,
                                  .unchanged = report.unchanged,
                                  .stored = report.stored,
                                  .problems = std::move(report.problems),
                                  .more_problems = report.more_problems};
}

} // namespace

std::vector<TableImport> command_line_imports() {
    return {{"sources", run<TableKind::sources>},
            {"indicators", run<TableKind::indicators>},
            {"targets", run<TableKind::targets>},
            {"observations", run<TableKind::observations>}};
}

} // namespace sangu::indicators
