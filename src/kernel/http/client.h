#pragma once

// A small HTTP client (libcurl) for servers whose hosts the system administrator has named: http and https, GET, no
// redirects, limits on time and size.

#include "base/result.h"

#include <string>

namespace sangu::http {

struct Fetch {
    std::string address;
    long timeout_s = 30;
    std::size_t bytes_max = 8u << 20;
};

// The body of a 200 answer; else "error.fetch.unreachable" (with curl's reason), "error.fetch.status" (with the number)
// or "error.fetch.too_large".
Result<std::string> fetch(Fetch const& request);

} // namespace sangu::http
