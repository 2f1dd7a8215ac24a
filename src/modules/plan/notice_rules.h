#pragma once

// The working-day clock of a supervision notice.

#include "kernel/calendar/calendar.h"
#include "modules/plan/entities.h"

#include <span>

namespace sangu::plan {

// Of all pauses those of this notice are taken. An answered notice stands still from the day of its answer.
calendar::PeriodState clock_of(SupervisionNotice const& notice, std::span<NoticePause const> pauses,
                               calendar::WorkingDays const& days, Date today);

} // namespace sangu::plan
