#pragma once

// Who sees how much of an entry. Pure: no clock, no database.

#include "modules/library/entities.h"

namespace sangu::library {

struct Viewer {
    bool member = false;         // signed in and allowed to read abstracts
    bool owner = false;          // the account or one of its organisation
    bool officer = false;        // reviews entries in a scope that covers this one
    Layer granted = Layer::none; // by the owner's consent or a signed undertaking
};

// The layer of an entry for a viewer; the only place where this is decided.
Layer layer_of(Entry const& entry, Viewer const& viewer);

// The same rule for the abstract of published entries, in SQL over the alias "e": what a search may look into.
std::string_view searchable_abstracts(bool member);

// Shown on public lists, in feeds and in the sitemap.
inline bool is_public(EntryState state) { return state == EntryState::published; }
// Has a page of its own for everybody: an entry that ended keeps its address.
inline bool has_public_page(EntryState state) { return is_public(state) || state == EntryState::ended; }

} // namespace sangu::library
