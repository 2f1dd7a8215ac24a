#include "kernel/files/files.h"

#include "base/id.h"
#include "kernel/files/content.h"
#include "kernel/hash/sha256.h"

namespace sangu::files {

namespace {

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
    drop_unused_content(transaction, one->sha256);
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
