#include "kernel/db/drivers.h"
#include "kernel/db/group_writer.h"
#include "kernel/db/postgres_dump.h"
#include "kernel/db/postgres_writer.h"
#include "kernel/db/reader_pool.h"

namespace sangu::db {

namespace {

// Thread-safe. Members end in reverse order: readers, then the writer.
class PostgresDatabase final : public Database {
public:
    explicit PostgresDatabase(Options const& options)
        : url_{options.url}, connection_{url_}, writer_{connection_, options},
          readers_{options.readers_max, [this, timeout = options.statement_timeout_ms] {
                       return std::make_unique<PostgresConnection>(url_, timeout);
                   }} {}

    Dialect dialect() const override { return Dialect::postgres; }
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
    std::string const url_;
    PostgresWriter connection_;
    GroupWriter writer_;
    ReaderPool readers_;
};

std::int64_t PostgresDatabase::copy_in(Transaction&, std::string_view table, std::span<std::string_view const> columns,
                                       FunctionRef<bool(std::vector<Value>& row)> next) {
    std::string names;
    for (auto const column : columns) names += (names.empty() ? "" : ", ") + std::string{column};
    std::vector<Value> row(columns.size());
    bool more = true; // a source that has ended is not asked again for the next chunk
    auto const fill = [&](std::string& chunk) {
        constexpr std::size_t chunk_size = 64 << 10;
        while (chunk.size() < chunk_size && (more = more && next(row))) {
            SANGU_ASSERT(row.size() == columns.size());
            for (std::size_t i = 0; i < row.size(); ++i) {
                if (i > 0) chunk += '\t';
                append_copy_text(chunk, row[i]);
            }
            chunk += '\n';
        }
        return !chunk.empty();
    };
    return connection_.copy_in("copy " + std::string{table} + " (" + names + ") from stdin", fill);
}

void PostgresDatabase::backup_to(std::string const& path, FunctionRef<void(Session&)> look) {
    auto const reader = read(); // holds the snapshot while pg_dump reads it
    auto const snapshot = reader->text("select pg_export_snapshot()");
    look(*reader);
    dump_postgres(url_, path, snapshot.value());
}

} // namespace

std::unique_ptr<Database> open_postgres(Options const& options) { return std::make_unique<PostgresDatabase>(options); }

} // namespace sangu::db
