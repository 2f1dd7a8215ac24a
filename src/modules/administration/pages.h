#pragma once

#include "kernel/context.h"
#include "kernel/http/message.h"

namespace sangu::administration {

http::Reply jobs_page(Context& context, http::Request& request);
http::Reply retry_job(Context& context, http::Request& request);
http::Reply calendar_page(Context& context, http::Request& request);
http::Reply import_calendar(Context& context, http::Request& request);
http::Reply settings_page(Context& context, http::Request& request);

} // namespace sangu::administration
