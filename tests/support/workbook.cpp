#include "support/workbook.h"

#include "base/text.h"
#include "base/time.h"
#include "kernel/tables/tables.h"
#include "support/database.h"
#include "support/files.h"

#include <xlsxwriter.h>

#include <stdexcept>

namespace sangu::test {

void save_workbook(std::string const& path, std::vector<std::vector<std::string>> const& rows) {
    lxw_workbook* workbook = workbook_new(path.c_str());
    lxw_worksheet* sheet = workbook_add_worksheet(workbook, nullptr);
    lxw_format* date_format = workbook_add_format(workbook);
    format_set_num_format(date_format, "yyyy/m/d");
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t c = 0; c < rows[r].size(); ++c) {
            std::string const& cell = rows[r][c];
            auto const row = static_cast<lxw_row_t>(r);
            auto const column = static_cast<lxw_col_t>(c);
            if (parse_date(cell)) {
                lxw_datetime moment{.year = std::stoi(cell.substr(0, 4)),
                                    .month = std::stoi(cell.substr(5, 2)),
                                    .day = std::stoi(cell.substr(8, 2)),
                                    .hour = 0,
                                    .min = 0,
                                    .sec = 0};
                worksheet_write_datetime(sheet, row, column, &moment, date_format);
            } else if (auto const number = parse_integer(cell); number && cell.size() < 10)
                worksheet_write_number(sheet, row, column, static_cast<double>(*number), nullptr);
            else if (!cell.empty())
                worksheet_write_string(sheet, row, column, cell.c_str(), nullptr);
        }
    if (workbook_close(workbook) != LXW_NO_ERROR) throw std::runtime_error{"cannot write " + path};
}

std::vector<std::vector<std::string>> rows_of_file(std::string const& path) {
    auto const reader = tables::open(path);
    if (!reader) throw std::runtime_error{"cannot read " + path + ": " + reader.error().key};
    std::vector<std::vector<std::string>> rows;
    tables::Row row;
    for (std::int64_t line = 0; (*reader)->next(row, line).value_or(false);) rows.push_back(row);
    return rows;
}

std::vector<std::vector<std::string>> rows_of_bytes(std::string const& bytes) {
    TemporaryDirectory const directory;
    auto const path = directory.path() / "table";
    write_file(path, bytes);
    return rows_of_file(path.string());
}

http::Upload workbook_upload(std::vector<std::vector<std::string>> const& rows, std::string file_name) {
    TemporaryDirectory const directory;
    auto const path = directory.path() / "table.xlsx";
    save_workbook(path.string(), rows);
    http::Upload upload;
    upload.field = "file";
    upload.file_name = std::move(file_name);
    upload.data = read_file(path);
    upload.size = upload.data.size();
    return upload;
}

} // namespace sangu::test
