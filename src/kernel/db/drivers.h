#pragma once

// The two drivers behind db::open.

#include "kernel/db/db.h"

namespace sangu::db {

// Opens (and creates) the SQLite file `path`. Throws Fault.
std::unique_ptr<Database> open_sqlite(Options const& options, std::string const& path);
// Connects by options.url, a libpq URI. Throws Fault.
std::unique_ptr<Database> open_postgres(Options const& options);

} // namespace sangu::db
