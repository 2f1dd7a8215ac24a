#pragma once

// Staff lists of the rules and mappings.

#include "kernel/resource/resource.h"

#include <vector>

namespace sangu {
struct Services;
}

namespace sangu::rights {

std::vector<resource::Resource> resources();

// The rules of law the register starts with, where there are none yet.
void seed(Services& services);
// With the setting `demo` and no right yet: a few labelled ones; what is refused is reported in the log.
void seed_demo(Services& services);

} // namespace sangu::rights
