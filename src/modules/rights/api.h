#pragma once

// The register as an API: a right with its holders, inventors, classes and what lies on it.

#include "kernel/http/route.h"

#include <string>
#include <vector>

namespace sangu::rights {

std::vector<http::Route> api_routes();

} // namespace sangu::rights
