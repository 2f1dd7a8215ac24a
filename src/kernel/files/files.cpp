#include "kernel/files/files.h"

#include "base/id.h"
#include "base/text.h"
#include "kernel/hash/sha256.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace sangu::files {

namespace {

constexpr std::size_t chunk_bytes = 256 << 10;
constexpr std::size_t head_bytes = 8192;
constexpr std::size_t name_characters_max = 200;

// Calls `each` for pieces of at most chunk_bytes. Throws std::runtime_error when the spooled file is gone.
void for_each_chunk(http::Upload const& upload, FunctionRef<void(std::string_view)> each) {
    if (upload.path.empty()) {
        for (std::size_t at = 0; at < upload.data.size(); at += chunk_bytes)
            each(std::string_view{upload.data}.substr(at, chunk_bytes));
        return;
    }
    std::ifstream in{upload.path, std::ios::binary};
    std::string piece(chunk_bytes, '\0');
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0)
        each({piece.data(), static_cast<std::size_t>(in.gcount())});
    if (!in.eof()) throw std::runtime_error{"an uploaded file cannot be read again"};
}

struct Content {
    std::string head, sha256;
    std::uint64_t size = 0;
};

Content look_at(http::Upload const& upload) {
    Content content;
    hash::Sha256 hash;
    for_each_chunk(upload, [&](std::string_view chunk) {
        if (content.size == 0) content.head = chunk.substr(0, head_bytes);
        content.size += chunk.size();
        hash.add(chunk);
    });
    content.sha256 = hash.finish();
    return content;
}

// The last part of a path, without control characters; only ever shown, never opened.
std::string clean_name(std::string_view sent) {
    if (auto const slash = sent.find_last_of("/\\"); slash != sent.npos) sent.remove_prefix(slash + 1);
    std::string name;
    if (is_valid_utf8(sent))
        std::ranges::copy_if(sent, std::back_inserter(name),
                             [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; });
    name = trim(name);
    if (count_characters(name) > name_characters_max) {
        auto const dot = name.rfind('.');
        std::string const extension = dot != name.npos && name.size() - dot <= 6 ? name.substr(dot) : std::string{};
        name = shorten(name, name_characters_max - extension.size()) + extension;
    }
    return name.empty() ? "file" : name;
}

void store_content(db::Transaction& transaction, http::Upload const& upload, std::string const& sha256) {
    if (transaction.exists("select 1 from kernel_blob where sha256 = ? and seq = 0", {sha256})) return;
    std::int64_t seq = 0;
    for_each_chunk(upload, [&](std::string_view chunk) {
        transaction.execute("insert into kernel_blob (sha256, seq, data) values (?, ?, ?)",
                            {sha256, seq++, Bytes{std::string{chunk}}});
    });
}

std::int64_t count_of(db::Session& session, std::string_view owner_kind, std::string_view owner_id) {
    return session
        .integer("select count(*) from kernel_attachment where owner_kind = ? and owner_id = ?",
                 {std::string{owner_kind}, std::string{owner_id}})
        .value_or(0);
}

Attachment attachment_from(db::Row const& row) {
    Attachment one;
    std::string* const texts[] = {&one.id,     &one.owner_kind, &one.owner_id, &one.name,       &one.content_type,
                                  &one.sha256, &one.permission, &one.scope,    &one.uploaded_by};
    int column = 0;
    for (std::string* text : texts) *text = row.text(column++);
    one.size = row.integer(9);
    one.uploaded_at = parse_instant(row.text(10)).value_or(Instant{});
    return one;
}

} // namespace

