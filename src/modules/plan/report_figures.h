#pragma once

// The figures of a report on their way into the records of indicators.

#include "modules/indicators/indicators.h"
#include "modules/plan/service.h"

namespace sangu::plan {

std::vector<indicators::DueFigure> due_figures(db::Session& session, Report const& report);
// What is typed for a figure, unless it is recorded already: then that one is shown and never typed again.
ReportFigure row_of(Report const& report, indicators::DueFigure const& due, std::vector<ReportFigure> const& typed);
void store_figure(db::Transaction& transaction, ReportFigure const& row);
// The figures become public: those typed here are recorded with the report as their source, then what was restated
// since the report was accepted.
Result<void> record_figures(Context const& context, Change& change, Report const& report);
// Records an approved restatement of a published report and notes the figure in it.
Result<void> record_restatement(Context const& context, Change& change, Report const& report, Restatement& one);

} // namespace sangu::plan
