#include "kernel/tables/guard.h"
#include "kernel/tables/tables.h"

namespace sangu::tables {
namespace {

constexpr std::size_t flushed_bytes = 64 * 1024;

bool needs_quotes(std::string_view cell) {
    return cell.find_first_of(",;\t\"\r\n") != std::string_view::npos || cell.starts_with(' ') || cell.ends_with(' ');
}

class CsvWriter final : public Writer {
public:
    explicit CsvWriter(std::function<void(std::string_view)> sink) : sink_{std::move(sink)}, text_{"\xef\xbb\xbf"} {}

    void row(Row const& cells) override {
        bool const is_blank = cells.size() == 1 && cells[0].empty(); // would read as an empty line
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) text_ += ',';
            cell(cells[i], is_blank);
        }
        text_ += "\r\n";
        if (text_.size() >= flushed_bytes) flush();
    }
    void finish() override { flush(); }

private:
    void cell(std::string_view cell, bool is_blank) {
        bool const is_guarded = needs_guard(cell);
        bool const is_quoted = is_blank || needs_quotes(cell);
        if (is_quoted) text_ += '"';
        if (is_guarded) text_ += '\'';
        for (char const c : cell) {
            if (c == '"' && is_quoted) text_ += '"';
            if (c != '\0') text_ += c;
        }
        if (is_quoted) text_ += '"';
    }
    void flush() {
        if (!text_.empty()) sink_(text_);
        text_.clear();
    }

    std::function<void(std::string_view)> sink_;
    std::string text_;
};

} // namespace

std::unique_ptr<Writer> csv_writer(std::function<void(std::string_view)> sink) {
    return std::make_unique<CsvWriter>(std::move(sink));
}

} // namespace sangu::tables
