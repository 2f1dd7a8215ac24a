#pragma once

// CSV and XLSX, streaming both ways with bounded memory. Input is hostile: every encoding Chinese offices
// produce is detected, everything else refused with line and column.

#include "base/function_ref.h"
#include "base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::tables {

enum class Format : std::uint8_t { csv, xlsx, json };

struct Limits {
    std::uint64_t file_bytes_max = 64u << 20;
    std::uint64_t unpacked_bytes_max = 512u << 20; // of an XLSX: zip bombs stop here
    double ratio_max = 200;                        // unpacked / packed of one entry above 1 MiB
    std::int64_t rows_max = 1'000'000;
    int columns_max = 200;
    std::size_t cell_bytes_max = 64 * 1024;
};

using Row = std::vector<std::string>;

// Gives rows one after the other. `line` counts lines (CSV: of the file where the row starts; XLSX: the row number).
class Reader {
public:
    virtual ~Reader() = default;
    // True and the row; false at the end; an Error with one Problem (line, column, key) when the file is wrong.
    virtual Result<bool> next(Row& row, std::int64_t& line) = 0;
};

// By content: "PK" is XLSX, anything else CSV (UTF-8 with or without BOM, UTF-16 LE/BE with BOM or recognised by its
// NUL bytes, GB18030; ',', ';' or tab as separator; RFC 4180 quoting, CRLF/LF/CR). `path` is a file on disk. Rows
// longer or shorter than the first one are refused ("error.file.ragged") except for missing trailing cells of XLSX;
// empty lines are skipped. A column of a Problem is the number of the cell in its row, from 1. XLSX: the first sheet,
// values as text: numbers as "1800", dates by their style as "2017-04-06" or "2017-04-06T08:30:00", times as
// "08:30:00", booleans as "true" and "false", formulas as the value they had when the file was saved.
Result<std::unique_ptr<Reader>> open(std::string const& path, Limits limits = {});
Result<std::unique_ptr<Reader>> open_text(std::string content, Limits limits = {}); // CSV already in memory

// Writing: rows go in, bytes come out through `sink` (CSV) or a temporary file (XLSX).
class Writer {
public:
    virtual ~Writer() = default;
    virtual void row(Row const& cells) = 0;
    virtual void finish() = 0;
};
// UTF-8 with BOM (so that spreadsheet programs read it), CRLF, RFC 4180; cells that a spreadsheet would run as a
// formula (=, +, -, @, also wide, tab, CR, LF at the start, unless a plain number) get a leading apostrophe, which
// reading takes away.
std::unique_ptr<Writer> csv_writer(std::function<void(std::string_view)> sink);
// libxlsxwriter in constant-memory mode; the finished file is at `path`. Text that reads back as the same number (up to
// 15 digits) is written as a number; text above 32,767 characters, which the format cannot hold, is shortened. Throws
// std::runtime_error when the file cannot be written or has more than 1,048,576 rows.
std::unique_ptr<Writer> xlsx_writer(std::string const& path, std::string_view sheet_name);

} // namespace sangu::tables
