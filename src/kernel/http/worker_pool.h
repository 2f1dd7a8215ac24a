#pragma once

// Threads that run handlers. Only as many run at once as keep the processors busy: each holds a snapshot of the
// database and a page being written, and more of them only drive each other out of the caches. One that waits for
// something else (base/blocking.h) does not count. The thread that became idle last is woken first, so that its stack
// and caches are warm, and threads are started only when work waits and none is idle.

#include "base/blocking.h"

#include <pthread.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

namespace sangu::http {

class WorkerPool final : private Blocking::Watcher {
public:
    struct Work {
        virtual void run() = 0; // must not throw; the work may delete itself
    protected:
        ~Work() = default;
    };

    WorkerPool(int threads_max, int queue_max);
    ~WorkerPool() { stop(); }
    WorkerPool(WorkerPool const&) = delete;
    WorkerPool& operator=(WorkerPool const&) = delete;

    // False when more than the allowed number of pieces wait: the caller should refuse new work.
    bool has_room() const;
    void submit(Work& work);
    // Runs what waits and joins the threads.
    void stop();
    std::int64_t queued() const;
    std::int64_t threads() const;

private:
    struct Sleeper {
        std::condition_variable wake;
        bool is_woken = false;
    };
    void blocks() override;
    void runs_again() override;
    void loop();
    bool may_take() const;
    Work* next(std::unique_lock<std::mutex>& lock, Sleeper& me);
    void wake_if_needed();
    void wake_one();
    void start_thread();

    int const threads_max_;
    int const queue_max_;
    int const busy_max_;
    mutable std::mutex mutex_;
    std::deque<Work*> queue_;
    std::vector<Sleeper*> idle_; // the last one was busy most recently
    std::vector<pthread_t> threads_;
    int waking_ = 0; // woken or started and not yet at the queue
    int busy_ = 0;   // run work and do not wait
    int extra_ = 0;  // may run beyond busy_max_
    std::chrono::steady_clock::time_point taken_at_{};
    bool is_stopping_ = false;
};

} // namespace sangu::http
