#pragma once

// Importing rights from table files through a mapping.

#include "kernel/resource/import_report.h"
#include "modules/rights/mapping.h"
#include "modules/rights/service.h"

#include <string>
#include <string_view>

namespace sangu::rights {

enum class ImportMode : std::uint8_t {
    check,     // nothing is stored
    store_all, // everything or nothing
    store_good // rows with mistakes are left out and reported
};

struct RightsReport : resource::ImportReport {
    std::int64_t left_out = 0;
};

inline constexpr std::size_t reported_max = 2'000;

// Reads a CSV or XLSX file. `mapping` is the code of a stored mapping; empty: the columns have our field names. A row
// whose number is in the register changes that right; the same number twice in one file is a mistake.
Result<RightsReport> import_rights(Context& context, std::string const& path, std::string_view mapping,
                                   ImportMode mode);

// Columns that a file without mapping may have.
std::vector<std::string> import_columns();

} // namespace sangu::rights
