#pragma once

// Secrets at rest: what is sealed in the database, with which key of the key file, and how keys are changed.

#include "kernel/auth/key_ring.h"
#include "kernel/config/settings.h"
#include "kernel/context.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::auth {

// The option key_file; empty: beside an SQLite database ("sangu.db" → "sangu.key"), else "var/sangu.key".
std::string key_file_of(config::Settings const& settings);

// At the start of a server: makes the key file when the database has sealed nothing yet, notes its keys in the
// database and seals what an earlier version stored in plain. Throws std::runtime_error when the database names a key
// that the file does not hold: copy the file of the server that made it, or `sangu key replace-lost`.
void prepare_keys(Services& services);

std::string seal_secret(Services& services, std::string_view secret, std::string_view account_id);
// Nothing when its key is not here or it was changed. A key that another server has added is read again.
std::optional<std::string> open_secret(Services& services, std::string_view sealed, std::string_view account_id);

struct KeyState {
    std::string file;
    bool exists = false, readable = false, is_private = false; // private: nobody but its owner may read it
    std::string problem;                                       // why it is not readable
    std::vector<std::string> ids;                              // in the file, newest last
    std::vector<std::string> missing;                          // named by the database, not in the file
    std::int64_t sealed = 0, with_newest = 0, plain = 0;       // secrets
};
KeyState look_at_keys(db::Session& session, config::Settings const& settings);

// A new key seals every secret again, in one transaction; older keys stay in the file for older backups. Gives how many
// secrets were sealed. Refuses "auth.keys.damaged" when one of them cannot be opened.
Result<std::int64_t> rotate_keys(db::Database& database, config::Settings const& settings, Instant now);
// When the key file is lost: a new one, and second factors sealed with a lost key are reset, so that those people set
// up theirs anew. Gives how many.
Result<std::int64_t> replace_lost_keys(db::Database& database, config::Settings const& settings, Instant now);

} // namespace sangu::auth
