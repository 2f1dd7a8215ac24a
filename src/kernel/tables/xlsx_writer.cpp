#include "base/text.h"
#include "kernel/tables/tables.h"
#include "kernel/tables/xlsx_parts.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

namespace sangu::tables {
namespace {

constexpr std::size_t cell_characters_max = 32'767; // of the format
constexpr std::size_t name_characters_max = 31;
constexpr std::size_t exact_digits = 15; // a spreadsheet would round longer numbers, such as bank accounts

// Only numbers that read back as the same text: not "007", not "+1", not an account number of 19 digits.
std::optional<double> as_number(std::string const& cell) {
    if (cell.empty() || cell.size() > exact_digits + 2) return {};
    auto const number = parse_real(cell);
    auto const digits = std::ranges::count_if(cell, [](char c) { return c >= '0' && c <= '9'; });
    bool const is_exact = number && static_cast<std::size_t>(digits) <= exact_digits && to_text(*number) == cell;
    return is_exact ? number : std::nullopt;
}

// Text that looks like an escape would be read as one, and XML cannot carry U+FFFE and U+FFFF. The library escapes
// control characters itself.
std::string escaped(std::string const& text) {
    if (text.find("_x") == std::string::npos && text.find("\xef\xbf") == std::string::npos) return text;
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::string_view const character = std::string_view{text}.substr(at, 3);
        if (character == "\xef\xbf\xbe" || character == "\xef\xbf\xbf") {
            result += character == "\xef\xbf\xbe" ? "_xFFFE_" : "_xFFFF_";
            at += 2;
        } else {
            if (escape_at(text, at)) result += "_x005F";
            result += text[at];
        }
    }
    return result;
}

// Excel refuses these in the name of a sheet.
std::string sheet_name_of(std::string_view wanted) {
    std::string name = shorten(wanted, name_characters_max - 1);
    for (char& c : name)
        if (std::string_view{"[]:*?/\\'"}.find(c) != std::string_view::npos) c = ' ';
    return name;
}

class XlsxWriter final : public Writer {
public:
    XlsxWriter(std::string const& path, std::string_view sheet_name) {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        workbook_ = workbook_new_opt(path.c_str(), &options);
        if (workbook_) {
            std::string const name = sheet_name_of(sheet_name);
            sheet_ = workbook_add_worksheet(workbook_, name.empty() ? nullptr : name.c_str());
        }
        if (!sheet_) throw std::runtime_error{"cannot begin the workbook " + path};
    }
    ~XlsxWriter() override {
        if (workbook_) workbook_close(workbook_);
    }
    XlsxWriter(XlsxWriter const&) = delete;
    XlsxWriter& operator=(XlsxWriter const&) = delete;

    void row(Row const& cells) override {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            auto const column = static_cast<lxw_col_t>(i);
            if (cells[i].empty()) continue;
            if (auto const number = as_number(cells[i])) {
                check(worksheet_write_number(sheet_, row_, column, *number, nullptr));
            } else {
                bool const is_long = count_characters(cells[i]) > cell_characters_max;
                std::string const text = is_long ? shorten(cells[i], cell_characters_max - 1) : cells[i];
                check(worksheet_write_string(sheet_, row_, column, escaped(text).c_str(), nullptr));
            }
        }
        ++row_;
    }
    void finish() override { check(workbook_close(std::exchange(workbook_, nullptr))); }

private:
    static void check(lxw_error error) {
        if (error != LXW_NO_ERROR) throw std::runtime_error{std::string{"writing a workbook: "} + lxw_strerror(error)};
    }

    lxw_workbook* workbook_ = nullptr;
    lxw_worksheet* sheet_ = nullptr;
    lxw_row_t row_ = 0;
};

} // namespace

std::unique_ptr<Writer> xlsx_writer(std::string const& path, std::string_view sheet_name) {
    return std::make_unique<XlsxWriter>(path, sheet_name);
}

} // namespace sangu::tables
