#include "kernel/db/sqlite_connection.h"

#include <cstring>

namespace sangu::db {

namespace {

class SqliteRow final : public Row {
public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_{statement} {}

    int columns() const override { return sqlite3_column_count(statement_); }
    bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    bool boolean(int column) const override { return integer(column) != 0; }
    std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
    double real(int column) const override { return sqlite3_column_double(statement_, column); }
    std::string_view text(int column) const override {
        // Text and blobs are given as they are stored, numbers as their digits.
        auto const* const bytes = static_cast<char const*>(sqlite3_column_blob(statement_, column));
        if (bytes == nullptr) return {};
        return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }
    Value value(int column) const override {
        switch (sqlite3_column_type(statement_, column)) {
        case SQLITE_INTEGER: return integer(column);
        case SQLITE_FLOAT: return real(column);
        case SQLITE_TEXT: return std::string{text(column)};
        case SQLITE_BLOB: return Bytes{std::string{text(column)}};
        default: return std::monostate{};
        }
    }

private:
    sqlite3_stmt* statement_;
};

struct Bind {
    sqlite3_stmt* statement;
    int index;

    int operator()(std::monostate) const { return sqlite3_bind_null(statement, index); }
    int operator()(bool value) const { return sqlite3_bind_int(statement, index, value ? 1 : 0); }
    int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
    int operator()(double value) const { return sqlite3_bind_double(statement, index, value); }
    // The parameters outlive the run of the statement, so nothing is copied.
    int operator()(std::string const& value) const {
        return sqlite3_bind_text64(statement, index, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(Bytes const& value) const {
        return sqlite3_bind_blob64(statement, index, value.data.data(), value.data.size(), SQLITE_STATIC);
    }
};

// Counting its own memory costs SQLite one lock of all threads for each allocation, and nobody reads the count. Must
// come before the first connection.
void leave_memory_uncounted() {
    static int const configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(configured);
}

bool is_blank(char const* text) { return text[std::strspn(text, " \t\r\n;")] == '\0'; }

} // namespace

// A statement in use: reset afterwards, because an unfinished one keeps its read transaction open.
class SqliteConnection::Running {
public:
    Running(SqliteConnection& connection, std::string_view sql) {
        auto* cached = connection.statements_.find(sql);
        if (cached == nullptr) {
            auto statement = connection.prepare(sql, SQLITE_PREPARE_PERSISTENT);
            connection.statements_.make_room();
            cached = &connection.statements_.insert(sql, std::move(statement));
        }
        if (cached->busy) { // the same text runs further up the stack
            own_ = connection.prepare(sql, 0);
            cached = &own_;
        }
        statement_ = cached;
        statement_->busy = true;
    }
    ~Running() {
        sqlite3_reset(handle());
        sqlite3_clear_bindings(handle());
        statement_->busy = false;
    }
    Running(Running const&) = delete;
    Running& operator=(Running const&) = delete;

