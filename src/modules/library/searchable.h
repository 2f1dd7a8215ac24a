#pragma once

// Published entries as whoever searches may find them: one layer of words for each layer of disclosure, by the rule of
// layer_of().

#include "kernel/searchable.h"

namespace sangu::library {

std::vector<Searchable> searchable_entries(Services const& services);
// The keys under which an actor reads: as a member, as somebody with a consent, as an owner, as an officer.
std::vector<std::string> search_keys(Context& context);

} // namespace sangu::library
