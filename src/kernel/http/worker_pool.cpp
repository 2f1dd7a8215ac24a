#include "kernel/http/worker_pool.h"

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

namespace sangu::http {

namespace {

constexpr std::size_t stack_bytes = 1u << 20;
// When no work was taken for so long, whoever is busy waits without saying so.
constexpr auto stalled_after = std::chrono::milliseconds{20};

int busy_threads() { return std::max(4, 2 * static_cast<int>(std::thread::hardware_concurrency())); }

} // namespace

WorkerPool::WorkerPool(int threads_max, int queue_max)
    : threads_max_{threads_max}, queue_max_{queue_max}, busy_max_{busy_threads()} {}

bool WorkerPool::has_room() const {
    std::lock_guard const lock{mutex_};
    return std::cmp_less(queue_.size(), queue_max_) && !is_stopping_;
}

void WorkerPool::submit(Work& work) {
    std::lock_guard const lock{mutex_};
    queue_.push_back(&work);
    if (busy_ >= busy_max_ && extra_ == 0 && std::chrono::steady_clock::now() - taken_at_ > stalled_after) extra_ = 1;
    wake_if_needed();
}

bool WorkerPool::may_take() const { return !queue_.empty() && (busy_ < busy_max_ + extra_ || is_stopping_); }

// One waking thread at a time: it wakes the next when it finds more work than its own.
void WorkerPool::wake_if_needed() {
    if (waking_ == 0 && may_take()) wake_one();
}

void WorkerPool::blocks() {
    std::lock_guard const lock{mutex_};
    --busy_;
    wake_if_needed();
}

void WorkerPool::runs_again() {
    std::lock_guard const lock{mutex_};
    ++busy_;
}

void WorkerPool::wake_one() {
    if (!idle_.empty()) {
        auto* const sleeper = idle_.back();
        idle_.pop_back();
        sleeper->is_woken = true;
        ++waking_;
        sleeper->wake.notify_one();
    } else if (std::cmp_less(threads_.size(), threads_max_) && !is_stopping_) {
        start_thread();
    }
}

void WorkerPool::start_thread() {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack_bytes);
    pthread_t thread;
    auto const entry = [](void* pool) -> void* {
        static_cast<WorkerPool*>(pool)->loop();
        return nullptr;
    };
    int const failed = pthread_create(&thread, &attributes, entry, this);
    pthread_attr_destroy(&attributes);
    if (failed != 0) {
        if (threads_.empty()) throw std::runtime_error{"no worker thread can be started"};
        return;
    }
    ++waking_;
    threads_.push_back(thread);
}

WorkerPool::Work* WorkerPool::next(std::unique_lock<std::mutex>& lock, Sleeper& me) {
    while (!may_take()) {
        if (is_stopping_ && queue_.empty()) return nullptr;
        me.is_woken = false;
        idle_.push_back(&me);
        me.wake.wait(lock, [&] { return me.is_woken; });
        --waking_;
    }
    auto* const work = queue_.front();
    queue_.pop_front();
    taken_at_ = std::chrono::steady_clock::now();
    extra_ = 0;
    ++busy_;
    wake_if_needed();
    return work;
}

void WorkerPool::loop() {
    Blocking::watcher = this;
    Sleeper me;
    std::unique_lock lock{mutex_};
    --waking_;
    while (auto* const work = next(lock, me)) {
        lock.unlock();
        work->run();
        lock.lock();
        --busy_;
    }
}

void WorkerPool::stop() {
    std::vector<pthread_t> joined;
    {
        std::lock_guard const lock{mutex_};
        is_stopping_ = true;
        for (auto* const sleeper : idle_) {
            sleeper->is_woken = true;
            ++waking_;
            sleeper->wake.notify_one();
        }
        idle_.clear();
        joined.swap(threads_);
    }
    for (auto const thread : joined) pthread_join(thread, nullptr);
}

std::int64_t WorkerPool::queued() const {
    std::lock_guard const lock{mutex_};
    return static_cast<std::int64_t>(queue_.size());
}

std::int64_t WorkerPool::threads() const {
    std::lock_guard const lock{mutex_};
    return static_cast<std::int64_t>(threads_.size());
}

} // namespace sangu::http
