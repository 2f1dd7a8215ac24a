#include "kernel/db/postgres_connection.h"

#include "base/blocking.h"

#include <array>

namespace sangu::db {

namespace {

bool is_error(PGresult const* result) {
    switch (PQresultStatus(result)) {
    case PGRES_FATAL_ERROR:
    case PGRES_BAD_RESPONSE:
    case PGRES_PIPELINE_ABORTED: return true;
    default: return false;
    }
}

} // namespace

PostgresConnection::PostgresConnection(std::string url, int statement_timeout_ms)
    : url_{std::move(url)}, timeout_ms_{statement_timeout_ms} {
    connect();
}

void PostgresConnection::connect() {
    statements_.clear();
    deferred_.clear();
    sent_.clear();
    has_failed_ = has_sent_ = false;
    // The URL comes later and so wins over our defaults.
    std::array<char const*, 5> const words{"application_name", "connect_timeout", "dbname", "client_encoding", nullptr};
    std::array<char const*, 5> const values{"sangu", "10", url_.c_str(), "UTF8", nullptr};
    connection_.reset(PQconnectdbParams(words.data(), values.data(), 1));
    if (is_lost()) throw Fault{std::string{"cannot connect to PostgreSQL: "} + PQerrorMessage(connection_.get())};
    PQsetNoticeReceiver(connection_.get(), [](void*, PGresult const*) {}, nullptr);
    auto const settings = "set timezone='UTC'; set datestyle='ISO'; set bytea_output='hex'; set extra_float_digits=1; "
                          "set standard_conforming_strings=on; set statement_timeout=" +
                          std::to_string(timeout_ms_);
    PostgresResult const result{PQexec(connection_.get(), settings.c_str())};
    if (is_error(result.get())) raise_postgres(result.get(), settings);
    if (PQenterPipelineMode(connection_.get()) == 0) raise_lost();
}

void PostgresConnection::raise_lost() {
    Fault const fault{std::string{"the connection to PostgreSQL failed: "} + PQerrorMessage(connection_.get())};
    connection_.reset();
    throw fault;
}

void PostgresConnection::check(int sent) {
    if (sent == 0) raise_lost();
}

void PostgresConnection::ensure_connected() {
    // Reads what the server said meanwhile: first perhaps why, then that it closed the connection.
    for (int i = 0; i < 2; ++i)
        if (PQconsumeInput(connection_.get()) == 0 || is_lost()) return connect();
}

void PostgresConnection::send_word(std::string_view word) {
    check(PQsendQueryParams(connection_.get(), std::string{word}.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0));
    sent_.push_back({Kind::statement, word});
}

void PostgresConnection::send_deferred() {
    for (auto const word : deferred_) send_word(word);
    deferred_.clear();
    has_sent_ = true;
}

void PostgresConnection::send(std::string_view sql, PostgresParameters const& bound) {
    send_deferred();
    auto* statement = statements_.find(sql);
    if (statement == nullptr) {
        if (auto const removed = statements_.make_room()) {
            check(PQsendQueryParams(connection_.get(), ("deallocate " + removed->name).c_str(), 0, nullptr, nullptr,
                                    nullptr, nullptr, 0));
            sent_.push_back({Kind::statement, "deallocate"});
        }
        statement = &statements_.insert(sql, Statement{"s" + std::to_string(++last_name_)});
        check(PQsendPrepare(connection_.get(), statement->name.c_str(), number_marks(sql).c_str(), 0, nullptr));
        sent_.push_back({Kind::prepare, sql});
    }
    check(PQsendQueryPrepared(connection_.get(), statement->name.c_str(), bound.count(), bound.texts(), bound.lengths(),
                              bound.formats(), 0));
    sent_.push_back({Kind::statement, sql});
}

void PostgresConnection::end_block() {
    send_deferred();
    check(PQpipelineSync(connection_.get()));
    sent_.push_back({Kind::end_of_block, {}});
}

PostgresResult PostgresConnection::next_result() {
    PostgresResult result{PQgetResult(connection_.get())};
    if (!result) return result;
    while (PostgresResult const more{PQgetResult(connection_.get())}) {
    }
    return result;
}

// Reads one result for each message of the block. The first error counts, the server skipped the rest.
PostgresResult PostgresConnection::receive() {
    Blocking const blocking;
    PostgresResult last, error;
    std::string_view failed_sql;
    for (; !sent_.empty() && sent_.front().kind != Kind::end_of_block && !is_lost(); sent_.pop_front()) {
        last = next_result();
        if (!last || !is_error(last.get())) continue;
        if (sent_.front().kind == Kind::prepare) statements_.erase(sent_.front().sql);
        if (error) continue;
        failed_sql = sent_.front().sql;
        error = std::move(last);
    }
    if (is_lost()) raise_lost();
    sent_.pop_front();
    PostgresResult const sync{PQgetResult(connection_.get())};
    // Without it the server is gone or we are out of step: this connection is never used again.
    if (!sync || PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC) raise_lost();
    if (!error) return last;
    has_failed_ = true;
    // After a change of schema a cached statement may have to be prepared again.
    if (std::string_view{PQresultErrorField(error.get(), PG_DIAG_SQLSTATE)} == "0A000") statements_.erase(failed_sql);
    raise_postgres(error.get(), failed_sql);
}

PostgresResult PostgresConnection::flush() {
    end_block();
    return receive();
}

PostgresResult PostgresConnection::run(std::string_view sql, Parameters parameters) {
    PostgresParameters const bound{parameters}; // may refuse them: before anything is sent
    send(sql, bound);
    return flush();
}

void PostgresConnection::query(std::string_view sql, Parameters parameters, FunctionRef<void(Row const&)> each) {
    count_query();
    auto const result = run(sql, parameters);
    PostgresRow row{result.get()};
    for (int i = 0, count = PQntuples(result.get()); i < count; ++i) {
        row.select(i);
        each(row);
    }
}

std::int64_t PostgresConnection::execute(std::string_view sql, Parameters parameters) {
    auto const result = run(sql, parameters);
    return std::strtoll(PQcmdTuples(result.get()), nullptr, 10);
}

void PostgresConnection::begin_snapshot() {
    if (!sent_.empty()) { // the end of the last snapshot
        try {
            receive();
        } catch (Fault const&) {
        }
    }
    ensure_connected();
    forget_failure();
    mark_unsent();
    deferred_.clear();
    defer("begin isolation level repeatable read read only");
}

// Does not wait for the answer: the next snapshot reads it first.
bool PostgresConnection::end_snapshot() noexcept {
    if (is_lost()) return false;
    if (!has_sent_) {
        deferred_.clear();
        return true;
    }
    try {
        send_word("commit");
        end_block();
        return true;
    } catch (std::exception const&) {
        return false;
    }
}

void PostgresConnection::put_copy(std::string const& chunk) {
    if (PQputCopyData(connection_.get(), chunk.data(), static_cast<int>(chunk.size())) != 1) raise_lost();
}

std::int64_t PostgresConnection::copy_in(std::string const& sql, FunctionRef<bool(std::string& chunk)> next) {
    flush();
    if (PQexitPipelineMode(connection_.get()) == 0) raise_lost(); // COPY is not allowed in it
    auto* const connection = connection_.get();
    PostgresResult result{PQexec(connection, sql.c_str())};
    std::exception_ptr thrown;
    if (PQresultStatus(result.get()) == PGRES_COPY_IN) {
        try {
            for (std::string chunk; next(chunk); chunk.clear()) put_copy(chunk);
        } catch (...) {
            thrown = std::current_exception();
        }
        if (is_lost()) std::rethrow_exception(thrown);
        PQputCopyEnd(connection, thrown ? "the source failed" : nullptr);
        result = next_result();
    }
    if (is_lost()) raise_lost();
    if (PQenterPipelineMode(connection) == 0) raise_lost();
    if (thrown || is_error(result.get())) has_failed_ = true;
    if (thrown) std::rethrow_exception(thrown);
    if (is_error(result.get())) raise_postgres(result.get(), sql);
    return std::strtoll(PQcmdTuples(result.get()), nullptr, 10);
}

} // namespace sangu::db
