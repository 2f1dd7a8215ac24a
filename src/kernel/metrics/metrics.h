#pragma once

// What Prometheus asks for: counters of requests, a latency histogram and the state of the process, as text.

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace sangu::metrics {

// Counts replies by status class and time. Thread-safe, lock-free.
class Requests {
public:
    void count(int status, std::int64_t microseconds);
    void append_to(std::string& text) const;

private:
    static constexpr std::array<std::int64_t, 10> bounds_us{1000,  2500,   5000,   10000,   25000,
                                                            50000, 100000, 250000, 1000000, 5000000};
    std::array<std::atomic<std::uint64_t>, 6> by_class_{}; // [2]: 2xx
    std::array<std::atomic<std::uint64_t>, bounds_us.size() + 1> buckets_{};
    std::atomic<std::uint64_t> sum_us_{0};
};

void append_counter(std::string& text, std::string_view name, std::string_view help, std::uint64_t value);
void append_gauge(std::string& text, std::string_view name, std::string_view help, double value);
// Resident memory, processor time, open files and threads of this process.
void append_process(std::string& text);

} // namespace sangu::metrics
