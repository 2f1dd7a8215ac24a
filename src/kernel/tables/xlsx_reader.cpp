#include "kernel/tables/xlsx_reader.h"

#include "base/text.h"
#include "base/time.h"
#include "kernel/tables/problem.h"
#include "kernel/tables/xlsx_parts.h"
#include "kernel/tables/xml.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace sangu::tables {
namespace {

constexpr double last_serial = 2'958'465; // 9999-12-31
constexpr int seconds_per_day = 86'400;

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string time_text(int seconds) {
    return two_digits(seconds / 3600) + ':' + two_digits(seconds / 60 % 60) + ':' + two_digits(seconds % 60);
}

// The 1900 calendar believes in 29 February 1900 (serial 60): days before it are one off.
Date date_of(int serial, bool counts_from_1904) {
    if (counts_from_1904) return *make_date(1904, 1, 1) + serial;
    return *make_date(1899, 12, 30) + (serial < 60 ? serial + 1 : serial);
}

std::string number_text(std::string const& raw, NumberKind kind, bool counts_from_1904) {
    auto const number = parse_real(raw);
    if (!number) return raw;
    bool const is_calendar = kind != NumberKind::number && *number >= 0 && *number < last_serial + 1;
    if (!is_calendar) return to_text(*number);
    auto const total = static_cast<std::int64_t>(std::llround(*number * seconds_per_day));
    int const seconds = static_cast<int>(total % seconds_per_day);
    int const serial = static_cast<int>(total / seconds_per_day);
    if (kind == NumberKind::time && serial == 0) return time_text(seconds);
    std::string const date = to_text(date_of(serial, counts_from_1904));
    return seconds == 0 ? date : date + 'T' + time_text(seconds);
}

// "AB12" → 27; nothing for what is not a cell reference.
std::optional<std::size_t> column_index(std::string_view reference) {
    std::size_t column = 0;
    std::size_t letters = 0;
    for (; letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z'; ++letters) {
        if (letters == 3) return {};
        column = column * 26 + static_cast<std::size_t>(reference[letters] - 'A') + 1;
    }
    if (letters == 0) return {};
    return column - 1;
}

class XlsxReader final : public Reader, private XmlEvents {
public:
    XlsxReader(std::unique_ptr<Zip> zip, Workbook workbook, Limits const& limits)
        : zip_{std::move(zip)}, workbook_{std::move(workbook)}, limits_{limits}, xml_{*zip_, *this} {}

    Result<bool> next(Row& row, std::int64_t& line) override {
        while (TRY(xml_.run())) {
            if (refused_) return wrong(refused_->key, refused_->line, refused_->column, refused_->arguments);
            while (!cells_.empty() && cells_.size() > width_ && cells_.back().empty()) cells_.pop_back();
            if (std::ranges::all_of(cells_, &std::string::empty)) continue;
            if (width_ == 0) width_ = cells_.size();
            if (cells_.size() > width_)
                return wrong("error.file.ragged", line_, static_cast<std::int64_t>(width_),
                             {std::to_string(cells_.size()), std::to_string(width_)});
            if (++rows_ > limits_.rows_max)
                return wrong("error.file.too_many_rows", line_, 0, {std::to_string(limits_.rows_max)});
            cells_.resize(width_);
            std::swap(row, cells_);
            line = line_;
            return true;
        }
        return false;
    }

private:
    void start(std::string_view name, Attributes attributes) override {
        if (name == "row") {
            begin_row(attributes["r"]);
        } else if (name == "c") {
            begin_cell(attributes);
        } else if (name == "rPh") {
            ++phonetic_;
        } else if (name == "v" || name == "t") {
            in_value_ = in_cell_ && phonetic_ == 0;
        }
    }

    void end(std::string_view name) override {
        in_value_ = false;
        if (name == "rPh") --phonetic_;
        if (name == "c" && in_cell_) end_cell();
        if (name == "row") xml_.pause();
    }

    void text(std::string_view piece) override {
        if (in_value_)
            value_ += piece.substr(0, limits_.cell_bytes_max + 1 - std::min(value_.size(), limits_.cell_bytes_max + 1));
    }

    void begin_row(std::string_view number) {
        auto const given = parse_integer(number);
        line_ = given && *given > line_ ? *given : line_ + 1;
        cells_.clear();
        next_column_ = 0;
    }

    void begin_cell(Attributes attributes) {
        column_ = column_index(attributes["r"]).value_or(next_column_);
        next_column_ = column_ + 1;
        in_cell_ = true;
        type_ = attributes["t"];
        style_ = static_cast<std::size_t>(parse_integer(attributes["s"]).value_or(0));
        value_.clear();
    }

    void end_cell() {
        in_cell_ = false;
        std::string text = cell_text();
        if (text.size() > limits_.cell_bytes_max)
            return refuse_cell("error.file.cell_too_long", {std::to_string(limits_.cell_bytes_max)});
        if (text.find('\0') != std::string::npos) return refuse_cell("error.file.nul", {});
        if (text.empty()) return;
        if (column_ >= static_cast<std::size_t>(limits_.columns_max))
            return refuse_cell("error.file.too_many_columns", {std::to_string(limits_.columns_max)});
        if (column_ >= cells_.size()) cells_.resize(column_ + 1);
        cells_[column_] = std::move(text);
    }

    std::string cell_text() {
        if (value_.empty()) return {};
        if (type_ == "s") {
            auto const index = parse_integer(value_);
            bool const exists = index && *index >= 0 && static_cast<std::size_t>(*index) < workbook_.strings.size();
            if (exists) return std::string{workbook_.strings.at(static_cast<std::size_t>(*index))};
            refuse_cell("error.file.xlsx_broken", {"sharedStrings"});
            return {};
        }
        if (type_ == "inlineStr" || type_ == "str") return unescaped(std::move(value_));
        if (type_ == "b") return value_ == "1" || value_ == "true" ? "true" : "false";
        if (type_ == "e" || type_ == "d") return std::move(value_);
        NumberKind const kind = style_ < workbook_.styles.size() ? workbook_.styles[style_] : NumberKind::number;
        return number_text(value_, kind, workbook_.counts_from_1904);
    }

    void refuse_cell(std::string_view key, std::vector<std::string> arguments) {
        if (!refused_)
            refused_ =
                Problem{"", std::string{key}, std::move(arguments), line_, static_cast<std::int64_t>(column_) + 1};
    }

    std::unique_ptr<Zip> zip_;
    Workbook workbook_;
    Limits limits_;
    Xml xml_;
    Row cells_;
    std::int64_t line_ = 0;
    std::int64_t rows_ = 0;
    std::size_t width_ = 0;
    std::size_t next_column_ = 0;
    std::optional<Problem> refused_;

    std::size_t column_ = 0; // of the current cell
    std::size_t style_ = 0;
    std::string type_;
    std::string value_;
    bool in_cell_ = false;
    bool in_value_ = false;
    int phonetic_ = 0;
};

} // namespace

Result<std::unique_ptr<Reader>> xlsx_reader(std::string const& path, Limits const& limits) {
    auto zip = TRY(Zip::open(path, limits));
    Workbook workbook = TRY(read_workbook(*zip, limits));
    if (!TRY(zip->begin(workbook.sheet))) return wrong("error.file.xlsx_no_sheet", 0, 0);
    return std::make_unique<XlsxReader>(std::move(zip), std::move(workbook), limits);
}

} // namespace sangu::tables
