#pragma once

// Runs due jobs on a thread of its own; a second thread renews the lease of a job that takes long.

#include "kernel/jobs/jobs.h"
#include "kernel/jobs/lease.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace sangu {
struct Services;
}

namespace sangu::jobs {

class Runner {
public:
    Runner(Services& services, std::vector<Handler> handlers, std::vector<Schedule> schedules);
    ~Runner();
    Runner(Runner const&) = delete;
    Runner& operator=(Runner const&) = delete;

    // Runs what is due by the clock, in the calling thread; gives the number of jobs run, at most 1000.
    int run_due_once();
    void start();
    void stop(); // blocks until the running job has ended

private:
    void loop();
    void renew_loop();
    void run(Lease const& lease);
    Handler const* handler_of(std::string_view kind) const;
    void hold(std::optional<Lease> lease);

    Services& services_;
    std::vector<Handler> handlers_;
    std::vector<Schedule> schedules_;
    bool has_schedules_ = false;
    std::atomic<bool> stop_{false}, worker_ended_{false};
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<Lease> held_; // guarded by mutex_
    std::thread worker_, renewer_;
};

} // namespace sangu::jobs
