#pragma once

#include "kernel/http/route.h"

#include <vector>

namespace sangu::facts {

http::Reply own_figures(Context& context, http::Request& request);
http::Reply figures_page(Context& context, http::Request& request);
http::Reply year_page(Context& context, http::Request& request);
http::Reply year_post(Context& context, http::Request& request);
http::Reply step_post(Context& context, http::Request& request);
http::Reply scores_page(Context& context, http::Request& request);
http::Reply form_download(Context& context, http::Request& request);
http::Reply queue_page(Context& context, http::Request& request);

std::vector<http::Route> routes();

} // namespace sangu::facts
