#pragma once

// Lends read connections: opened when first needed, at most `max`, the one used last is lent first so that
// its caches are warm and rarely needed connections stay idle. Thread-safe; leases must end before the pool.

#include "kernel/db/db.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>

namespace sangu::db {

class ReaderPool;

// A connection that can serve one snapshot after the other. Used by one thread at a time.
class PooledSession : public Session {
public:
    virtual void begin_snapshot() = 0;
    // Ends the snapshot; false when the connection cannot be used again.
    virtual bool end_snapshot() noexcept = 0;

protected:
    void count_query() noexcept { ++queries_; }

private:
    friend class ReaderPool;
    ReaderPool* home_ = nullptr;
    std::uint64_t queries_ = 0; // since the snapshot began
};

class ReaderPool {
public:
    using Open = std::function<std::unique_ptr<PooledSession>()>;

    ReaderPool(int max, Open open) : max_{max}, open_{std::move(open)} {}
    // Waits for a free connection; rethrows what opening or beginning throws.
    ReaderLease lend();
    std::uint64_t lent() const { return lent_.load(std::memory_order_relaxed); }
    std::uint64_t queries() const { return queries_.load(std::memory_order_relaxed); }

private:
    std::unique_ptr<PooledSession> take();
    void give_back(std::unique_ptr<PooledSession> session);
    static void end(Session* session);

    int const max_;
    Open const open_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<PooledSession>> idle_;
    int in_use_ = 0;
    std::atomic<std::uint64_t> lent_ = 0, queries_ = 0;
};

} // namespace sangu::db
