#pragma once

// A small HTTP client for the identity provider (libcurl): https only, or plain http to this very machine; no
// redirects; limits on time and size.

#include "base/result.h"

#include <string>
#include <string_view>

namespace sangu::auth {

struct Fetch {
    std::string address;
    std::string form = {};                // application/x-www-form-urlencoded: a POST
    std::string user = {}, password = {}; // HTTP Basic, already percent-encoded as RFC 6749 §2.3.1 asks
    long timeout_s = 10;
    std::size_t bytes_max = 256u << 10;
};

// True for "https://…" and for "http://" to 127.0.0.1, [::1] or localhost.
bool is_allowed_address(std::string_view address);
// The body of a 200 answer; else "auth.oidc.unreachable".
Result<std::string> fetch(Fetch const& request);

} // namespace sangu::auth
