#pragma once

// What other programs read, and the pages of harvested records.

#include "kernel/context.h"
#include "kernel/http/message.h"

namespace sangu::exchange {

http::Reply oai_reply(Context& context, http::Request& request);

http::Reply robots_reply(Context& context, http::Request& request);
http::Reply sitemap_index(Context& context, http::Request& request);
http::Reply sitemap_part(Context& context, http::Request& request); // {part}: "organisations-0.xml"
http::Reply catalogue_reply(Context& context, http::Request& request);

http::Reply repository_page(Context& context, http::Request& request);
http::Reply harvested_page(Context& context, http::Request& request);
http::Reply take_post(Context& context, http::Request& request);
http::Reply dismiss_post(Context& context, http::Request& request);
http::Reply harvest_now_post(Context& context, http::Request& request);

} // namespace sangu::exchange
