#pragma once

// The headers every reply carries. Nothing inline may run, nothing may be loaded from or framed by another host.

#include "kernel/http/message.h"

#include <string>

namespace sangu::http {

class SecurityHeaders {
public:
    // `is_secure`: people reach the server by https, so browsers may insist on it.
    explicit SecurityHeaders(bool is_secure);
    // Adds what the reply has not set itself.
    void add_to(Reply& reply) const;
    // The same as text for a prepared head.
    std::string const& lines() const { return lines_; }

private:
    Pairs headers_;
    std::string lines_;
};

} // namespace sangu::http
