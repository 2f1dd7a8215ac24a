#pragma once

// Chinese working days: the official table of days off and make-up working days, one row per exception, as data
// imported yearly. A year without an official table counts Monday to Friday and says so.

#include "base/time.h"
#include "kernel/db/db.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sangu::calendar {

struct DayException {
    Date date;
    bool off = true; // false: a make-up working day
    std::string name;
};

// An immutable view; cheap to copy around, reloaded after an import.
class WorkingDays {
public:
    WorkingDays(std::vector<DayException> const& exceptions, std::set<int> official_years);

    bool is_working_day(Date date) const;
    bool is_official(int year) const;
    // The n-th working day counting `first` as day 1 when it is a working day (n ≥ 1).
    Date nth_from(Date first, int n) const;
    // The n-th working day after `day` (the day itself not counted): how statutory periods run.
    Date add(Date day, int n) const;
    int count_between(Date from, Date to) const; // working days in [from, to)
    // The years a period touches that have no official table: shown as a warning.
    std::vector<int> unofficial_years(Date from, Date to) const;

private:
    std::unordered_map<std::int32_t, bool> off_by_day_;
    std::set<int> official_years_;
};

WorkingDays load(db::Session& session);
// The form of data/holiday-cn.json: {"2017": [{"name","date","isOffDay"}, …], …}. Replaces the years it brings.
Result<int> import_years(db::Transaction& transaction, std::string_view json, std::string_view source, Instant now);
// The official tables that come with the program, for years that have none yet; gives the number of years added.
int import_built_in_years(db::Database& database, Instant now);

// A clock of a statutory period in working days that can be paused and resumed. The day it starts is not counted.
struct PeriodClock {
    Date started;
    int days = 0;                                             // length of the period in working days
    std::vector<std::pair<Date, std::optional<Date>>> pauses; // [from, to): days inside do not count
};
struct PeriodState {
    Date due;     // of a paused clock: the earliest that is still possible
    int used = 0; // working days that have passed, today included; paused ones left out
    int left = 0; // negative: overdue by that many
    bool paused = false;
    std::vector<int> unofficial_years;
};
PeriodState state_of(PeriodClock const& clock, WorkingDays const& days, Date today);

} // namespace sangu::calendar
