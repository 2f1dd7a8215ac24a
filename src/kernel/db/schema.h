#pragma once

// The tables of a database as it is, read from its catalogue, for code that treats all of them alike: moving,
// comparing.

#include "kernel/db/db.h"

#include <string>
#include <vector>

namespace sangu::db {

struct Column {
    std::string name;
    std::string
        type; // in the words of the dialect, lower case: "boolean", "timestamp with time zone"; "integer", "text"
};

struct Table {
    std::string name;
    std::vector<Column> columns;
    std::vector<std::string> key;        // columns of the primary key, in its order
    std::vector<std::string> references; // names of other tables that rows here point to
};

// Every table of the current schema, each after those it references. Throws Fault when references go in a circle.
std::vector<Table> tables_of(Session& session);

// The columns of every unique constraint and index of a table, the primary key among them; conditional and
// expression indexes are left out.
std::vector<std::vector<std::string>> unique_keys_of(Session& session, std::string_view table);

// A foreign key of one column.
struct ForeignKey {
    std::string table, column, target;
};
std::vector<ForeignKey> foreign_keys_to(Session& session, std::string_view target);

// All rows of a table in the order of its key, texts by their bytes, so that both kinds of database give the same
// order. Holds a hundred rows in memory at a time. Throws Fault when the table has no primary key.
class RowsByKey {
public:
    // Reads the columns of `table`; the session must stay in one snapshot or transaction.
    RowsByKey(Session& session, Table const& table);

    // The next row; false at the end.
    bool next(std::vector<Value>& row);

private:
    void fetch();

    Session& session_;
    Table const& table_;
    std::string first_sql_, next_sql_;
    std::vector<std::size_t> key_places_; // of the key's columns among the columns
    std::vector<Value> last_key_;
    std::vector<std::vector<Value>> portion_;
    std::size_t read_ = 0;
    bool is_begun_ = false, is_over_ = false;
};

// `name` as an identifier in SQL text.
std::string quoted(std::string_view name);

} // namespace sangu::db
