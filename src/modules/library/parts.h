#pragma once

// Larger parts that more than one page shows.

#include "kernel/html/html.h"
#include "modules/library/page_parts.h"

namespace sangu::library {

void rows_table(html::Out& out, Context const& context, Kind const& kind, std::span<entity::AnyObject const> rows);

// schema.org JSON-LD of an entry, with what the layer shows.
std::string structured_data(Context const& context, Kind const& kind, Entry const& entry, Layer layer,
                            std::string_view owner);

// JSON-LD as a data block: nothing that would run, so the content security policy lets it stand.
void linked_data(html::Out& out, std::string_view json);

} // namespace sangu::library
