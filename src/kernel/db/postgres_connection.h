#pragma once

// One connection to PostgreSQL with its prepared statements, always in pipeline mode: transaction words are
// deferred and travel with the next statement, so that they cost no round trip. Used by one thread at a time.

#include "kernel/db/postgres_text.h"
#include "kernel/db/reader_pool.h"
#include "kernel/db/statement_cache.h"

#include <deque>

namespace sangu::db {

class PostgresConnection final : public PooledSession {
public:
    // `statement_timeout_ms` bounds every statement on the server; 0: no bound. Throws Fault.
    PostgresConnection(std::string url, int statement_timeout_ms);

    Dialect dialect() const override { return Dialect::postgres; }
    using Session::execute;
    using Session::query;
    // The whole result is held in memory while `each` runs.
    void query(std::string_view sql, Parameters parameters, FunctionRef<void(Row const&)> each) override;
    std::int64_t execute(std::string_view sql, Parameters parameters) override;
    void begin_snapshot() override;
    bool end_snapshot() noexcept override;

    // Connects again when the connection is lost. Throws Fault.
    void ensure_connected();
    // Sends `word`, a literal, before the next statement; a failure appears there.
    void defer(std::string_view word) { deferred_.push_back(word); }
    void drop_deferred() { deferred_.clear(); }
    // Sends what is deferred and waits; gives the result of the last. Throws like query.
    PostgresResult flush();
    // The parts of it for more than one statement at a time: `send` and `end_block` do not wait. When a statement
    // fails, the server skips the rest of its block. `receive` gives the last result of the oldest block, or throws its
    // first error.
    void send(std::string_view sql, PostgresParameters const& bound);
    void end_block();
    PostgresResult receive();
    // COPY … FROM STDIN with the text that `next` appends to `chunk` until it returns false.
    std::int64_t copy_in(std::string const& sql, FunctionRef<bool(std::string& chunk)> next);

    bool is_lost() const { return PQstatus(connection_.get()) != CONNECTION_OK; }
    // A statement failed since the last call of forget_failure: the server's transaction is aborted.
    bool has_failed() const { return has_failed_; }
    void forget_failure() { has_failed_ = false; }
    // Something was sent since the last call of mark_unsent.
    bool has_sent() const { return has_sent_; }
    void mark_unsent() { has_sent_ = false; }

private:
    struct Disconnect {
        void operator()(PGconn* connection) const { PQfinish(connection); }
    };
    struct Statement {
        std::string name;
        bool busy = false;
    };
    // What was sent, in order: one result comes back for each.
    enum class Kind : std::uint8_t { statement, prepare, end_of_block };
    struct Sent {
        Kind kind;
        std::string_view sql;
    };

    void connect();
    void check(int sent); // throws when libpq could not send
    [[noreturn]] void raise_lost();
    void send_deferred();
    void send_word(std::string_view word);
    PostgresResult run(std::string_view sql, Parameters parameters);
    PostgresResult next_result();
    void put_copy(std::string const& chunk);

    std::string const url_;
    int const timeout_ms_;
    std::unique_ptr<PGconn, Disconnect> connection_;
    StatementCache<Statement> statements_{256};
    std::uint64_t last_name_ = 0;
    std::vector<std::string_view> deferred_;
    std::deque<Sent> sent_;
    bool has_failed_ = false, has_sent_ = false;
};

} // namespace sangu::db
