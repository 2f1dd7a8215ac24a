#pragma once

// Playing a copy made by Database::backup_to into another place.

#include <string>

namespace sangu::db {

// `url`: "sqlite:<path>" of a file that does not exist yet, or the URL of an empty PostgreSQL database (pg_restore).
// Throws Fault.
void restore_copy(std::string const& file, std::string const& url);

} // namespace sangu::db
