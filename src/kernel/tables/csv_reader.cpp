#include "kernel/tables/csv_reader.h"

#include "kernel/tables/guard.h"
#include "kernel/tables/problem.h"

#include <algorithm>
#include <array>

namespace sangu::tables {
namespace {

// Where a cell ends.
enum class End : std::uint8_t { separator, line, file };

// The candidate that stands most often outside quotes in the first line; comma when none does.
char separator_of(std::string_view start) {
    constexpr std::string_view candidates = ",;\t";
    std::array<int, candidates.size()> counts{};
    bool quoted = false;
    for (char const c : start) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n' || c == '\r') break;
        if (std::size_t const which = candidates.find(c); which != std::string_view::npos) ++counts[which];
    }
    return candidates[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

class CsvReader final : public Reader {
public:
    CsvReader(std::unique_ptr<TextSource> source, Limits const& limits) : source_{std::move(source)}, limits_{limits} {}

    Result<bool> next(Row& row, std::int64_t& line) override {
        if (!started_) start();
        for (;;) {
            if (!has_more() && !source_->is_bad()) return false;
            line = line_;
            bool const is_blank = TRY(read_row(row));
            if (is_blank) continue;
            TRY_VOID(check(row, line));
            return true;
        }
    }

private:
    void start() {
        started_ = true;
        has_more();
        separator_ = separator_of({at_, end_});
        for (char const c : {separator_, '\r', '\n', '"', '\0'}) ends_plain_[static_cast<unsigned char>(c)] = true;
        for (char const c : {'\r', '\n', '"', '\0'}) ends_quoted_[static_cast<unsigned char>(c)] = true;
    }

    bool has_more() {
        if (at_ != end_) return true;
        std::string_view const piece = source_->next();
        at_ = piece.data();
        end_ = at_ + piece.size();
        return !piece.empty();
    }

    // True for a line without anything in it.
    Result<bool> read_row(Row& row) {
        std::size_t count = 0;
        quoted_ = false;
        for (;;) {
            if (count == static_cast<std::size_t>(limits_.columns_max))
                return wrong("error.file.too_many_columns", line_, column_of(count),
                             {std::to_string(limits_.columns_max)});
            if (count == row.size()) row.emplace_back();
            std::string& cell = row[count];
            cell.clear();
            End const end = TRY(read_cell(cell, column_of(count++)));
            if (end == End::separator) continue;
            row.resize(count);
            return count == 1 && cell.empty() && !quoted_;
        }
    }

    Result<void> check(Row const& row, std::int64_t line) {
        if (width_ == 0) width_ = row.size();
        if (row.size() != width_)
            return wrong("error.file.ragged", line, static_cast<std::int64_t>(std::min(row.size(), width_)),
                         {std::to_string(row.size()), std::to_string(width_)});
        if (++rows_ > limits_.rows_max)
            return wrong("error.file.too_many_rows", line, 0, {std::to_string(limits_.rows_max)});
        return {};
    }

    Result<End> read_cell(std::string& cell, std::int64_t column) {
        if (has_more() && *at_ == '"') {
            quoted_ = true;
            ++at_;
            TRY_VOID(read_quoted(cell, column));
        } else {
            TRY_VOID(read_plain(cell, column));
        }
        if (has_guard(cell)) cell.erase(0, 1);
        return read_end(column);
    }

    // Up to a separator, a line end or the end of the file, which stay unread. A quote inside is an ordinary character.
    Result<void> read_plain(std::string& cell, std::int64_t column) {
        while (has_more()) {
            char const* const start = at_;
            while (at_ != end_ && !ends_plain_[static_cast<unsigned char>(*at_)]) ++at_;
            bool const is_quote = at_ != end_ && *at_ == '"';
            at_ += is_quote;
            TRY_VOID(append(cell, start, column));
            if (at_ != end_ && !is_quote) return {};
        }
        return {};
    }

    Result<void> read_quoted(std::string& cell, std::int64_t column) {
        std::int64_t const opened_at = line_;
        while (has_more()) {
            char const* const start = at_;
            while (at_ != end_ && !ends_quoted_[static_cast<unsigned char>(*at_)]) ++at_;
            TRY_VOID(append(cell, start, column));
            if (at_ == end_) continue;
            char const c = *at_;
            if (c == '\0') return wrong("error.file.nul", line_, column);
            ++at_;
            cell += c;
            if (c == '"') {
                if (!has_more() || *at_ != '"') return cell.pop_back(), Result<void>{};
                ++at_;
            } else if (c == '\n' || !has_more() || *at_ != '\n') {
                ++line_; // CR LF counts at its LF
            }
        }
        if (source_->is_bad()) return wrong("error.file.bad_bytes", line_, column);
        return wrong("error.file.unclosed_quote", opened_at, column);
    }

    Result<End> read_end(std::int64_t column) {
        if (!has_more()) {
            if (source_->is_bad()) return wrong("error.file.bad_bytes", line_, column);
            return End::file;
        }
        char const c = *at_;
        if (c == '\0') return wrong("error.file.nul", line_, column);
        if (c != separator_ && c != '\r' && c != '\n') return wrong("error.file.after_quote", line_, column);
        ++at_;
        if (c == separator_) return End::separator;
        if (c == '\r' && has_more() && *at_ == '\n') ++at_;
        ++line_;
        return End::line;
    }

    Result<void> append(std::string& cell, char const* start, std::int64_t column) const {
        cell.append(start, at_);
        if (cell.size() > limits_.cell_bytes_max)
            return wrong("error.file.cell_too_long", line_, column, {std::to_string(limits_.cell_bytes_max)});
        return {};
    }

    static std::int64_t column_of(std::size_t index) { return static_cast<std::int64_t>(index) + 1; }

    std::unique_ptr<TextSource> source_;
    Limits limits_;
    char const* at_ = nullptr;
    char const* end_ = nullptr;
    char separator_ = ',';
    std::array<bool, 256> ends_plain_{};
    std::array<bool, 256> ends_quoted_{};
    bool started_ = false;
    bool quoted_ = false; // this row has a cell in quotes
    std::size_t width_ = 0;
    std::int64_t line_ = 1;
    std::int64_t rows_ = 0;
};

} // namespace

std::unique_ptr<Reader> csv_reader(std::unique_ptr<TextSource> source, Limits const& limits) {
    return std::make_unique<CsvReader>(std::move(source), limits);
}

} // namespace sangu::tables
