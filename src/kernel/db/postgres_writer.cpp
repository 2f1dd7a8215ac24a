#include "kernel/db/postgres_writer.h"

namespace sangu::db {

namespace {

constexpr std::string_view savepoint_word = "savepoint command";
constexpr std::string_view release_word = "release savepoint command";

} // namespace

void PostgresWriter::begin() {
    connection_.ensure_connected();
    connection_.drop_deferred();
    connection_.forget_failure();
    connection_.mark_unsent();
    connection_.defer("begin");
    connection_.defer("select pg_advisory_xact_lock(x'73616e6775'::bigint)"); // "sangu"
    is_begun_ = true;
}

void PostgresWriter::savepoint() { connection_.defer(savepoint_word); }

void PostgresWriter::release() {
    if (!connection_.take_back(savepoint_word)) connection_.defer(release_word);
}

void PostgresWriter::undo() {
    connection_.forget_failure();
    if (connection_.take_back(savepoint_word)) return;
    connection_.defer("rollback to savepoint command");
    connection_.defer(release_word);
}

void PostgresWriter::commit() {
    is_begun_ = false;
    if (!connection_.has_sent()) {
        connection_.drop_deferred();
        return;
    }
    connection_.defer("commit");
    try {
        auto const result = connection_.flush();
        if (std::string_view{PQcmdStatus(result.get())} != "COMMIT") throw Fault{"the commit was a rollback"};
    } catch (ConstraintViolation const& violation) {
        throw Fault{std::string{"the commit failed: "} + violation.what()};
    }
}

void PostgresWriter::rollback() noexcept {
    is_begun_ = false;
    try {
        connection_.drop_deferred();
        if (connection_.has_sent() && !connection_.is_lost()) {
            connection_.defer("rollback");
            connection_.flush();
        }
    } catch (std::exception const&) { // begin() connects again
    }
    connection_.forget_failure();
}

WriterConnection::State PostgresWriter::state() const noexcept {
    if (!is_begun_ || connection_.is_lost()) return State::none;
    return connection_.has_failed() ? State::failed : State::open;
}

} // namespace sangu::db
