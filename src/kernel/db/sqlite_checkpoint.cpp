#include "kernel/db/sqlite_checkpoint.h"

#include "base/log.h"

namespace sangu::db {

namespace {

constexpr int wal_pages_max = 16'384;
constexpr int wal_pages_retry = 4'096;
constexpr auto pause = std::chrono::milliseconds{100};

} // namespace

SqliteCheckpoint::SqliteCheckpoint(std::string const& path)
    : connection_{path, SqliteConnection::Role::writer, 0}, retry_at_{wal_pages_max}, thread_{[this] { loop(); }} {}

SqliteCheckpoint::~SqliteCheckpoint() {
    {
        std::lock_guard const lock{mutex_};
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void SqliteCheckpoint::loop() {
    bool reported = false;
    std::unique_lock lock{mutex_};
    for (;;) {
        changed_.wait(lock, [&] { return pending_ || stopping_; });
        changed_.wait_for(lock, pause, [&] { return stopping_; });
        if (stopping_) return;
        pending_ = false;
        lock.unlock();
        int code = SQLITE_OK;
        {
            std::lock_guard const work{working_};
            code =
                sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
        }
        bool const failed = code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY;
        if (failed && !reported)
            log::error("database.checkpoint_failed", {{"error", sqlite3_errmsg(connection_.handle())}});
        reported = failed;
        lock.lock();
    }
}

void SqliteCheckpoint::after_commit(sqlite3* writer, int wal_pages) noexcept {
    {
        std::lock_guard const lock{mutex_};
        if (!std::exchange(pending_, true)) changed_.notify_one();
    }
    if (wal_pages < wal_pages_max) retry_at_ = wal_pages_max;
    if (wal_pages < retry_at_) return;
    std::unique_lock const work{working_, std::try_to_lock};
    if (!work) return;
    // A long snapshot of a reader may forbid the restart: do not let writers wait for it.
    sqlite3_busy_timeout(writer, 20);
    int const code = sqlite3_wal_checkpoint_v2(writer, nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
    sqlite3_busy_timeout(writer, 10'000);
    retry_at_ = code == SQLITE_OK ? wal_pages_max : wal_pages + wal_pages_retry;
}

} // namespace sangu::db
