#include "modules/plan/pages.h"

namespace sangu::plan {

std::vector<http::Route> routes() { return {}; }

} // namespace sangu::plan
