#include "kernel/db/drivers.h"
#include "kernel/db/group_writer.h"
#include "kernel/db/reader_pool.h"
#include "kernel/db/sqlite_writer.h"

#include <filesystem>

namespace sangu::db {

namespace {

// Thread-safe. Members end in reverse order: readers, then the writer, then its checkpoints.
class SqliteDatabase final : public Database {
public:
    SqliteDatabase(Options const& options, std::string path)
        : path_{std::move(path)}, connection_{path_}, writer_{connection_, options},
          readers_{options.readers_max, [this, timeout = options.statement_timeout_ms] {
                       return std::make_unique<SqliteConnection>(path_, SqliteConnection::Role::reader, timeout);
                   }} {}

    Dialect dialect() const override { return Dialect::sqlite; }
    ReaderLease read() override { return readers_.lend(); }
    void write(FunctionRef<void(Transaction&)> command) override {
        writer_.run(command, GroupWriter::Company::neighbours);
    }
    void write_alone(FunctionRef<void(Transaction&)> bulk) override { writer_.run(bulk, GroupWriter::Company::alone); }
    std::int64_t copy_in(Transaction& transaction, std::string_view table, std::span<std::string_view const> columns,
                         FunctionRef<bool(std::vector<Value>& row)> next) override;
    using Database::backup_to;
    void backup_to(std::string const& path, FunctionRef<void(Session&)> look) override;
    Counters counters() const override {
        return {writer_.commits(), writer_.commands(), readers_.lent(), readers_.queries(), writer_.queue_length()};
    }

private:
    std::string const path_;
    SqliteWriter connection_;
    GroupWriter writer_;
    ReaderPool readers_;
};

std::int64_t SqliteDatabase::copy_in(Transaction& transaction, std::string_view table,
                                     std::span<std::string_view const> columns,
                                     FunctionRef<bool(std::vector<Value>& row)> next) {
    std::string names, marks;
    for (auto const column : columns) {
        names += (names.empty() ? "" : ", ") + std::string{column};
        marks += marks.empty() ? "?" : ", ?";
    }
    auto const sql = "insert into " + std::string{table} + " (" + names + ") values (" + marks + ")";
    std::int64_t count = 0;
    for (std::vector<Value> row(columns.size()); next(row); ++count) transaction.execute(sql, Parameters{row});
    return count;
}

struct CloseConnection {
    void operator()(sqlite3* connection) const { sqlite3_close(connection); }
};

// Beside the target first, so that a copy that was interrupted never looks like a backup.
void SqliteDatabase::backup_to(std::string const& path, FunctionRef<void(Session&)> look) {
    auto const part = path + ".part";
    std::filesystem::remove(part);
    {
        SqliteConnection source{path_, SqliteConnection::Role::reader, 0};
        source.begin_snapshot(); // else every commit would start the copy again
        source.query("select count(*) from sqlite_master", {}, [](Row const&) {});
        look(source);
        sqlite3* opened = nullptr;
        int code = sqlite3_open_v2(part.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
        std::unique_ptr<sqlite3, CloseConnection> const target{opened};
        if (code != SQLITE_OK) raise_sqlite(opened, code, "backup to " + part);
        auto* const backup = sqlite3_backup_init(opened, "main", source.handle(), "main");
        if (backup == nullptr) raise_sqlite(opened, sqlite3_errcode(opened), "backup to " + part);
        sqlite3_backup_step(backup, -1);
        code = sqlite3_backup_finish(backup);
        if (code != SQLITE_OK) raise_sqlite(opened, code, "backup to " + part);
        source.end_snapshot();
    }
    std::filesystem::rename(part, path);
}

} // namespace

std::unique_ptr<Database> open_sqlite(Options const& options, std::string const& path) {
    return std::make_unique<SqliteDatabase>(options, path);
}

} // namespace sangu::db
