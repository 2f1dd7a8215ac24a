#pragma once

// One SQLite connection with its prepared statements. Used by one thread at a time.
//
// Row::value gives SQLite's storage class: booleans are the integers 0 and 1, dates and instants their text.

#include "kernel/db/reader_pool.h"
#include "kernel/db/statement_cache.h"

#include <sqlite3.h>

#include <chrono>

namespace sangu::db {

// Throws what an SQLite result code means: ConstraintViolation, StorageFull or Fault.
[[noreturn]] void raise_sqlite(sqlite3* connection, int code, std::string_view sql);

class SqliteConnection final : public PooledSession {
public:
    enum class Role : std::uint8_t { reader, writer };

    // `statement_timeout_ms` bounds each query of a reader, the time in the callback included; 0: no bound.
    SqliteConnection(std::string const& path, Role role, int statement_timeout_ms);
    ~SqliteConnection() override;
    SqliteConnection(SqliteConnection const&) = delete;
    SqliteConnection& operator=(SqliteConnection const&) = delete;

    Dialect dialect() const override { return Dialect::sqlite; }
    using Session::execute;
    using Session::query;
    void query(std::string_view sql, Parameters parameters, FunctionRef<void(Row const&)> each) override;
    std::int64_t execute(std::string_view sql, Parameters parameters) override;
    void begin_snapshot() override;
    bool end_snapshot() noexcept override;

    // Transaction words (begin, commit, savepoint …), also allowed after a failed statement.
    void control(std::string_view sql);
    bool in_transaction() const noexcept { return sqlite3_get_autocommit(connection_) == 0; }
    // A statement failed since the last call of forget_failure. The writer refuses further statements then, as
    // PostgreSQL does, so that a command behaves alike on both.
    bool has_failed() const noexcept { return has_failed_; }
    void forget_failure() noexcept { has_failed_ = false; }
    sqlite3* handle() const noexcept { return connection_; }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    struct Statement {
        std::unique_ptr<sqlite3_stmt, Finalize> handle;
        bool busy = false;
    };
    class Running;

    Statement prepare(std::string_view sql, unsigned flags);
    void bind(sqlite3_stmt* statement, std::string_view sql, Parameters parameters);
    void run(std::string_view sql, Parameters parameters, FunctionRef<void(Row const&)> each);
    void refuse_after_failure(std::string_view sql) const;
    static int is_too_late(void* self);

    sqlite3* connection_ = nullptr;
    Role const role_;
    std::chrono::milliseconds const timeout_;
    std::chrono::steady_clock::time_point deadline_;
    bool has_failed_ = false;
    StatementCache<Statement> statements_{128};
};

} // namespace sangu::db
