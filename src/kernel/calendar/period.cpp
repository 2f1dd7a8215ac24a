#include "kernel/calendar/calendar.h"

#include <algorithm>

namespace sangu::calendar {

namespace {

// A pause without an end lasts through today: the due date is the earliest that is still possible.
bool is_paused_on(PeriodClock const& clock, Date day, Date today) {
    return std::ranges::any_of(clock.pauses, [&](auto const& pause) {
        Date const end = pause.second.value_or(std::max(today, pause.first) + 1);
        return day >= pause.first && day < end;
    });
}

} // namespace

PeriodState state_of(PeriodClock const& clock, WorkingDays const& days, Date today) {
    SANGU_ASSERT(clock.days >= 1);
    auto const counts = [&](Date day) { return days.is_working_day(day) && !is_paused_on(clock, day, today); };
    PeriodState state;
    for (Date day = clock.started + 1; day <= today; day = day + 1) state.used += counts(day);
    state.due = clock.started;
    for (int missing = clock.days; missing > 0;) {
        state.due = state.due + 1;
        missing -= counts(state.due);
    }
    state.left = clock.days - state.used;
    state.paused = is_paused_on(clock, today, today);
    state.unofficial_years = days.unofficial_years(clock.started, std::max(state.due, today));
    return state;
}

} // namespace sangu::calendar
