#include "kernel/calendar/calendar.h"

#include <algorithm>

namespace sangu::calendar {

WorkingDays::WorkingDays(std::vector<DayException> const& exceptions, std::set<int> official_years)
    : official_years_{std::move(official_years)} {
    for (DayException const& one : exceptions) off_by_day_[one.date.days] = one.off;
}

bool WorkingDays::is_working_day(Date date) const {
    if (auto const exception = off_by_day_.find(date.days); exception != off_by_day_.end()) return !exception->second;
    int const day = weekday(date);
    return day >= 1 && day <= 5;
}

bool WorkingDays::is_official(int year) const { return official_years_.contains(year); }

Date WorkingDays::nth_from(Date first, int n) const { return add(first + -1, n); }

Date WorkingDays::add(Date day, int n) const {
    SANGU_ASSERT(n >= 1);
    while (n > 0) {
        day = day + 1;
        if (is_working_day(day)) --n;
    }
    return day;
}

int WorkingDays::count_between(Date from, Date to) const {
    int count = 0;
    for (Date day = from; day < to; day = day + 1) count += is_working_day(day);
    return count;
}

std::vector<int> WorkingDays::unofficial_years(Date from, Date to) const {
    std::vector<int> years;
    for (int year = year_of(from); year <= year_of(to); ++year)
        if (!is_official(year)) years.push_back(year);
    return years;
}

} // namespace sangu::calendar
