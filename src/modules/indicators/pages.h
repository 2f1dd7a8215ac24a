#pragma once

// The pages and the API, as handlers for the route table.

#include "kernel/context.h"
#include "kernel/http/message.h"

namespace sangu::indicators {

// Public pages
http::Reply cockpit_page(Context& context, http::Request& request);
http::Reply list_page(Context& context, http::Request& request);
http::Reply indicator_page(Context& context, http::Request& request);
http::Reply receipt_page(Context& context, http::Request& request);
http::Reply place_page(Context& context, http::Request& request);
http::Reply open_data_page(Context& context, http::Request& request);
http::Reply open_data_file(Context& context, http::Request& request);
http::Reply feed(Context& context, http::Request& request);

// Working pages of officers
http::Reply work_page(Context& context, http::Request& request);
http::Reply figure_page(Context& context, http::Request& request);
http::Reply new_figure_page(Context& context, http::Request& request);
http::Reply new_figure_post(Context& context, http::Request& request);
http::Reply edit_figure_page(Context& context, http::Request& request);
http::Reply edit_figure_post(Context& context, http::Request& request);
http::Reply restate_page(Context& context, http::Request& request);
http::Reply restate_post(Context& context, http::Request& request);
http::Reply figure_action(Context& context, http::Request& request);
http::Reply import_page(Context& context, http::Request& request);
http::Reply import_post(Context& context, http::Request& request);
http::Reply import_template(Context& context, http::Request& request);
http::Reply approve_import_post(Context& context, http::Request& request);

// API
http::Reply api_cockpit(Context& context, http::Request& request);
http::Reply api_indicators(Context& context, http::Request& request);
http::Reply api_indicator(Context& context, http::Request& request);
http::Reply api_observations(Context& context, http::Request& request);
http::Reply api_observation(Context& context, http::Request& request);
http::Reply api_enter(Context& context, http::Request& request);
http::Reply api_action(Context& context, http::Request& request);

} // namespace sangu::indicators
