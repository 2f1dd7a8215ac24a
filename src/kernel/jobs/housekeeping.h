#pragma once

// The kernel's own jobs: imports; and repeated ones: old finished jobs, used idempotency keys, ended sessions and
// uploads that were checked but never imported are deleted; audit records whose time is over are pruned.

#include "kernel/jobs/jobs.h"

namespace sangu::jobs {

std::vector<Handler> housekeeping_jobs();
std::vector<Schedule> housekeeping_schedules();

} // namespace sangu::jobs