    sqlite3_stmt* handle() const { return statement_->handle.get(); }

private:
    Statement own_;
    Statement* statement_ = nullptr;
};

SqliteConnection::SqliteConnection(std::string const& path, Role role, int statement_timeout_ms)
    : role_{role}, timeout_{role == Role::reader ? statement_timeout_ms : 0} {
    leave_memory_uncounted();
    int const flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (role == Role::writer ? SQLITE_OPEN_CREATE : 0);
    if (int const code = sqlite3_open_v2(path.c_str(), &connection_, flags, nullptr); code != SQLITE_OK) {
        std::string const message = connection_ == nullptr ? "out of memory" : sqlite3_errmsg(connection_);
        sqlite3_close(connection_);
        throw Fault{"cannot open " + path + ": " + message};
    }
    try {
        sqlite3_extended_result_codes(connection_, 1);
        sqlite3_busy_timeout(connection_, 10'000); // only other processes can be in the way
        control("pragma foreign_keys=on");
        control("pragma mmap_size=268435456");
        control("pragma trusted_schema=off");
        if (role == Role::writer) {
            control("pragma journal_mode=wal");
            control("pragma synchronous=full");
            control("pragma cache_size=-4096");
        } else {
            control("pragma query_only=on");
            control("pragma cache_size=-512"); // what is in the file is read through the map
            if (timeout_.count() > 0) sqlite3_progress_handler(connection_, 20'000, &is_too_late, this);
        }
        statements_.clear();
    } catch (...) {
        statements_.clear();
        sqlite3_close(connection_);
        throw;
    }
}

SqliteConnection::~SqliteConnection() {
    statements_.clear();
    sqlite3_close(connection_);
}

int SqliteConnection::is_too_late(void* self) {
    return std::chrono::steady_clock::now() > static_cast<SqliteConnection*>(self)->deadline_ ? 1 : 0;
}

SqliteConnection::Statement SqliteConnection::prepare(std::string_view sql, unsigned flags) {
    sqlite3_stmt* statement = nullptr;
    char const* tail = nullptr;
    std::string const text{sql};
    int const code =
        sqlite3_prepare_v3(connection_, text.c_str(), static_cast<int>(text.size() + 1), flags, &statement, &tail);
    Statement prepared{std::unique_ptr<sqlite3_stmt, Finalize>{statement}};
    if (code != SQLITE_OK) raise_sqlite(connection_, code, sql);
    if (statement == nullptr) throw Fault{"an empty SQL statement"};
    if (!is_blank(tail)) throw Fault{"more than one SQL statement: " + text};
    return prepared;
}

void SqliteConnection::bind(sqlite3_stmt* statement, std::string_view sql, Parameters parameters) {
    if (static_cast<std::size_t>(sqlite3_bind_parameter_count(statement)) != parameters.size())
        throw Fault{"wrong number of parameters in: " + std::string{sql}};
    for (std::size_t i = 0; i < parameters.size(); ++i)
        if (int const code = std::visit(Bind{statement, static_cast<int>(i) + 1}, parameters[i]); code != SQLITE_OK)
            raise_sqlite(connection_, code, sql);
}

void SqliteConnection::run(std::string_view sql, Parameters parameters, FunctionRef<void(Row const&)> each) {
    Running const running{*this, sql};
    bind(running.handle(), sql, parameters);
    if (timeout_.count() > 0) deadline_ = std::chrono::steady_clock::now() + timeout_;
    SqliteRow const row{running.handle()};
    for (;;) {
        int const code = sqlite3_step(running.handle());
        if (code == SQLITE_DONE) return;
        if (code != SQLITE_ROW) raise_sqlite(connection_, code, sql);
        each(row);
    }
}

void SqliteConnection::refuse_after_failure(std::string_view sql) const {
    if (role_ == Role::writer && (has_failed_ || !in_transaction()))
        throw Fault{"no statement is allowed after a failed one: " + std::string{sql}};
}

void SqliteConnection::query(std::string_view sql, Parameters parameters, FunctionRef<void(Row const&)> each) {
    refuse_after_failure(sql);
    count_query();
    std::exception_ptr thrown_by_caller;
    try {
        run(sql, parameters, [&](Row const& row) {
            try {
                each(row);
            } catch (...) {
                thrown_by_caller = std::current_exception();
                throw;
            }
        });
    } catch (...) {
        if (!thrown_by_caller) has_failed_ = true;
        throw;
    }
}

std::int64_t SqliteConnection::execute(std::string_view sql, Parameters parameters) {
    if (role_ == Role::reader) throw Fault{"a reader cannot execute: " + std::string{sql}};
    auto const before = sqlite3_total_changes64(connection_);
    query(sql, parameters, [](Row const&) {});
    return sqlite3_total_changes64(connection_) == before ? 0 : sqlite3_changes64(connection_);
}

void SqliteConnection::control(std::string_view sql) {
    run(sql, {}, [](Row const&) {});
}

void SqliteConnection::begin_snapshot() { control("begin"); }

bool SqliteConnection::end_snapshot() noexcept {
    try {
        if (in_transaction()) control("commit");
        return !in_transaction();
    } catch (std::exception const&) {
        return false;
    }
}

} // namespace sangu::db
