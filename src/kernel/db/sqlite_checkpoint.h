#pragma once

// Moves pages from the write-ahead log into the database file on a connection and thread of its own, so that
// commits do not wait for it. The thread sleeps until something was written.

#include "kernel/db/sqlite_connection.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace sangu::db {

class SqliteCheckpoint {
public:
    explicit SqliteCheckpoint(std::string const& path);
    ~SqliteCheckpoint();
    SqliteCheckpoint(SqliteCheckpoint const&) = delete;
    SqliteCheckpoint& operator=(SqliteCheckpoint const&) = delete;

    // Called by the writer after a commit with the length of the log; `writer` is its connection.
    // Passive checkpoints never restart the log under uninterrupted writes: beyond a bound the writer does it.
    void after_commit(sqlite3* writer, int wal_pages) noexcept;

private:
    void loop();

    SqliteConnection connection_;
    std::mutex working_; // one checkpoint at a time; held by the thread while it works
    int retry_at_ = 0;   // of the writer: the length of the log at which to try a restart (again)

    std::mutex mutex_; // guards the two below
    bool pending_ = false, stopping_ = false;
    std::condition_variable changed_;
    std::thread thread_;
};

} // namespace sangu::db
