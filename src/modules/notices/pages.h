#pragma once

#include "kernel/context.h"
#include "kernel/http/message.h"

namespace sangu::notices {

http::Reply inbox_page(Context& context, http::Request& request);
http::Reply open_post(Context& context, http::Request& request);
http::Reply read_post(Context& context, http::Request& request);
http::Reply read_all_post(Context& context, http::Request& request);
http::Reply preferences_page(Context& context, http::Request& request);
http::Reply preferences_post(Context& context, http::Request& request);

} // namespace sangu::notices
