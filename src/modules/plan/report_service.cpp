#include "base/text.h"
#include "base/time_zone.h"
#include "kernel/files/files.h"
#include "kernel/jobs/jobs.h"
#include "modules/indicators/indicators.h"
#include "modules/plan/report_figures.h"
#include "modules/plan/rules.h"
#include "modules/plan/service.h"

#include <algorithm>

namespace sangu::plan {

namespace {

std::string_view permission_of(std::string_view action) {
    if (action == "submit") return submit_permission;
    return action == "publish" ? publish_permission : accept_permission;
}

Result<Report> load(Context& context, Id<Report> const& id) {
    auto report = entity::find(context.reader(), id);
    if (!report) return refuse(Refusal::not_found, "error.not_found");
    return *std::move(report);
}

Problems check_draft(ReportDraft const& draft) {
    Problems problems;
    for (ReportFigure const& figure : draft.figures)
        for (Problem& problem : entity::validate(figure)) {
            problem.field = "figure-" + figure.indicator;
            problems.push_back(std::move(problem));
        }
    for (ReportTask const& task : draft.tasks)
        for (Problem& problem : entity::validate(task)) {
            problem.field = "task-" + task.task;
            problems.push_back(std::move(problem));
        }
    return problems;
}

void store_task(db::Transaction& transaction, ReportTask const& row) {
    transaction.execute(
        "insert into plan_report_task (id, report_id, task, percent, text) values (?, ?, ?, ?, ?) "
        "on conflict (report_id, task) do update set percent = excluded.percent, text = excluded.text",
        {row.id.text, row.report_id.text, row.task, row.percent ? Value{*row.percent} : Value{}, row.text});
}

Result<void> check_people(Context const& context, Report const& report, std::string_view action) {
    bool const same = (action == "accept" && report.submitted_by == context.actor.account_id) ||
                      (action == "publish" && report.accepted_by == context.actor.account_id);
    if (same) return refuse(Refusal::forbidden, "plan.error.four_eyes");
    return {};
}

void sign(Report& report, std::string_view action, Context const& context) {
    auto const& [kind, id, name, roles, limits] = context.actor;
    if (action == "submit") {
        report.submitted_by = id;
        report.submitted_by_name = name;
        if (!report.submitted_on) report.submitted_on = context.today();
    }
    if (action == "accept") {
        report.accepted_by = id;
        report.accepted_by_name = name;
        report.accepted_on = context.today();
    }
    if (action == "publish") {
        report.published_by = id;
        report.published_by_name = name;
        report.published_on = context.today();
    }
}

} // namespace

Result<std::int64_t> open_reports(Context& context, std::string_view plan, std::string_view period_name,
                                  std::vector<std::string> const& places) {
    auto const period = report_period(period_name);
    auto const of = plan_named(context.reader(), plan);
    if (!of) return refuse(Refusal::not_found, "error.not_found");
    if (!period || year_of(period->start) < of->year_from || year_of(period->start) > of->year_to)
        return refuse(Problems{{"period", "plan.error.no_period", {std::string{period_name}}}});
    auto const all = registry::places(context.reader());
    auto const existing = reports_of(context.reader(), plan);
    TermDays const warning = term_on(context.reader(), TermKind::report_reminder, context.today(), 10);
    std::vector<Report> wanted;
    for (std::string const& code : places) {
        auto const* place = registry::find_place(all, code);
        if (!place) return refuse(Problems{{"place", "plan.error.no_place", {code}}});
        TRY_VOID(context.require(accept_permission, place->path));
        if (std::ranges::any_of(existing, [&](Report const& r) { return r.place == code && r.period == period_name; }))
            continue;
        Report report;
        report.id = new_id_of<Report>();
        report.plan = std::string{plan};
        report.place = code;
        report.kind = period->kind;
        report.period = period->name;
        report.due = period->due;
        report.scope = place->path;
        wanted.push_back(std::move(report));
    }
    auto done = context.change<std::int64_t>([&](Change& change) -> Result<std::int64_t> {
        for (Report const& report : wanted) {
            change.create(report, report.scope);
            change.publish("plan.report.open", report.id.text, report.scope, internal_permission);
            Date const remind = report.due + -static_cast<int>(warning.days);
            if (context.today() < report.due)
                jobs::schedule(change.transaction(), "plan.report.reminder", report.id.text, start_of(remind));
        }
        return static_cast<std::int64_t>(wanted.size());
    });
    context.refresh();
    return done;
}

Result<void> save_report(Context& context, Id<Report> const& id, ReportDraft draft,
                         std::span<http::Upload const> evidence) {
    Report const before = TRY(load(context, id));
    TRY_VOID(context.require(submit_permission, before.scope));
    if (before.state != ReportState::open && before.state != ReportState::returned)
        return refuse(Refusal::conflict, "plan.error.report_closed");
    for (ReportFigure& figure : draft.figures) figure.report_id = id;
    for (ReportTask& task : draft.tasks) {
        task.id = new_id_of<ReportTask>();
        task.report_id = id;
    }
    if (auto problems = check_draft(draft); !problems.empty()) return refuse(std::move(problems));
    auto const own = tasks_of_place(context.reader(), before.plan, before.place);
    auto done = context.change<void>([&](Change& change) -> Result<void> {
        Report after = before;
        after.version = draft.version;
        after.summary = draft.summary;
        if (auto problems = entity::validate(after); !problems.empty()) return refuse(std::move(problems));
        TRY_VOID(change.save(before, after, "plan.report.saved", before.scope));
        for (auto const& due : due_figures(change.transaction(), before))
            store_figure(change.transaction(), row_of(before, due, draft.figures));
        for (ReportTask const& task : draft.tasks)
            if (std::ranges::any_of(own, [&](TaskCard const& card) { return card.code == task.task; }))
                store_task(change.transaction(), task);
        for (http::Upload const& upload : evidence)
            if (!upload.file_name.empty())
                TRY_VOID(files::attach(change.transaction(), context.actor, context.now(), upload, report_evidence,
                                       id.text, internal_permission, before.scope));
        return {};
    });
    context.refresh();
    return done;
}

Problems missing_in(db::Session& session, Report const& report) {
    Problems problems;
    auto const rows = figures_of(session, report.id);
    for (auto const& due : due_figures(session, report)) {
        auto const row = std::ranges::find(rows, due.indicator.code, &ReportFigure::indicator);
        bool const answered = due.recorded || (row != rows.end() && (row->value || !row->note.empty()));
        if (!answered) problems.push_back({"figure-" + due.indicator.code, "plan.error.figure_missing", {}});
    }
    if (trim(report.summary).empty()) problems.push_back({"summary", "error.required", {}});
    if (files::list(session, report_evidence, report.id.text).empty())
        problems.push_back({"evidence", "plan.error.evidence_missing", {}});
    return problems;
}

Result<Report> step_report(Context& context, Id<Report> const& id, std::string_view action, std::string comment) {
    Report const before = TRY(load(context, id));
    TRY_VOID(context.require(permission_of(action), before.scope));
    TRY_VOID(check_people(context, before, action));
    if (action == "submit")
        if (auto problems = missing_in(context.reader(), before); !problems.empty()) return refuse(std::move(problems));
    auto done = context.change<Report>([&](Change& change) -> Result<Report> {
        Report after = before;
        auto const taken = TRY(flow::take(after, action, context.actor, after.scope, context.now(), comment));
        sign(after, action, context);
        TRY_VOID(change.save(before, after, "plan.report." + taken.action, after.scope, taken.comment));
        if (action == "accept")
            TRY_VOID(indicators::lock_period(context, change, after.plan, after.place, after.period, id.text));
        if (action == "publish") TRY_VOID(record_figures(context, change, after));
        change.publish("plan.report." + taken.to, id.text, after.scope,
                       action == "publish" ? std::string_view{"public"} : internal_permission);
        return after;
    });
    context.refresh();
    return done;
}

std::vector<flow::Offer> offers_for(Context& context, Report const& report) {
    std::vector<flow::Offer> result;
    if (!context.actor.signed_in()) return result;
    for (flow::Offer& offer : flow::offers(report, context.actor, report.scope)) {
        if (!context.may(permission_of(offer.action), report.scope)) continue;
        if (auto const allowed = check_people(context, report, offer.action); !allowed)
            offer.refused_because.push_back(allowed.error().key);
        result.push_back(std::move(offer));
    }
    return result;
}

bool may_read(Context& context, Report const& report) {
    return report.state == ReportState::published || context.may(submit_permission, report.scope) ||
           context.may(accept_permission, report.scope) || context.may(publish_permission, report.scope);
}

} // namespace sangu::plan
