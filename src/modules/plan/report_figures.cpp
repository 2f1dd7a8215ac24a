#include "modules/plan/report_figures.h"

#include "base/text.h"

#include <algorithm>

namespace sangu::plan {

std::vector<indicators::DueFigure> due_figures(db::Session& session, Report const& report) {
    auto const period = indicators::parse_period(report.period);
    if (!period) return {};
    return indicators::figures_to_report(session, report.plan, report.place, *period);
}


ReportFigure row_of(Report const& report, indicators::DueFigure const& due, std::vector<ReportFigure> const& typed) {
    ReportFigure row{new_id_of<ReportFigure>(), report.id, due.indicator.code, {}, {}, {}};
    auto const found = std::ranges::find(typed, due.indicator.code, &ReportFigure::indicator);
    if (found != typed.end()) {
        row.value = found->value;
        row.note = std::string{trim(found->note)};
    }
    if (due.recorded) {
        row.value = due.recorded->value;
        row.observation_id = due.recorded->id.text;
    }
    return row;
}

void store_figure(db::Transaction& transaction, ReportFigure const& row) {
    transaction.execute("insert into plan_report_figure (id, report_id, indicator, value, note, observation_id) "
                        "values (?, ?, ?, ?, ?, ?) on conflict (report_id, indicator) do update set "
                        "value = excluded.value, note = excluded.note, observation_id = excluded.observation_id",
                        {row.id.text, row.report_id.text, row.indicator, row.value ? Value{*row.value} : Value{},
                         row.note, row.observation_id});
}

namespace {

std::optional<ReportFigure> row_named(db::Session& session, Id<Report> const& report, std::string_view indicator) {
    return entity::first<ReportFigure>(session, "where report_id = ? and indicator = ?",
                                       {report.text, std::string{indicator}});
}

// A figure that the report had no data for.
Result<std::string> record_late(Context const& context, Change& change, Report const& report, Restatement const& one) {
    auto const due = due_figures(change.transaction(), report);
    auto const found = std::ranges::find_if(due, [&](auto const& f) { return f.indicator.code == one.indicator; });
    if (found == due.end()) return refuse(Problems{{"indicator", "plan.error.no_indicator", {one.indicator}}});
    indicators::ReportedFigure const figure{found->series, one.value, one.reason};
    auto const ids = TRY(indicators::record_reported(context, change,
                                                     {.report_id = report.id.text,
                                                      .place = report.place,
                                                      .period = report.period,
                                                      .entered_by = one.asked_by,
                                                      .entered_by_name = one.asked_by_name,
                                                      .approved_by = one.decided_by,
                                                      .approved_by_name = one.decided_by_name},
                                                     {&figure, 1}));
    return ids.front();
}

} // namespace

Result<void> record_restatement(Context const& context, Change& change, Report const& report, Restatement& one) {
    auto row = row_named(change.transaction(), report.id, one.indicator);
    bool const recorded = row && !row->observation_id.empty();
    if (recorded) {
        one.observation_id = TRY(indicators::record_restated(context, change,
                                                             {.observation = row->observation_id,
                                                              .value = one.value,
                                                              .as_of = one.as_of,
                                                              .reason = one.reason,
                                                              .entered_by = one.asked_by,
                                                              .entered_by_name = one.asked_by_name,
                                                              .approved_by = one.decided_by,
                                                              .approved_by_name = one.decided_by_name}));
        return {};
    }
    one.observation_id = TRY(record_late(context, change, report, one));
    if (!row) row = ReportFigure{new_id_of<ReportFigure>(), report.id, one.indicator, {}, {}, {}};
    row->observation_id = one.observation_id;
    store_figure(change.transaction(), *row);
    return {};
}


Result<void> record_figures(Context const& context, Change& change, Report const& report) {
    auto const due = due_figures(change.transaction(), report);
    std::vector<indicators::ReportedFigure> figures;
    std::vector<ReportFigure> rows;
    for (ReportFigure const& row : figures_of(change.transaction(), report.id)) {
        auto const found =
            std::ranges::find_if(due, [&](auto const& one) { return one.indicator.code == row.indicator; });
        if (!row.value || !row.observation_id.empty() || found == due.end()) continue;
        figures.push_back({found->series, *row.value, row.note});
        rows.push_back(row);
    }
    indicators::ReportOrigin const origin{.report_id = report.id.text,
                                          .place = report.place,
                                          .period = report.period,
                                          .entered_by = report.submitted_by,
                                          .entered_by_name = report.submitted_by_name,
                                          .approved_by = report.accepted_by,
                                          .approved_by_name = report.accepted_by_name};
    auto const ids = TRY(indicators::record_reported(context, change, origin, figures));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].observation_id = ids[i];
        store_figure(change.transaction(), rows[i]);
    }
    for (Restatement& one : restatements_of(change.transaction(), report.id)) {
        if (one.state != RestatementState::approved || !one.observation_id.empty()) continue;
        Restatement const before = one;
        TRY_VOID(record_restatement(context, change, report, one));
        TRY_VOID(change.save(before, one, "plan.restatement.recorded", report.scope));
    }
    return {};
}

} // namespace sangu::plan
