#pragma once

// How records come into an index: those that events name, those whose version moved, or all of them.

#include "modules/matching/record_index.h"

#include <functional>

namespace sangu::matching {

// Reads the records `ids` of a source again and replaces what the index holds of them; those that are not to be found
// any more vanish.
void refresh(Services& services, db::Session& session, Holding& holding, Searchable const& source,
             std::span<std::string const> ids);
// Compares the versions of all records of a source with what was taken in and refreshes the difference. `done` is told
// how many were looked at and may stop it by false.
void compare(Services& services, Holding& holding, Searchable const& source,
             std::function<bool(std::int64_t)> const& done);
// Takes in a piece of the feed after the index's position, at most up to `head`; false when there is nothing left.
bool take_events(Services& services, Holding& holding, std::vector<Searchable> const& sources, std::int64_t head);
std::int64_t count_records(Services& services, std::vector<Searchable> const& sources);

} // namespace sangu::matching
