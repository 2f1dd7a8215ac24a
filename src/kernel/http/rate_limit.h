#pragma once

// Token buckets per address. Memory is bounded: when too many addresses are known, full buckets are forgotten, then
// all.

#include "base/time.h"

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sangu::http {

// Whom a budget belongs to: an IPv4 address as it is, of an IPv6 address the 64 bits that one customer of a provider
// is given as a whole; anything else as it is.
std::string client_of(std::string_view address);

// Whether an address, or what client_of made of it, is this machine's own.
bool is_loopback(std::string_view address);

class RateLimit {
public:
    // `per_minute` requests on the average, and as many at once.
    explicit RateLimit(std::int64_t per_minute, std::size_t addresses_max = 20000);
    // Takes one token of the client behind `address`; otherwise the seconds until there is one again.
    int seconds_to_wait(std::string_view address, Instant now);

private:
    struct Bucket {
        double tokens;
        std::int64_t at_ms;
    };
    void refill(Bucket& bucket, Instant now) const;
    void forget(Instant now);

    double const capacity_;
    double const per_ms_;
    std::size_t const addresses_max_;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

} // namespace sangu::http