Result<Attachment> attach(db::Transaction& transaction, auth::Actor const& actor, Instant now,
                          http::Upload const& upload, std::string_view owner_kind, std::string_view owner_id,
                          std::string_view permission, std::string_view scope, Limits limits) {
    auto const too_large = [&] {
        return refuse(Refusal::too_large, "error.attachment.too_large", {std::to_string(limits.bytes_max >> 20)});
    };
    if (upload.size > limits.bytes_max) return too_large();
    Content const content = look_at(upload);
    if (content.size > limits.bytes_max) return too_large();
    if (content.size == 0) return refuse(Refusal::invalid, "error.attachment.empty");
    auto const type = sniff_type(content.head, upload.file_name);
    if (!type) return refuse(Refusal::invalid, "error.attachment.type");
    if (count_of(transaction, owner_kind, owner_id) >= limits.count_max)
        return refuse(Refusal::invalid, "error.attachment.count", {std::to_string(limits.count_max)});

    Attachment one{.id = new_id(),
                   .owner_kind = std::string{owner_kind},
                   .owner_id = std::string{owner_id},
                   .name = clean_name(upload.file_name),
                   .content_type = std::string{*type},
                   .sha256 = content.sha256,
                   .permission = std::string{permission},
                   .scope = std::string{scope},
                   .size = static_cast<std::int64_t>(content.size),
                   .uploaded_by = actor.account_id,
                   .uploaded_at = now};
    store_content(transaction, upload, one.sha256);
    transaction.execute(
        "insert into kernel_attachment (id, owner_kind, owner_id, name, content_type, sha256, size, permission, scope, "
        "uploaded_by, uploaded_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {one.id, one.owner_kind, one.owner_id, one.name, one.content_type, one.sha256, one.size, one.permission,
         one.scope, one.uploaded_by, to_text(now)});
    return one;
}

std::vector<Attachment> list(db::Session& session, std::string_view owner_kind, std::string_view owner_id) {
    std::vector<Attachment> all;
    session.query("select id, owner_kind, owner_id, name, content_type, sha256, permission, scope, uploaded_by, size, "
                  "uploaded_at "
                  "from kernel_attachment where owner_kind = ? and owner_id = ? order by id limit 1000",
                  {std::string{owner_kind}, std::string{owner_id}},
                  [&](db::Row const& row) { all.push_back(attachment_from(row)); });
    return all;
}

std::optional<Attachment> find(db::Session& session, std::string_view id) {
    std::optional<Attachment> found;
    session.query("select id, owner_kind, owner_id, name, content_type, sha256, permission, scope, uploaded_by, size, "
                  "uploaded_at "
                  "from kernel_attachment where id = ?",
                  {std::string{id}}, [&](db::Row const& row) { found = attachment_from(row); });
    return found;
}

http::BodySource open(db::Database& database, std::string sha256) {
    return [&database, sha256 = std::move(sha256), seq = std::int64_t{0}](std::string& chunk) mutable {
        bool found = false;
        database.read()->query("select data from kernel_blob where sha256 = ? and seq = ?", {sha256, seq},
                               [&](db::Row const& row) {
                                   chunk = row.text(0);
                                   found = true;
                               });
        ++seq;
        return found;
    };
}

Result<void> remove(db::Transaction& transaction, std::string_view id) {
    auto const one = find(transaction, id);
    if (!one) return refuse(Refusal::not_found, "error.not_found");
    transaction.execute("delete from kernel_attachment where id = ?", {one->id});
    if (!transaction.exists("select 1 from kernel_attachment where sha256 = ?", {one->sha256}))
        transaction.execute("delete from kernel_blob where sha256 = ?", {one->sha256});
    return {};
}

std::vector<std::string> damaged(db::Session& session) {
    std::vector<std::string> bad;
    std::vector<std::string> contents;
    session.query("select distinct sha256 from kernel_attachment order by sha256", {},
                  [&](db::Row const& row) { contents.emplace_back(row.text(0)); });
    for (std::string const& sha256 : contents) {
        hash::Sha256 hash;
        bool more = true;
        for (std::int64_t seq = 0; more; ++seq) {
            more = false;
            session.query("select data from kernel_blob where sha256 = ? and seq = ?", {sha256, seq},
                          [&](db::Row const& row) {
                              hash.add(row.text(0));
                              more = true;
                          });
        }
        if (hash.finish() != sha256) bad.push_back(sha256);
    }
    return bad;
}

} // namespace sangu::files
