#pragma once

// What time does to rights: terms and licences end, fees fall due; and whom that concerns.

#include "kernel/events/audience.h"
#include "kernel/jobs/jobs.h"

#include <vector>

namespace sangu::rights {

std::vector<jobs::Handler> job_handlers();
std::vector<jobs::Schedule> job_schedules();

std::vector<events::Notice> concerned_by_right(db::Session& session, events::Event const& event);
std::vector<events::Notice> concerned_by_fee(db::Session& session, events::Event const& event);

} // namespace sangu::rights
