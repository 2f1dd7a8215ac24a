#pragma once

// The writer's connection of a PostgreSQL database. Each batch holds an advisory lock, so that several servers on
// one database write one after the other and the order of commits is the order of the change feed.
//
// What commands send waits here until one of them asks a question, or until the commit; then it travels in one
// pipeline. The statements of commands that have ended are guarded by one savepoint: when one of them fails, the
// transaction goes back to it and the commands are sent again, each with a savepoint of its own, so that the one that
// fails is undone alone and hears exactly what it violated. Sending again is safe: none of them has asked anything.

#include "kernel/db/group_writer.h"
#include "kernel/db/postgres_connection.h"

namespace sangu::db {

class PostgresWriter final : public WriterConnection, private Session {
public:
    explicit PostgresWriter(std::string const& url) : connection_{url, 0} {}

    void start(std::exception_ptr* failure) override;
    void finish() override;
    void undo() override;
    void commit() override;
    void rollback() noexcept override;
    State state() const noexcept override;
    Session& session() override { return *this; }
    void send(std::string_view sql, Parameters parameters) override;
    void send_one(std::string_view sql, Parameters parameters, std::string_view otherwise) override;
    void settle() override;

    // COPY inside the running command; see PostgresConnection::copy_in.
    std::int64_t copy_in(std::string const& sql, FunctionRef<bool(std::string& chunk)> next);

private:
    struct Statement {
        Statement(std::string_view text, Parameters parameters)
            : sql{text}, values{parameters.begin(), parameters.end()}, bound{values} {}
        std::string sql;
        std::vector<Value> values;
        PostgresParameters bound;
    };
    struct Command {
        std::exception_ptr* failure = nullptr;
        std::vector<std::unique_ptr<Statement>> statements; // not yet at the server
        bool is_at_server = false;
        bool has_savepoint = false; // else it is undone by a rollback
    };

    Dialect dialect() const override { return Dialect::postgres; }
    void query(std::string_view sql, Parameters parameters, FunctionRef<void(Row const&)> each) override;
    std::int64_t execute(std::string_view sql, Parameters parameters) override;

    void begin();
    PostgresResult ask(Statement const* question);
    PostgresResult ask_alone(Statement const* question);
    void send_waiting();
    void send_current(Statement const* question, bool has_neighbours);
    void settle_waiting();
    void repeat_waiting();
    void repeat(Command const& command);
    std::exception_ptr receive(PostgresResult* last = nullptr);
    std::exception_ptr commit_all(PostgresResult& result);
    void reset() noexcept;

    PostgresConnection connection_;
    bool is_begun_ = false;
    bool has_effects_ = false;     // the transaction holds what commands that ended have done
    std::vector<Command> waiting_; // ended, without a question since their first statement
    std::size_t waiting_statements_ = 0;
    Command current_;
};

} // namespace sangu::db
