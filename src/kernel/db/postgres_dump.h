#pragma once

// A consistent copy of a PostgreSQL database by pg_dump.

#include <string>

namespace sangu::db {

// Runs `pg_dump --format=custom` into `path` on an exported snapshot. The password travels in the environment, where
// other users cannot read it. Throws Fault.
void dump_postgres(std::string const& url, std::string const& path, std::string const& snapshot);
// Plays such a file into the empty database of the URL, all or nothing (pg_restore). Throws Fault.
void restore_postgres(std::string const& url, std::string const& path);

} // namespace sangu::db
