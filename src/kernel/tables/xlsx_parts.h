#pragma once

// The small parts of a workbook that stand before its cells: which sheet is the first, shared strings, date styles.

#include "kernel/tables/zip.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::tables {

// How numbers of a cell style are meant.
enum class NumberKind : std::uint8_t { number, date, time, date_and_time };

// Texts that cells name by index, in one block of memory.
class SharedStrings {
public:
    Result<void> add(std::string_view text);
    std::string_view at(std::size_t index) const;
    std::size_t size() const { return ends_.size(); }

private:
    std::string texts_;
    std::vector<std::uint32_t> ends_;
};

struct Workbook {
    std::string sheet;              // name of the entry
    bool counts_from_1904 = false;  // the old Macintosh calendar
    std::vector<NumberKind> styles; // by index of the cell format
    SharedStrings strings;
};

Result<Workbook> read_workbook(Zip& zip, Limits const& limits);

// Of a custom number format, such as yyyy"年"m"月"d"日".
NumberKind kind_of_format(std::string_view code);
// Of a built-in one (ECMA-376 part 1, 18.8.30, with the East Asian additions).
NumberKind kind_of_format(int id);
// "_x000D_" → CR, as ECMA-376 part 1, 22.9.2.19 writes what XML cannot carry.
std::string unescaped(std::string text);
// The character that an escape of that kind at this place stands for.
std::optional<char32_t> escape_at(std::string_view text, std::size_t at);
inline constexpr std::size_t escape_bytes = 7;

} // namespace sangu::tables
