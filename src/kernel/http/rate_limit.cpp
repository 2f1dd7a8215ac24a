#include "kernel/http/rate_limit.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace sangu::http {

std::string client_of(std::string_view address) {
    constexpr std::size_t network_bytes = 8;
    std::string text{address};
    std::array<unsigned char, 16> bytes{};
    if (is_loopback(address) || ::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
    constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    std::array<char, INET6_ADDRSTRLEN> out{};
    if (std::ranges::equal(std::span{bytes}.first(mapped.size()), mapped)) {
        ::inet_ntop(AF_INET, bytes.data() + mapped.size(), out.data(), out.size());
        return out.data();
    }
    std::fill(bytes.begin() + network_bytes, bytes.end(), static_cast<unsigned char>(0));
    ::inet_ntop(AF_INET6, bytes.data(), out.data(), out.size());
    return std::string{out.data()} + "/64";
}

bool is_loopback(std::string_view address) {
    return address == "::1" || address.starts_with("127.") || address.starts_with("::ffff:127.");
}

RateLimit::RateLimit(std::int64_t per_minute, std::size_t addresses_max)
    : capacity_{static_cast<double>(std::max<std::int64_t>(per_minute, 1))}, per_ms_{capacity_ / 60000.0},
      addresses_max_{addresses_max} {}

int RateLimit::seconds_to_wait(std::string_view address, Instant now) {
    std::lock_guard const lock{mutex_};
    if (buckets_.size() >= addresses_max_) forget(now);
    auto& bucket = buckets_.try_emplace(client_of(address), Bucket{capacity_, now.ms}).first->second;
    refill(bucket, now);
    if (bucket.tokens < 1) return static_cast<int>(std::ceil((1 - bucket.tokens) / per_ms_ / 1000));
    bucket.tokens -= 1;
    return 0;
}

void RateLimit::refill(Bucket& bucket, Instant now) const {
    auto const passed = static_cast<double>(std::max<std::int64_t>(now.ms - bucket.at_ms, 0));
    bucket.tokens = std::min(capacity_, bucket.tokens + passed * per_ms_);
    bucket.at_ms = now.ms;
}

void RateLimit::forget(Instant now) {
    std::erase_if(buckets_, [&](auto const& entry) {
        auto bucket = entry.second;
        refill(bucket, now);
        return bucket.tokens >= capacity_;
    });
    if (buckets_.size() >= addresses_max_) buckets_.clear();
}

} // namespace sangu::http
