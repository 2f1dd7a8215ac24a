#pragma once

// A few threads with a bounded queue, for work that must not take the request threads with it: password hashes and
// the noting of "last seen".

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sangu::auth {

class WorkQueue {
public:
    WorkQueue(int threads, std::size_t waiting_max);
    // Finishes what waits, then joins the threads.
    ~WorkQueue();
    WorkQueue(WorkQueue const&) = delete;
    WorkQueue& operator=(WorkQueue const&) = delete;

    // False when the queue is full; then `work` will not run. `work` must not throw.
    bool submit(std::function<void()> work);
    // Returns when everything submitted so far has run: for tests and shutdown.
    void drain();

private:
    void run();

    std::mutex mutex_;
    std::condition_variable wake_, idle_;
    std::deque<std::function<void()>> waiting_;
    std::size_t const waiting_max_;
    int running_ = 0;
    bool stop_ = false;
    std::vector<std::thread> threads_;
};

} // namespace sangu::auth
