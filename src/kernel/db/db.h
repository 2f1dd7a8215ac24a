#pragma once

// One typed interface over SQLite and PostgreSQL. SQL is written by hand in the common dialect with
// `?` marks; the drivers (sqlite.cpp, postgres.cpp) translate the rest.
//
// Reads run in one snapshot per Reader. Writes run as commands on one writer per server, which groups
// many commands into one durable commit: `Database::write` returns when the command's effects are on disk,
// or rethrows what the command threw (its effects are then undone, those of its neighbours are not).
//
// Values: bool, int64 (also money in fen), double, text (also ids, dates "YYYY-MM-DD" and instants
// "…T…Z"), bytes. Both drivers return exactly these forms, with one exception: SQLite has no booleans, its
// Row::value gives the integers 0 and 1 for them (Row::boolean works on both).
//
// When a statement inside a command throws, the command is lost on both databases and must end: use
// `on conflict do nothing` where a conflict is expected. Foreign keys must not be deferred to the commit.
//
// A command waits for the database only where it needs an answer: what is given to `send` travels with the next
// question or with the commit, and rows of a Journal are stored once for the whole batch.

#include "base/function_ref.h"
#include "base/result.h"
#include "base/value.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::db {

enum class Dialect : std::uint8_t { sqlite, postgres };

// The current row of a running query; columns count from 0. Views are valid until the next row.
class Row {
public:
    virtual ~Row() = default;
    virtual int columns() const = 0;
    virtual bool is_null(int column) const = 0;
    virtual bool boolean(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual double real(int column) const = 0;
    virtual std::string_view text(int column) const = 0; // also bytes
    virtual Value value(int column) const = 0;           // by the stored type; null: monostate
};

using Parameters = std::span<Value const>;

// A fault of the database itself: unreachable, corrupt, disk full, wrong SQL.
struct Fault : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// The disk is full or read-only: shown to people as "nothing was saved, call the administrator".
struct StorageFull : Fault {
    using Fault::Fault;
};
// The writer's queue is over its bound: answered with 503 and Retry-After.
struct Overloaded : Fault {
    using Fault::Fault;
};

enum class ConstraintKind : std::uint8_t { unique, foreign_key, check, not_null, exclusion, one_row };
// A constraint of the schema refused the statement. `name` is the constraint or "table.column[,column]"; with one_row
// it was Transaction::send_one that did not find its row, and `name` is the `otherwise` that it was given.
struct ConstraintViolation : std::runtime_error {
    ConstraintViolation(ConstraintKind kind_, std::string name_, std::string const& message)
        : std::runtime_error{message}, kind{kind_}, name{std::move(name_)} {}
    ConstraintKind kind;
    std::string name;
};

// What Transaction::send_one is told to say when its row is not there.
inline constexpr std::string_view stale = "stale", already_done = "already_done";

// What statements run on. `sql` should be a literal or otherwise long-lived, repeated text: prepared
// statements are cached by their text per connection.
class Session {
public:
    virtual ~Session() = default;
    virtual Dialect dialect() const = 0;
    // Calls `each` for every row.
    virtual void query(std::string_view sql, Parameters parameters, FunctionRef<void(Row const&)> each) = 0;
    // Runs a statement that returns no rows; gives the number of affected rows.
    virtual std::int64_t execute(std::string_view sql, Parameters parameters) = 0;

