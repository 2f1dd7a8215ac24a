#pragma once

// The actions of the JSON API that the generic resources do not have.

#include "kernel/http/route.h"

#include <vector>

namespace sangu::plan {

std::vector<http::Route> api_routes();

} // namespace sangu::plan
