#include "kernel/http/rate_limit.h"

#include <algorithm>
#include <cmath>

namespace sangu::http {

RateLimit::RateLimit(std::int64_t per_minute, std::size_t addresses_max)
    : capacity_{static_cast<double>(std::max<std::int64_t>(per_minute, 1))}, per_ms_{capacity_ / 60000.0},
      addresses_max_{addresses_max} {}

int RateLimit::seconds_to_wait(std::string_view address, Instant now) {
    std::lock_guard const lock{mutex_};
    if (buckets_.size() >= addresses_max_) forget(now);
    auto& bucket = buckets_.try_emplace(std::string{address}, Bucket{capacity_, now.ms}).first->second;
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
