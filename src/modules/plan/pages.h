#pragma once

// Pages of the module; the routes name their permissions (routes.cpp).

#include "kernel/http/route.h"

#include <vector>

namespace sangu::plan {

std::vector<http::Route> routes();

} // namespace sangu::plan
