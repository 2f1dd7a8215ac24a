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
// The link of a mail: a page with one button, and the address that mail programs post to by themselves (RFC 8058).
http::Reply unsubscribe_page(Context& context, http::Request& request);
http::Reply unsubscribe_post(Context& context, http::Request& request);
http::Reply one_click_unsubscribe(Context& context, http::Request& request);

} // namespace sangu::notices
