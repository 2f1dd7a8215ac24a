#pragma once

// The generic lists, forms, imports and API of this module, and the data that is there from the first start.

#include "kernel/jobs/jobs.h"
#include "kernel/resource/published.h"
#include "kernel/resource/service.h"

#include <string_view>
#include <vector>

namespace sangu {
struct Services;
}

namespace sangu::plan {

std::vector<resource::Resource> const& resources();
resource::Resource const& resource_named(std::string_view path); // "tasks"
// Tasks with their codes in addresses, for those who publish all lists.
std::vector<resource::Published> published_lists(Services const& services);

// Plans, sections, tasks and what belongs to them, through the importer of the resources; tables that have rows are
// left alone. Throws when the data that comes with the program is refused.
void seed(Services& services);

std::vector<jobs::Handler> job_handlers();
std::vector<jobs::Schedule> job_schedules();

} // namespace sangu::plan
