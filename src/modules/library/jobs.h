#pragma once

#include "kernel/jobs/jobs.h"

#include <vector>

namespace sangu {
struct Services;
}

namespace sangu::library {

std::vector<jobs::Handler> job_handlers();
std::vector<jobs::Schedule> job_schedules();
// The periods that hold unless somebody sets others; rows that exist are kept.
void seed(Services& services);

} // namespace sangu::library
