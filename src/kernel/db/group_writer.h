#pragma once

// The one writer of a server. Commands of all threads wait in one queue; the writer's thread runs those that
// wait in one transaction, commits once and wakes the callers, so that one flush to disk pays for many
// commands. A command that fails is undone alone. Both drivers use this class; they only supply a WriterConnection.

#include "kernel/db/db.h"
#include "kernel/db/journal.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

namespace sangu::db {

// How the writer steers its connection. Called on the writer's thread only. Everything throws Fault unless noexcept.
class WriterConnection {
public:
    enum class State : std::uint8_t {
        open,   // a transaction is running
        failed, // a statement failed: undo the command
        none,   // no transaction: the database ended it, or the connection is lost
    };

    virtual ~WriterConnection() = default;
    // A command begins, and the transaction where none runs. What its statements violate may be found after finish()
    // and is put into `*failure` then, no later than commit(). Null: the batch's own closing statements, undone only
    // with it.
    virtual void start(std::exception_ptr* failure) = 0;
    virtual void finish() = 0; // the command has ended well; throws what it is already known to violate
    virtual void undo() = 0;   // takes the command back, its neighbours stay
    virtual void commit() = 0; // durable when it returns
    virtual void rollback() noexcept = 0;
    virtual State state() const noexcept = 0;
    virtual Session& session() = 0;
    // As Transaction's of the same names.
    virtual void send(std::string_view sql, Parameters parameters) { session().execute(sql, parameters); }
    virtual void send_one(std::string_view sql, Parameters parameters, std::string_view otherwise) = 0;
    virtual void settle() {}
    virtual void after_commit() noexcept {} // the callers are already awake
};

class GroupWriter {
public:
    enum class Company : std::uint8_t { neighbours, alone };

    GroupWriter(WriterConnection& connection, Options const& options);
    ~GroupWriter(); // runs what still waits, then joins the thread
    GroupWriter(GroupWriter const&) = delete;
    GroupWriter& operator=(GroupWriter const&) = delete;

    // Returns when `work` is durable or rethrows what it threw. Throws Overloaded when too many commands wait.
    // Calling it from inside a command is a bug. Thread-safe.
    void run(FunctionRef<void(Transaction&)> work, Company company);

    std::uint64_t commits() const { return commits_.load(std::memory_order_relaxed); }
    std::uint64_t commands() const { return commands_.load(std::memory_order_relaxed); }
    std::int64_t queue_length() const { return waiting_.load(std::memory_order_relaxed); }

private:
    class CommandTransaction;
    struct Command {
        FunctionRef<void(Transaction&)> work;
        Company company;
        std::exception_ptr failure = nullptr;
        std::atomic<int> done = 0;
    };

    void loop();
    Command* wait_for_first();
    Command* take_neighbour();
    Command* pop();
    void run_batch(Command& first);
    void run_command(Command& command);
    void attempt(Command& command);
    void close_batch();
    void finish_batch();

    WriterConnection& connection_;
    std::size_t const queue_max_;
    std::size_t const batch_max_;

    std::mutex mutex_; // guards queue_, idle_, stopping_
    std::condition_variable arrived_;
    std::deque<Command*> queue_;
    bool idle_ = false;
    bool stopping_ = false;

    // Of the writer's thread.
    std::vector<Command*> batch_;
    JournalRows journal_;

    std::atomic<std::uint64_t> commits_ = 0;
    std::atomic<std::uint64_t> commands_ = 0;
    std::atomic<std::int64_t> waiting_ = 0;
    std::thread thread_;
};

} // namespace sangu::db
