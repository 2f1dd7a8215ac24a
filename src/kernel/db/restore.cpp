#include "kernel/db/restore.h"

#include "kernel/db/db.h"
#include "kernel/db/postgres_dump.h"

#include <filesystem>

namespace sangu::db {

void restore_copy(std::string const& file, std::string const& url) {
    constexpr std::string_view sqlite = "sqlite:";
    if (!url.starts_with(sqlite)) return restore_postgres(url, file);
    std::filesystem::path const target = url.substr(sqlite.size());
    std::error_code failed;
    if (std::filesystem::exists(target)) throw Fault{target.string() + " exists already"};
    if (target.has_parent_path()) std::filesystem::create_directories(target.parent_path());
    std::filesystem::copy_file(file, target, failed);
    if (failed) throw Fault{"cannot copy the backup: " + failed.message()};
    std::filesystem::permissions(target, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

} // namespace sangu::db
