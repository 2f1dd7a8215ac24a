#pragma once

// Attachments: stored once by content (SHA-256) in the database in 256 KiB pieces, so that a backup and a second
// server have them; typed by content, never by name; limited in size and count.

#include "base/result.h"
#include "base/time.h"
#include "kernel/auth/actor.h"
#include "kernel/db/db.h"
#include "kernel/http/message.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::files {

struct Attachment {
    std::string id, owner_kind, owner_id, name, content_type, sha256, permission, scope;
    std::int64_t size = 0;
    std::string uploaded_by;
    Instant uploaded_at;
};

struct Limits {
    std::uint64_t bytes_max = 20u << 20;
    int count_max = 20; // per owner
};

// The type by content: pdf, png, jpeg, webp, zip-based office files, csv/plain text; nothing for anything else
// (programs, scripts, HTML and SVG are refused with "error.attachment.type"). The name only tells kinds of text and of
// office files apart; text is taken with ".csv", ".txt" and ".md" alone.
std::optional<std::string_view> sniff_type(std::string_view head, std::string_view file_name);

Result<Attachment> attach(db::Transaction& transaction, auth::Actor const& actor, Instant now,
                          http::Upload const& upload, std::string_view owner_kind, std::string_view owner_id,
                          std::string_view permission, std::string_view scope, Limits limits = {});
std::vector<Attachment> list(db::Session& session, std::string_view owner_kind, std::string_view owner_id);
std::optional<Attachment> find(db::Session& session, std::string_view id);
// Streams the content piece by piece; each piece is read in a snapshot of its own, so that a slow reader holds no
// connection. The content of a hash never changes.
http::BodySource open(db::Database& database, std::string sha256);
// Deletes the content too when nothing else refers to it.
Result<void> remove(db::Transaction& transaction, std::string_view id);

// Hashes of contents that are missing or changed in the database; reads every attachment.
std::vector<std::string> damaged(db::Session& session);

} // namespace sangu::files
