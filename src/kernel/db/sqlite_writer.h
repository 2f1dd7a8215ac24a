#pragma once

// The writer's connection of an SQLite database.

#include "kernel/db/group_writer.h"
#include "kernel/db/sqlite_checkpoint.h"

namespace sangu::db {

class SqliteWriter final : public WriterConnection {
public:
    explicit SqliteWriter(std::string const& path);

    void start(std::exception_ptr* failure) override;
    void finish() override;
    void undo() override;
    void commit() override;
    void rollback() noexcept override;
    State state() const noexcept override;
    Session& session() override { return connection_; }
    void send_one(std::string_view sql, Parameters parameters, std::string_view otherwise) override;
    void after_commit() noexcept override;

private:
    static int note_wal_pages(void* self, sqlite3* connection, char const* name, int pages);

    SqliteConnection connection_;
    bool has_effects_ = false;   // of commands that ended well, in the running transaction
    bool has_savepoint_ = false; // of the running command; without one it is undone by a rollback
    int wal_pages_ = 0;          // of the last commit; 0: nothing was written since
    SqliteCheckpoint checkpoint_;
};

} // namespace sangu::db
