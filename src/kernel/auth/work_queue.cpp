#include "kernel/auth/work_queue.h"

#include <utility>

namespace sangu::auth {

WorkQueue::WorkQueue(int threads, std::size_t waiting_max) : waiting_max_{waiting_max} {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

WorkQueue::~WorkQueue() {
    {
        std::lock_guard const lock{mutex_};
        stop_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

bool WorkQueue::submit(std::function<void()> work) {
    {
        std::lock_guard const lock{mutex_};
        if (stop_ || waiting_.size() >= waiting_max_) return false;
        waiting_.push_back(std::move(work));
    }
    wake_.notify_one();
    return true;
}

void WorkQueue::drain() {
    std::unique_lock lock{mutex_};
    idle_.wait(lock, [this] { return waiting_.empty() && running_ == 0; });
}

void WorkQueue::run() {
    std::unique_lock lock{mutex_};
    while (true) {
        wake_.wait(lock, [this] { return stop_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        std::function<void()> const work = std::move(waiting_.front());
        waiting_.pop_front();
        ++running_;
        lock.unlock();
        work();
        lock.lock();
        --running_;
        if (waiting_.empty() && running_ == 0) idle_.notify_all();
    }
}

} // namespace sangu::auth
