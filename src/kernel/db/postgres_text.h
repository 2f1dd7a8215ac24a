#pragma once

// The texts PostgreSQL's client protocol wants and gives.

#include "kernel/db/db.h"

#include <libpq-fe.h>

#include <array>

namespace sangu::db {

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ClearResult>;

// "?" outside of literals and comments becomes "$1", "$2" …
std::string number_marks(std::string_view sql);

// Parameters as libpq wants them. `values` must outlive it. Throws Fault for text with a zero byte.
class PostgresParameters {
public:
    explicit PostgresParameters(Parameters values);

    int count() const { return static_cast<int>(texts_.size()); }
    char const* const* texts() const { return texts_.data(); }
    int const* lengths() const { return lengths_.data(); }
    int const* formats() const { return formats_.data(); }

private:
    std::vector<char const*> texts_;
    std::vector<int> lengths_, formats_;
    std::vector<std::array<char, 32>> numbers_;
};

// One value in the form of COPY's text format, appended to `out`.
void append_copy_text(std::string& out, Value const& value);

// A row of a result in text format.
class PostgresRow final : public Row {
public:
    explicit PostgresRow(PGresult const* result);

    void select(int row) { row_ = row; }
    int columns() const override;
    bool is_null(int column) const override;
    bool boolean(int column) const override { return integer(column) != 0; }
    std::int64_t integer(int column) const override;
    double real(int column) const override;
    std::string_view text(int column) const override;
    Value value(int column) const override;

private:
    std::string_view raw(int column) const;

    PGresult const* result_;
    int row_ = 0;
    mutable std::vector<std::string> converted_; // by column: instants and bytes in our form
};

// Begins the text with which PostgresWriter::send_one makes a statement fail; what follows is its `otherwise`.
inline constexpr std::string_view one_row_mark = "sangu one row: ";

// Throws what the error result means: ConstraintViolation, StorageFull or Fault.
[[noreturn]] void raise_postgres(PGresult const* result, std::string_view sql);

} // namespace sangu::db
