#pragma once

// Logs whose rows are numbered without gaps in the order of commits, such as the change feed and the audit chain.
// A command hands in a row without its number; when the batch ends the writer reads the journal's head once, links
// the rows of the commands that succeeded one to the other, and stores them together. So a number is never lost
// with a command that fails, a chain cannot fork, and a batch pays once for what each row would pay alone.

#include "kernel/db/db.h"

#include <exception>

namespace sangu::db {

// A description with static lifetime.
struct Journal {
    std::string_view table;                    // "kernel_audit"
    std::span<std::string_view const> columns; // of a row, in its order
    std::string_view head;                     // table of one row with id = 1: what the last row left for the next
    std::span<std::string_view const> links;   // its columns
    // Completes `row` by `head`, and makes `head` what this row leaves.
    void (*link)(std::vector<Value>& row, std::vector<Value>& head) = nullptr;
};

// Stores `rows` in few statements.
void insert_rows(Transaction& transaction, std::string_view table, std::span<std::string_view const> columns,
                 std::span<std::vector<Value> const> rows);

// The rows that wait for the end of a batch. Used by the writer's thread.
class JournalRows {
public:
    // A row of the command whose failure would be found in `*failure`. Throws Fault for text that cannot be stored.
    void add(Journal const& journal, std::exception_ptr const* failure, std::vector<Value> row);
    // Stores the rows of commands that have not failed, and forgets all.
    void write(Transaction& transaction);
    void clear() { rows_.clear(); }
    std::size_t size() const { return rows_.size(); }
    // A row is there whose command has not failed so far.
    bool has_rows() const;

private:
    struct Row {
        Journal const* journal;
        std::exception_ptr const* failure;
        std::vector<Value> values;
    };
    void drop_failed();

    std::vector<Row> rows_; // in the order of their commands
};

} // namespace sangu::db
