#pragma once

// Larger parts that more than one page shows.

#include "kernel/html/html.h"
#include "modules/library/page_parts.h"

namespace sangu::library {

// With the columns that are filled in. `captioned`: the heading above does not name it already.
void rows_table(html::Out& out, Context& context, Rows const& list, std::span<entity::AnyObject const> rows,
                bool captioned = true);

// schema.org JSON-LD of an entry, with what the layer shows.
std::string structured_data(Context const& context, Kind const& kind, Entry const& entry, Layer layer,
                            std::string_view owner);

// JSON-LD as a data block: nothing that would run, so the content security policy lets it stand.
void linked_data(html::Out& out, std::string_view json);

} // namespace sangu::library
