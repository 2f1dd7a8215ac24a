#pragma once

// Contents in kernel_blob, shared by everything that refers to them by hash. Used by kernel/files only.

#include "kernel/db/db.h"
#include "kernel/http/message.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sangu::files {

struct Content {
    std::string head, sha256; // `head`: the first 8 KiB
    std::uint64_t size = 0;
};

// Reads the whole upload. Throws std::runtime_error when the spooled file is gone.
Content look_at(http::Upload const& upload);
// Stores the upload's bytes under their hash unless they are there.
void store_content(db::Transaction& transaction, http::Upload const& upload, std::string const& sha256);
// Deletes a content that nothing refers to.
void drop_unused_content(db::Transaction& transaction, std::string const& sha256);
// The last part of a path that a browser sent, without control characters, at most 200 characters; never empty.
std::string clean_name(std::string_view sent);

} // namespace sangu::files
