#include "kernel/db/reader_pool.h"

#include "base/blocking.h"

#include <utility>

namespace sangu::db {

std::unique_ptr<PooledSession> ReaderPool::take() {
    std::unique_lock lock{mutex_};
    if (in_use_ >= max_) {
        Blocking const blocking;
        returned_.wait(lock, [&] { return in_use_ < max_; });
    }
    ++in_use_;
    if (idle_.empty()) return nullptr;
    auto session = std::move(idle_.back());
    idle_.pop_back();
    return session;
}

void ReaderPool::give_back(std::unique_ptr<PooledSession> session) {
    {
        std::lock_guard const lock{mutex_};
        --in_use_;
        if (session) idle_.push_back(std::move(session));
    }
    returned_.notify_one();
}

ReaderLease ReaderPool::lend() {
    auto session = take();
    try {
        if (!session) session = open_();
        session->home_ = this;
        session->begin_snapshot();
    } catch (...) {
        give_back(nullptr);
        throw;
    }
    lent_.fetch_add(1, std::memory_order_relaxed);
    return {{session.release(), &ReaderPool::end}};
}

void ReaderPool::end(Session* session) {
    std::unique_ptr<PooledSession> pooled{static_cast<PooledSession*>(session)};
    auto* const home = pooled->home_;
    home->queries_.fetch_add(std::exchange(pooled->queries_, 0), std::memory_order_relaxed);
    if (!pooled->end_snapshot()) pooled.reset();
    home->give_back(std::move(pooled));
}

} // namespace sangu::db
