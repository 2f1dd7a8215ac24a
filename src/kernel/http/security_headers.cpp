#include "kernel/http/security_headers.h"

#include <algorithm>

namespace sangu::http {

SecurityHeaders::SecurityHeaders(bool is_secure) {
    headers_ = {{"Content-Security-Policy",
                 "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
                 "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"},
                {"X-Content-Type-Options", "nosniff"},
                {"Referrer-Policy", "same-origin"},
                {"Cross-Origin-Opener-Policy", "same-origin"},
                {"Cross-Origin-Resource-Policy", "same-origin"},
                {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"}};
    if (is_secure) headers_.emplace_back("Strict-Transport-Security", "max-age=31536000");
    for (auto const& [name, value] : headers_) append_header(lines_, name, value);
}

void SecurityHeaders::add_to(Reply& reply) const {
    for (auto const& [name, value] : headers_) {
        auto const same = [&](auto const& pair) { return pair.first == name; };
        if (std::ranges::none_of(reply.headers, same)) reply.headers.emplace_back(name, value);
    }
}

} // namespace sangu::http
