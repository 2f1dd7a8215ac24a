#pragma once

// The folders of indexes: one for each shape, with a mark when it is whole.

#include "modules/matching/record_index.h"

namespace sangu::matching {

// Which database an index is of: its first event.
std::string identity_of(db::Session& session);
// What the folders of indexes of this shape begin with.
std::string folder_name(search::Schema const& schema);
// An empty one.
Holding new_holding(std::filesystem::path const& folder);
// Says in the folder that everything has been taken in once, and of which shape and database it is.
void mark_whole(Holding const& holding, std::string_view identity);
// Nothing when the folder holds no whole index of this database, or a damaged one.
std::optional<Holding> open_holding(std::filesystem::path const& folder, std::string_view identity);
// Removes the indexes in `home` but for `kept`; what is still read stays readable.
void remove_others(std::filesystem::path const& home, std::filesystem::path const& kept);

} // namespace sangu::matching
