#include "kernel/files/kept_upload.h"

#include "kernel/auth/random.h"
#include "kernel/files/content.h"
#include "kernel/files/files.h"
#include "kernel/hash/sha256.h"

#include <fstream>
#include <stdexcept>

namespace sangu::files {

namespace {

constexpr std::int64_t life_ms = 3'600'000;

std::string oldest(Instant now) { return to_text(Instant{now.ms - life_ms}); }

// `condition` selects the rows to delete; their contents go when nothing else refers to them.
void forget(db::Transaction& transaction, std::string const& condition, std::initializer_list<Value> parameters) {
    std::vector<std::string> contents;
    transaction.query("select sha256 from kernel_kept_upload where " + condition, parameters,
                      [&](db::Row const& row) { contents.emplace_back(row.text(0)); });
    if (contents.empty()) return;
    transaction.execute("delete from kernel_kept_upload where " + condition, parameters);
    for (std::string const& sha256 : contents) drop_unused_content(transaction, sha256);
}

} // namespace

std::string keep_upload(db::Database& database, std::string_view account_id, std::string_view purpose, Instant now,
                        http::Upload const& upload) {
    std::string const token = auth::random_token();
    Content const content = look_at(upload);
    database.write([&](db::Transaction& transaction) {
        forget(transaction, "account_id = ? and purpose = ?", {std::string{account_id}, std::string{purpose}});
        store_content(transaction, upload, content.sha256);
        transaction.execute("insert into kernel_kept_upload (token_hash, account_id, purpose, sha256, file_name, "
                            "created_at) values (?, ?, ?, ?, ?, ?)",
                            {hash::sha256_hex(token), std::string{account_id}, std::string{purpose}, content.sha256,
                             clean_name(upload.file_name), to_text(now)});
    });
    return token;
}

Result<KeptUpload> find_kept_upload(db::Session& session, std::string_view token, std::string_view account_id,
                                    std::string_view purpose, Instant now) {
    Result<KeptUpload> found = refuse(Refusal::conflict, "error.kept_upload.gone");
    session.query("select sha256, file_name from kernel_kept_upload where token_hash = ? and account_id = ? and "
                  "purpose = ? and created_at > ?",
                  {hash::sha256_hex(token), std::string{account_id}, std::string{purpose}, oldest(now)},
                  [&](db::Row const& row) { found = KeptUpload{std::string{row.text(0)}, std::string{row.text(1)}}; });
    return found;
}

std::unique_ptr<http::TemporaryFile> file_of(db::Database& database, KeptUpload const& kept) {
    auto file = std::make_unique<http::TemporaryFile>();
    std::ofstream out{file->path(), std::ios::binary};
    http::BodySource const content = open(database, kept.sha256);
    for (std::string chunk; content(chunk); chunk.clear()) out << chunk;
    if (!out.flush()) throw std::runtime_error{"a kept upload could not be written to a temporary file"};
    return file;
}

void forget_kept_upload(db::Transaction& transaction, std::string_view token) {
    forget(transaction, "token_hash = ?", {hash::sha256_hex(token)});
}

void forget_old_uploads(db::Transaction& transaction, Instant now) {
    forget(transaction, "created_at <= ?", {oldest(now)});
}

} // namespace sangu::files
