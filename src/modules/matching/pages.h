#pragma once

#include "kernel/context.h"
#include "kernel/http/message.h"
#include "modules/matching/finding.h"

namespace sangu::matching {

http::Reply search_page(Context& context, http::Request& request);
http::Reply about_page(Context& context, http::Request& request);
http::Reply api_search(Context& context, http::Request& request);

// What the address asks: q, page, words and the facets; the rest is ignored, values are cut.
Query query_of(http::Request const& request);

} // namespace sangu::matching
