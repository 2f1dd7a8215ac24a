#pragma once

// How lists in fields are read, when reports are due, what counts as late. Pure functions without clock and database.

#include "base/function_ref.h"
#include "modules/plan/entities.h"
#include "modules/plan/report_entities.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::plan {

// The parts of a list in a field ("changsha;zhuzhou"): trimmed, empty ones left out. "；", "、" and line breaks
// separate too.
std::vector<std::string> parts_of(std::string_view list);
// The same without copies.
void each_part(std::string_view list, FunctionRef<void(std::string_view part)> part);

// "teams=35;projects=10-20" → (teams, 35), (projects, 10-20).
struct Quota {
    std::string key, amount;
};
std::vector<Quota> quotas_of(std::string_view quota);

// The scope of something done in several places: the one place's path, else the longest path above all of them.
std::string common_scope(std::span<std::string const> paths);

// A period that is reported on. Due on 15 July for the first half, on 15 January for the year before: the cadence of
// Xiangtan's innovation city plan (2023), taken as default.
struct ReportPeriod {
    ReportKind kind = ReportKind::half_year;
    std::string name; // "2017H1", "2017"
    Date start, end, due;
};
// Nothing for anything but "YYYYH1" and "YYYY".
std::optional<ReportPeriod> report_period(std::string_view name);
std::vector<ReportPeriod> report_periods(std::int64_t year_from, std::int64_t year_to);

bool is_late(Report const& report, Date today);
// Days since (negative: until) the due date of what is not done yet.
bool is_overdue(TaskState state, std::optional<Date> due, Date today);

std::string title_of(i18n::Language language, std::string_view zh, std::string_view en);

} // namespace sangu::plan
