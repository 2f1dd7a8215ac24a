#include "kernel/metrics/metrics.h"

#include "base/text.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace sangu::metrics {

namespace {

void append_head(std::string& text, std::string_view name, std::string_view help, std::string_view type) {
    text.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ").append(name).append(" ");
    text.append(type).append("\n");
}

void append_line(std::string& text, std::string_view name, std::string const& value) {
    text.append(name).append(" ").append(value).append("\n");
}

double seconds(timeval const& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double count_entries(char const* folder) {
    std::error_code ignored;
    std::filesystem::directory_iterator const entries{folder, ignored};
    return ignored ? 0.0 : static_cast<double>(std::distance(begin(entries), end(entries)));
}

} // namespace

void Requests::count(int status, std::int64_t microseconds) {
    auto const index = static_cast<std::size_t>(std::clamp(status / 100, 0, 5));
    by_class_[index].fetch_add(1, std::memory_order_relaxed);
    auto const bucket = std::ranges::lower_bound(bounds_us, microseconds) - bounds_us.begin();
    buckets_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
    sum_us_.fetch_add(static_cast<std::uint64_t>(std::max<std::int64_t>(microseconds, 0)), std::memory_order_relaxed);
}

void Requests::append_to(std::string& text) const {
    append_head(text, "sangu_replies_total", "Replies made by handlers, by status class", "counter");
    for (std::size_t i = 1; i < by_class_.size(); ++i)
        append_line(text, "sangu_replies_total{class=\"" + std::to_string(i) + "xx\"}", std::to_string(by_class_[i]));
    append_head(text, "sangu_reply_seconds", "Time handlers took", "histogram");
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
        total += buckets_[i];
        auto const bound = i < bounds_us.size() ? to_text(static_cast<double>(bounds_us[i]) / 1e6) : "+Inf";
        append_line(text, "sangu_reply_seconds_bucket{le=\"" + bound + "\"}", std::to_string(total));
    }
    append_line(text, "sangu_reply_seconds_sum", to_text(static_cast<double>(sum_us_) / 1e6));
    append_line(text, "sangu_reply_seconds_count", std::to_string(total));
}

void append_counter(std::string& text, std::string_view name, std::string_view help, std::uint64_t value) {
    append_head(text, name, help, "counter");
    append_line(text, name, std::to_string(value));
}

void append_gauge(std::string& text, std::string_view name, std::string_view help, double value) {
    append_head(text, name, help, "gauge");
    append_line(text, name, to_text(value));
}

void append_process(std::string& text) {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    long pages_all = 0;
    long pages = 0;
    std::ifstream{"/proc/self/statm"} >> pages_all >> pages;
    append_head(text, "process_cpu_seconds_total", "Processor time", "counter");
    append_line(text, "process_cpu_seconds_total", to_text(seconds(usage.ru_utime) + seconds(usage.ru_stime)));
    append_gauge(text, "process_resident_memory_bytes", "Resident memory",
                 static_cast<double>(pages) * static_cast<double>(::sysconf(_SC_PAGESIZE)));
    append_gauge(text, "process_open_fds", "Open files", count_entries("/proc/self/fd"));
    append_gauge(text, "process_threads", "Threads", count_entries("/proc/self/task"));
}

} // namespace sangu::metrics
