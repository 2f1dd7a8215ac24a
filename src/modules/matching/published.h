#pragma once

// Public lists (kernel/resource) as sources of records: found by everybody, by what everybody may read.

#include "kernel/searchable.h"

namespace sangu::matching {

// Everything there is to find: what modules offer, then the public lists they do not cover.
std::vector<Searchable> all_searchable(Services const& services);
// The keys of a reader, "public" first.
std::vector<std::string> reader_keys(Context& context);

} // namespace sangu::matching
