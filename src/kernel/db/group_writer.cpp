#include "kernel/db/group_writer.h"

#include "base/blocking.h"

#include <algorithm>
#include <chrono>

namespace sangu::db {

using State = WriterConnection::State;

// What a command sees of the writer.
class GroupWriter::CommandTransaction final : public Transaction {
public:
    CommandTransaction(WriterConnection& connection, JournalRows& journal, std::exception_ptr const* failure,
                       Company company)
        : connection_{connection}, journal_{journal}, failure_{failure}, company_{company} {}

    using Session::execute;
    using Session::query;
    using Transaction::send;
    using Transaction::send_one;
    Dialect dialect() const override { return connection_.session().dialect(); }
    void query(std::string_view sql, Parameters parameters, FunctionRef<void(Row const&)> each) override {
        connection_.session().query(sql, parameters, each);
    }
    std::int64_t execute(std::string_view sql, Parameters parameters) override {
        return connection_.session().execute(sql, parameters);
    }
    void send(std::string_view sql, Parameters parameters) override { connection_.send(sql, parameters); }
    void send_one(std::string_view sql, Parameters parameters, std::string_view otherwise) override {
        connection_.send_one(sql, parameters, otherwise);
    }
    void settle() override { connection_.settle(); }
    // The rows of a bulk command do not all wait in memory: it has no neighbours whose rows would come first.
    void append(Journal const& journal, std::vector<Value> row) override {
        constexpr std::size_t kept_max = 256;
        journal_.add(journal, failure_, std::move(row));
        if (company_ == Company::alone && journal_.size() >= kept_max) journal_.write(*this);
    }

private:
    WriterConnection& connection_;
    JournalRows& journal_;
    std::exception_ptr const* failure_;
    Company company_;
};

GroupWriter::GroupWriter(WriterConnection& connection, Options const& options)
    : connection_{connection}, queue_max_{static_cast<std::size_t>(options.queue_max)},
      batch_max_{static_cast<std::size_t>(options.batch_max)}, thread_{[this] { loop(); }} {}

GroupWriter::~GroupWriter() {
    {
        std::lock_guard const lock{mutex_};
        stopping_ = true;
    }
    arrived_.notify_one();
    thread_.join();
}

void GroupWriter::run(FunctionRef<void(Transaction&)> work, Company company) {
    SANGU_ASSERT(std::this_thread::get_id() != thread_.get_id());
    Command command{work, company};
    bool wake = false;
    {
        std::lock_guard const lock{mutex_};
        if (queue_.size() >= queue_max_) throw Overloaded{"too many writes wait"};
        queue_.push_back(&command);
        waiting_.fetch_add(1, std::memory_order_relaxed);
        wake = std::exchange(idle_, false);
    }
    if (wake) arrived_.notify_one();
    {
        Blocking const blocking;
        command.done.wait(0, std::memory_order_acquire);
    }
    if (command.failure) std::rethrow_exception(std::move(command.failure));
}

GroupWriter::Command* GroupWriter::pop() {
    auto* const command = queue_.front();
    queue_.pop_front();
    waiting_.fetch_sub(1, std::memory_order_relaxed);
    return command;
}

GroupWriter::Command* GroupWriter::wait_for_first() {
    std::unique_lock lock{mutex_};
    while (queue_.empty()) {
        if (stopping_) return nullptr;
        idle_ = true;
        arrived_.wait(lock);
    }
    idle_ = false;
    return pop();
}

GroupWriter::Command* GroupWriter::take_neighbour() {
    std::lock_guard const lock{mutex_};
    if (queue_.empty() || queue_.front()->company == Company::alone) return nullptr;
    return pop();
}

void GroupWriter::loop() {
    while (auto* const first = wait_for_first()) {
        batch_.clear();
        journal_.clear();
        try {
            run_batch(*first);
        } catch (...) {
            connection_.rollback();
            for (auto* const command : batch_)
                if (!command->failure) command->failure = std::current_exception();
        }
        finish_batch();
        connection_.after_commit();
    }
}

void GroupWriter::run_batch(Command& first) {
    // Commands that arrive while the batch runs join it, but those already in it must not wait for ever.
    auto const latest = std::chrono::steady_clock::now() + std::chrono::milliseconds{10};
    for (auto* command = &first; command != nullptr;) {
        batch_.push_back(command);
        run_command(*command);
        bool const full = first.company == Company::alone || batch_.size() >= batch_max_;
        command = full || std::chrono::steady_clock::now() >= latest ? nullptr : take_neighbour();
    }
    close_batch();
    auto const effective = std::ranges::count_if(batch_, [](Command const* command) { return !command->failure; });
    if (effective == 0) return;
    commits_.fetch_add(1, std::memory_order_relaxed);
    commands_.fetch_add(static_cast<std::uint64_t>(effective), std::memory_order_relaxed);
}

void GroupWriter::run_command(Command& command) {
    connection_.start(&command.failure);
    try {
        attempt(command);
        connection_.finish();
    } catch (StorageFull const&) {
        throw; // nothing of this batch can become durable
    } catch (...) {
        if (connection_.state() == State::none) throw;
        command.failure = std::current_exception();
        connection_.undo();
    }
}

void GroupWriter::attempt(Command& command) {
    CommandTransaction transaction{connection_, journal_, &command.failure, command.company};
    command.work(transaction);
    if (connection_.state() != State::open) throw Fault{"a write command went on after a statement had failed"};
}

void GroupWriter::close_batch() {
    if (journal_.has_rows()) {
        connection_.start(nullptr);
        CommandTransaction transaction{connection_, journal_, nullptr, Company::neighbours};
        journal_.write(transaction);
    }
    try {
        connection_.commit();
    } catch (ConstraintViolation const& violation) { // of no command's own
        throw Fault{std::string{"the commit failed: "} + violation.what()};
    }
}

void GroupWriter::finish_batch() {
    for (auto* const command : batch_) {
        // The caller may return, and its command vanish, between the store and the wake: only its address is
        // used then, which a futex allows.
        auto& done = command->done;
        done.store(1, std::memory_order_release);
        done.notify_one();
    }
}

} // namespace sangu::db
