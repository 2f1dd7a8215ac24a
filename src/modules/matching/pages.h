#pragma once

#include "kernel/context.h"
#include "kernel/http/message.h"
#include "modules/matching/finding.h"

namespace sangu::matching {

http::Reply search_page(Context& context, http::Request& request);
http::Reply about_page(Context& context, http::Request& request);
http::Reply matches_page(Context& context, http::Request& request); // {number}, ?kind=
http::Reply mark_post(Context& context, http::Request& request);
http::Reply open_reply(Context& context, http::Request& request); // ?record=: notes it, then leads there
http::Reply quality_page(Context& context, http::Request& request);
http::Reply pair_page(Context& context, http::Request& request); // {id}; weights to try in the address

http::Reply api_search(Context& context, http::Request& request);
http::Reply api_complete(Context& context, http::Request& request); // ?q=
http::Reply api_matches(Context& context, http::Request& request);  // {number}, ?kind=
http::Reply api_match(Context& context, http::Request& request);    // {"text": …, "kind": …}

// What the address asks: q, page, words and the facets; the rest is ignored, values are cut.
Query query_of(http::Request const& request);

} // namespace sangu::matching
