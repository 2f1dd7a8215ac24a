#include "kernel/backup/backup.h"
#include "kernel/backup/contents.h"
#include "kernel/hash/sha256.h"
#include "kernel/version.h"

#include <filesystem>
#include <fstream>

namespace sangu::backup {

namespace {

// Beside the target first, so that a folder with a manifest is always a finished backup.
void write_file(std::filesystem::path const& path, std::string_view text) {
    auto const part = path.string() + ".part";
    std::ofstream out{part, std::ios::binary};
    out << text << '\n';
    out.close();
    if (!out) throw db::StorageFull{"cannot write " + part};
    std::filesystem::rename(part, path);
}

} // namespace

Result<Manifest> create(db::Database& database, std::string const& directory, Instant now) {
    std::filesystem::path const folder{directory};
    if (std::filesystem::exists(folder / "manifest.json"))
        return refuse(Refusal::conflict, "error.backup.exists", {directory});
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all); // it holds everything the database holds
    bool const is_sqlite = database.dialect() == db::Dialect::sqlite;
    Manifest manifest{.taken_at = now,
                      .version = std::string{version},
                      .database = is_sqlite ? "sqlite" : "postgres",
                      .file = is_sqlite ? "sangu.db" : "sangu.dump"};
    database.backup_to((folder / manifest.file).string(), [&](db::Session& snapshot) {
        Contents const contents = contents_of(snapshot);
        manifest.rows = contents.rows;
        manifest.audit_records = contents.audit_records;
        manifest.audit_hash = contents.audit_hash;
    });
    manifest.sha256 = hash::sha256_of_file(folder / manifest.file);
    write_file(folder / "manifest.json", to_json(manifest));
    return manifest;
}

} // namespace sangu::backup
