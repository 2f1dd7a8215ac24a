#include "kernel/db/postgres_writer.h"

#include <algorithm>

namespace sangu::db {

namespace {

constexpr std::size_t statements_max = 256; // that wait; bounds what is kept and repeated

} // namespace

void PostgresWriter::begin() {
    connection_.ensure_connected();
    connection_.forget_failure();
    connection_.defer("begin");
    connection_.defer("select pg_advisory_xact_lock(x'73616e6775'::bigint)"); // "sangu"
    is_begun_ = true;
}

void PostgresWriter::start(std::exception_ptr* failure) {
    if (!is_begun_) begin();
    current_ = {.failure = failure, .statements = {}};
}

void PostgresWriter::send(std::string_view sql, Parameters parameters) {
    current_.statements.push_back(std::make_unique<Statement>(sql, parameters));
    if (current_.statements.size() >= statements_max) settle();
}

// The server itself counts, so that nobody waits for the number: a text that is no number makes the statement fail.
void PostgresWriter::send_one(std::string_view sql, Parameters parameters, std::string_view otherwise) {
    SANGU_ASSERT(std::ranges::all_of(otherwise, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; }));
    std::string counted{"with changed as ("};
    counted.append(sql).append(" returning 1) select cast(case when count(*) = 1 then '1' else '");
    counted.append(one_row_mark).append(otherwise).append("' end as integer) from changed");
    send(counted, parameters);
}

void PostgresWriter::query(std::string_view sql, Parameters parameters, FunctionRef<void(Row const&)> each) {
    Statement const question{sql, parameters};
    auto const result = ask(&question);
    PostgresRow row{result.get()};
    for (int i = 0, count = PQntuples(result.get()); i < count; ++i) {
        row.select(i);
        each(row);
    }
}

std::int64_t PostgresWriter::execute(std::string_view sql, Parameters parameters) {
    Statement const statement{sql, parameters};
    return std::strtoll(PQcmdTuples(ask(&statement).get()), nullptr, 10);
}

void PostgresWriter::settle() {
    if (!current_.statements.empty()) ask(nullptr);
}

// Sends what waits and the question at once, in two blocks: an error in the first is a neighbour's.
PostgresResult PostgresWriter::ask(Statement const* question) {
    if (connection_.has_failed()) throw Fault{"no statement is allowed after a failed one"};
    if (waiting_.empty()) return ask_alone(question);
    send_waiting();
    connection_.end_block();
    send_current(question, true);
    connection_.end_block();
    if (receive()) {
        receive(); // nothing of the second block was done
        repeat_waiting();
        current_.is_at_server = false;
        return ask_alone(question);
    }
    waiting_.clear();
    has_effects_ = true;
    current_.statements.clear();
    return connection_.receive();
}

PostgresResult PostgresWriter::ask_alone(Statement const* question) {
    send_current(question, false);
    current_.statements.clear();
    return connection_.flush();
}

void PostgresWriter::send_current(Statement const* question, bool has_neighbours) {
    if (!current_.is_at_server) {
        current_.has_savepoint = current_.failure != nullptr && (has_neighbours || has_effects_);
        if (current_.has_savepoint) connection_.defer("savepoint command");
        current_.is_at_server = true;
    }
    for (auto const& statement : current_.statements) connection_.send(statement->sql, statement->bound);
    if (question != nullptr) connection_.send(question->sql, question->bound);
}

void PostgresWriter::send_waiting() {
    waiting_statements_ = 0;
    if (has_effects_) connection_.defer("savepoint neighbours");
    for (Command const& command : waiting_)
        for (auto const& statement : command.statements) connection_.send(statement->sql, statement->bound);
    if (has_effects_) connection_.defer("release savepoint neighbours");
}

void PostgresWriter::settle_waiting() {
    send_waiting();
    connection_.end_block();
    if (receive()) return repeat_waiting();
    waiting_.clear();
    has_effects_ = true;
}

void PostgresWriter::repeat_waiting() {
    connection_.forget_failure();
    if (has_effects_) {
        connection_.defer("rollback to savepoint neighbours");
        connection_.defer("release savepoint neighbours");
    } else {
        connection_.defer("rollback");
        begin();
    }
    for (Command const& command : std::exchange(waiting_, {})) repeat(command);
}

void PostgresWriter::repeat(Command const& command) {
    connection_.defer("savepoint command");
    for (auto const& statement : command.statements) connection_.send(statement->sql, statement->bound);
    connection_.end_block();
    *command.failure = receive();
    if (*command.failure) {
        connection_.forget_failure();
        connection_.defer("rollback to savepoint command");
    } else {
        has_effects_ = true;
    }
    connection_.defer("release savepoint command");
}

// What the oldest block violates; a fault of the whole batch is thrown.
std::exception_ptr PostgresWriter::receive(PostgresResult* last) {
    try {
        auto result = connection_.receive();
        if (last != nullptr) *last = std::move(result);
    } catch (StorageFull const&) {
        throw;
    } catch (std::exception const&) {
        if (connection_.is_lost()) throw;
        return std::current_exception();
    }
    return nullptr;
}

void PostgresWriter::finish() {
    if (current_.is_at_server) {
        settle();
        if (current_.has_savepoint) connection_.defer("release savepoint command");
        has_effects_ = true;
    } else if (!current_.statements.empty()) {
        waiting_statements_ += current_.statements.size();
        waiting_.push_back(std::move(current_));
    }
    current_ = {};
    if (waiting_statements_ >= statements_max) settle_waiting();
}

void PostgresWriter::undo() {
    connection_.forget_failure();
    if (current_.is_at_server && current_.has_savepoint) {
        connection_.defer("rollback to savepoint command");
        connection_.defer("release savepoint command");
    } else if (current_.is_at_server) {
        connection_.defer("rollback");
        is_begun_ = false;
    }
    current_ = {};
}

void PostgresWriter::commit() {
    if (!has_effects_ && waiting_.empty() && !current_.is_at_server && current_.statements.empty()) return rollback();
    PostgresResult result;
    auto failure = commit_all(result);
    if (failure && !waiting_.empty()) {
        repeat_waiting();
        failure = commit_all(result);
    }
    if (failure) std::rethrow_exception(failure);
    if (std::string_view{PQcmdStatus(result.get())} != "COMMIT") throw Fault{"the commit was a rollback"};
    reset();
}

std::exception_ptr PostgresWriter::commit_all(PostgresResult& result) {
    send_waiting();
    for (auto const& statement : current_.statements) connection_.send(statement->sql, statement->bound);
    connection_.defer("commit");
    connection_.end_block();
    return receive(&result);
}

void PostgresWriter::reset() noexcept {
    is_begun_ = has_effects_ = false;
    waiting_.clear();
    waiting_statements_ = 0;
    current_ = {};
    connection_.forget_failure();
    connection_.mark_unsent();
}

void PostgresWriter::rollback() noexcept {
    try {
        connection_.drop_deferred();
        if (connection_.has_sent() && !connection_.is_lost()) {
            connection_.defer("rollback");
            connection_.flush();
        }
    } catch (std::exception const&) { // begin() connects again
    }
    reset();
}

WriterConnection::State PostgresWriter::state() const noexcept {
    if (!is_begun_ || connection_.is_lost()) return State::none;
    return connection_.has_failed() ? State::failed : State::open;
}

std::int64_t PostgresWriter::copy_in(std::string const& sql, FunctionRef<bool(std::string& chunk)> next) {
    ask(nullptr); // the savepoint and what was sent before
    return connection_.copy_in(sql, next);
}

} // namespace sangu::db
