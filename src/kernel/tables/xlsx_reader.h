#pragma once

#include "kernel/tables/tables.h"

namespace sangu::tables {

// The first worksheet of the workbook at `path`.
Result<std::unique_ptr<Reader>> xlsx_reader(std::string const& path, Limits const& limits);

} // namespace sangu::tables
