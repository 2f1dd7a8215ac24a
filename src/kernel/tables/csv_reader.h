#pragma once

#include "kernel/tables/tables.h"
#include "kernel/tables/text_source.h"

namespace sangu::tables {

std::unique_ptr<Reader> csv_reader(std::unique_ptr<TextSource> source, Limits const& limits);

} // namespace sangu::tables
