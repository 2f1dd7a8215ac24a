#pragma once

// A workbook as a spreadsheet program saves it: shared strings, numbers as numbers, dates as numbers with a date format.

#include "kernel/http/message.h"

#include <string>
#include <vector>

namespace sangu::test {

// Cells that look like a date ("2019-12-31") become dates, whole numbers become numbers; everything else is text.
void save_workbook(std::string const& path, std::vector<std::vector<std::string>> const& rows);
// The rows of a downloaded or saved table file.
std::vector<std::vector<std::string>> rows_of_file(std::string const& path);
std::vector<std::vector<std::string>> rows_of_bytes(std::string const& bytes);
http::Upload workbook_upload(std::vector<std::vector<std::string>> const& rows, std::string file_name);

} // namespace sangu::test
