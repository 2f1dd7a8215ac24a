#pragma once

// Pages, form posts and API calls, by kind or for all kinds.

#include "kernel/context.h"
#include "kernel/http/route.h"
#include "modules/library/library.h"

namespace sangu::library {

// Of one kind
http::Reply list_page(Context& context, Kind const& kind, http::Request& request);
http::Reply feed_reply(Context& context, Kind const& kind, http::Request& request);
http::Reply download_reply(Context& context, Kind const& kind, http::Request& request);
http::Reply save_view_post(Context& context, Kind const& kind, http::Request& request);
http::Reply delete_view_post(Context& context, Kind const& kind, http::Request& request);
http::Reply new_page(Context& context, Kind const& kind, http::Request& request);
http::Reply create_post(Context& context, Kind const& kind, http::Request& request);
http::Reply entry_page(Context& context, Kind const& kind, http::Request& request);
http::Reply edit_page(Context& context, Kind const& kind, http::Request& request);
http::Reply save_post(Context& context, Kind const& kind, http::Request& request);
http::Reply check_page(Context& context, Kind const& kind, http::Request& request);
http::Reply api_list(Context& context, Kind const& kind, http::Request& request);
http::Reply api_get(Context& context, Kind const& kind, http::Request& request);
http::Reply api_create(Context& context, Kind const& kind, http::Request& request);
http::Reply api_update(Context& context, Kind const& kind, http::Request& request);

// Of all kinds
std::vector<http::Route> common_routes();

http::Reply step_post(Context& context, http::Request& request);
http::Reply undertaking_post(Context& context, http::Request& request);
http::Reply access_post(Context& context, http::Request& request);
http::Reply file_reply(Context& context, http::Request& request);
http::Reply remove_file_post(Context& context, http::Request& request);
http::Reply history_page(Context& context, http::Request& request);
http::Reply my_entries_page(Context& context, http::Request& request);
http::Reply confirm_all_post(Context& context, http::Request& request);
http::Reply review_page(Context& context, http::Request& request);
http::Reply review_post(Context& context, http::Request& request);
http::Reply undo_post(Context& context, http::Request& request);
http::Reply lists_page(Context& context, http::Request& request);
http::Reply threads_page(Context& context, http::Request& request);
http::Reply thread_page(Context& context, http::Request& request);
http::Reply interest_post(Context& context, http::Request& request);
http::Reply message_post(Context& context, http::Request& request);
http::Reply close_post(Context& context, http::Request& request);
http::Reply thread_file_reply(Context& context, http::Request& request);
http::Reply api_step(Context& context, http::Request& request);

// The page of an entry with what was refused, when it can be shown again; else the error page.
http::Reply entry_refused(Context& context, http::Request& request, Error const& error);

} // namespace sangu::library