    void query(std::string_view sql, std::initializer_list<Value> parameters, FunctionRef<void(Row const&)> each) {
        query(sql, Parameters{parameters.begin(), parameters.size()}, each);
    }
    std::int64_t execute(std::string_view sql, std::initializer_list<Value> parameters = {}) {
        return execute(sql, Parameters{parameters.begin(), parameters.size()});
    }
    // The first column of the first row; nothing without a row or when it is null.
    std::optional<std::int64_t> integer(std::string_view sql, std::initializer_list<Value> parameters = {});
    std::optional<std::string> text(std::string_view sql, std::initializer_list<Value> parameters = {});
    std::optional<double> real(std::string_view sql, std::initializer_list<Value> parameters = {});
    bool exists(std::string_view sql, std::initializer_list<Value> parameters = {});
};

// A consistent snapshot for reading, taken by its first query; give it back soon (one per request).
using Reader = Session;

struct Journal; // kernel/db/journal.h

// A command inside the writer. Changes, audit and events of one act share one Transaction.
class Transaction : public Session {
public:
    // Runs a statement whose number of rows nobody asks for, before any later statement of the command. What it
    // violates is thrown here, by a later statement, by settle(), or by Database::write after the command has returned.
    virtual void send(std::string_view sql, Parameters parameters) = 0;
    void send(std::string_view sql, std::initializer_list<Value> parameters) {
        send(sql, Parameters{parameters.begin(), parameters.size()});
    }
    // The same of a statement that must change exactly one row (an update where the version is still the one that was
    // read, an insert "on conflict do nothing"): any other number violates ConstraintKind::one_row, named `otherwise`
    // (letters and underscores). `sql` has no "returning".
    virtual void send_one(std::string_view sql, Parameters parameters, std::string_view otherwise) = 0;
    void send_one(std::string_view sql, std::initializer_list<Value> parameters, std::string_view otherwise) {
        send_one(sql, Parameters{parameters.begin(), parameters.size()}, otherwise);
    }
    // Waits for what the command has sent; throws what it violates. For commands that mean to undo themselves.
    virtual void settle() = 0;
    // Stores `row` in `journal` if the command succeeds; statements of the command may not see it yet. Throws Fault for
    // text that a database cannot store.
    virtual void append(Journal const& journal, std::vector<Value> row) = 0;
};

struct ReaderLease {
    std::unique_ptr<Session, void (*)(Session*)> session;
    Session& operator*() const { return *session; }
    Session* operator->() const { return session.get(); }
};

struct Options {
    std::string url;                  // "sqlite:/var/lib/sangu/sangu.db" or "postgres://…" (libpq URI)
    int readers_max = 32;             // concurrent snapshots; further callers wait
    int queue_max = 4096;             // waiting write commands before Overloaded
    int batch_max = 512;              // commands in one commit
    int statement_timeout_ms = 30000; // for reads
};

class Database {
public:
    virtual ~Database() = default;
    virtual Dialect dialect() const = 0;
    // A snapshot; waits for a free connection when all are lent.
    virtual ReaderLease read() = 0;
    // Runs `command` on the writer inside its own savepoint; see the head of this file.
    virtual void write(FunctionRef<void(Transaction&)> command) = 0;
    // Runs `bulk` in a transaction of its own on the writer, without neighbours: for imports and migrations.
    virtual void write_alone(FunctionRef<void(Transaction&)> bulk) = 0;
    // Bulk insert of rows with the given columns inside `transaction`: COPY on PostgreSQL, one prepared
    // statement on SQLite. `next` fills `row` (one Value a column) and returns false at the end.
    virtual std::int64_t copy_in(Transaction& transaction, std::string_view table,
                                 std::span<std::string_view const> columns,
                                 FunctionRef<bool(std::vector<Value>& row)> next) = 0;
    // A hot, consistent copy of the whole database into a file (SQLite backup API; pg_dump custom format).
    // `look` reads the very snapshot that is copied.
    virtual void backup_to(std::string const& path, FunctionRef<void(Session&)> look) = 0;
    void backup_to(std::string const& path) {
        backup_to(path, [](Session&) {});
    }

    struct Counters {
        std::uint64_t commits = 0, commands = 0, reads = 0;
        std::uint64_t queries = 0; // of snapshots that were given back
        std::int64_t queue_length = 0;
    };
    virtual Counters counters() const = 0;
};

// Opens and checks the database; creates an SQLite file when it is missing. Throws Fault.
std::unique_ptr<Database> open(Options const& options);

// The Error a person gets for a constraint violation: conflict with key "error.already_exists" (unique),
// "error.in_use" (foreign key), "error.invalid" (check), naming the column as the problem's field; of one_row stale
// with "error.stale", or conflict with "error.already_done" where that is what `otherwise` said.
Error to_error(ConstraintViolation const& violation);

// Runs `work` as one write command. An Error rolls the command back and is returned; a constraint
// violation becomes an Error by to_error.
template <class T> Result<T> transact(Database& database, FunctionRef<Result<T>(Transaction&)> work) {
    struct Undo {};
    Result<T> result = refuse(Refusal::unavailable, "error.unavailable");
    try {
        database.write([&](Transaction& transaction) {
            result = work(transaction);
            if (!result) throw Undo{};
        });
    } catch (Undo const&) {
    } catch (ConstraintViolation const& violation) {
        return tl::make_unexpected(to_error(violation));
    }
    return result;
}

} // namespace sangu::db
