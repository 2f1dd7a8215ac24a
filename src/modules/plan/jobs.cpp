#include "base/time_zone.h"
#include "modules/plan/resources.h"
#include "modules/plan/rules.h"
#include "modules/plan/service.h"

namespace sangu::plan {

namespace {

// Opens the reports of periods that have ended, for the cities of plans in force.
Result<void> open_due_reports(Context& context) {
    auto const all = registry::places(context.reader());
    std::vector<std::string> cities;
    for (auto const& place : all)
        if (place.kind == "city") cities.push_back(place.code);
    for (Plan const& plan : plans(context.reader())) {
        if (plan.state != PlanState::in_force) continue;
        for (ReportPeriod const& period : report_periods(plan.year_from, plan.year_to))
            if (period.end < context.today() && context.today() < period.due + 366)
                TRY_VOID(open_reports(context, plan.code, period.name, cities));
    }
    return {};
}

Result<void> run_daily(Context& context, std::string_view, std::string_view) {
    TRY_VOID(mark_delayed(context));
    return open_due_reports(context);
}

// Says in the feed that a report is due soon, unless it was handed in already.
Result<void> run_reminder(Context& context, std::string_view key, std::string_view) {
    auto const report = entity::find(context.reader(), Id<Report>{std::string{key}});
    if (!report || (report->state != ReportState::open && report->state != ReportState::returned)) return {};
    return context.change<void>([&](Change& change) -> Result<void> {
        change.publish("plan.report.due_soon", report->id.text, report->scope, internal_permission);
        return {};
    });
}

} // namespace

std::vector<jobs::Handler> job_handlers() {
    return {{"plan.daily", run_daily}, {std::string_view{"plan.report.reminder"}, run_reminder}};
}

std::vector<jobs::Schedule> job_schedules() { return {{"plan.daily", 6 * 3600}}; }

} // namespace sangu::plan
