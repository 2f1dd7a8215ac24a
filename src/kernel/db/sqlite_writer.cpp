#include "kernel/db/sqlite_writer.h"

namespace sangu::db {

SqliteWriter::SqliteWriter(std::string const& path)
    : connection_{path, SqliteConnection::Role::writer, 0}, checkpoint_{path} {
    std::string mode;
    // Replaces SQLite's own automatic checkpoint.
    sqlite3_wal_hook(connection_.handle(), &SqliteWriter::note_wal_pages, this);
    connection_.control("begin immediate"); // proves that the file can be written
    connection_.query("pragma journal_mode", {}, [&](Row const& row) { mode = row.text(0); });
    connection_.control("rollback");
    if (mode != "wal") throw Fault{"the file system of the database does not support a write-ahead log"};
}

int SqliteWriter::note_wal_pages(void* self, sqlite3*, char const*, int pages) {
    static_cast<SqliteWriter*>(self)->wal_pages_ = pages;
    return SQLITE_OK;
}

void SqliteWriter::start(std::exception_ptr* failure) {
    if (!connection_.in_transaction()) {
        connection_.forget_failure();
        connection_.control("begin immediate");
    }
    has_savepoint_ = has_effects_ && failure != nullptr;
    if (has_savepoint_) connection_.control("savepoint command");
}

void SqliteWriter::finish() {
    if (has_savepoint_) connection_.control("release command");
    has_effects_ = true;
}

void SqliteWriter::undo() {
    if (!has_savepoint_) return rollback();
    connection_.forget_failure();
    connection_.control("rollback to command");
    connection_.control("release command");
}

void SqliteWriter::commit() {
    has_effects_ = false;
    if (!connection_.in_transaction()) return; // every command was undone
    connection_.control("commit");
}

void SqliteWriter::rollback() noexcept {
    has_effects_ = false;
    try {
        if (connection_.in_transaction()) connection_.control("rollback");
    } catch (std::exception const&) { // the transaction is gone all the same
    }
    connection_.forget_failure();
}

WriterConnection::State SqliteWriter::state() const noexcept {
    if (!connection_.in_transaction()) return State::none;
    return connection_.has_failed() ? State::failed : State::open;
}

void SqliteWriter::send_one(std::string_view sql, Parameters parameters, std::string_view otherwise) {
    if (auto const changed = connection_.execute(sql, parameters); changed != 1)
        throw ConstraintViolation{ConstraintKind::one_row, std::string{otherwise},
                                  std::to_string(changed) + " rows instead of one in: " + std::string{sql}};
}

void SqliteWriter::after_commit() noexcept {
    if (int const pages = std::exchange(wal_pages_, 0); pages > 0)
        checkpoint_.after_commit(connection_.handle(), pages);
}

} // namespace sangu::db
