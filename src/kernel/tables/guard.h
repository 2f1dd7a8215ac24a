#pragma once

// Cells that a spreadsheet program would run as a formula carry a leading apostrophe in CSV (OWASP "CSV injection").

#include <string_view>

namespace sangu::tables {

// True when writing must add an apostrophe: apostrophes (or none) followed by =, +, -, @, tab or CR, unless the cell is
// a plain number. Apostrophes in front count too, so that taking one away when reading gives back what was written.
bool needs_guard(std::string_view cell);
// True when reading must take the first apostrophe away.
bool has_guard(std::string_view cell);

} // namespace sangu::tables
