#pragma once

// Files that were checked and wait to be imported, so that nobody uploads them twice: kept for one hour, one for each
// account and purpose, given back to that account only.

#include "base/time.h"
#include "kernel/db/db.h"
#include "kernel/http/message.h"
#include "kernel/http/temporary_file.h"

#include <memory>
#include <string>
#include <string_view>

namespace sangu::files {

struct KeptUpload {
    std::string sha256, file_name;
};

// Keeps the upload instead of an earlier one of the account for `purpose` (the path of the page); gives the token that
// names it, which is stored as a hash only.
std::string keep_upload(db::Database& database, std::string_view account_id, std::string_view purpose, Instant now,
                        http::Upload const& upload);
// Refuses "error.kept_upload.gone" for another account, another purpose or after an hour.
Result<KeptUpload> find_kept_upload(db::Session& session, std::string_view token, std::string_view account_id,
                                    std::string_view purpose, Instant now);
std::unique_ptr<http::TemporaryFile> file_of(db::Database& database, KeptUpload const& kept);
// After the import of the file.
void forget_kept_upload(db::Transaction& transaction, std::string_view token);
void forget_old_uploads(db::Transaction& transaction, Instant now);

} // namespace sangu::files
