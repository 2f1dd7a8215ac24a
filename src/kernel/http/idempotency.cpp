#include "kernel/http/idempotency.h"

#include "base/text.h"
#include "kernel/hash/sha256.h"

#include <algorithm>
#include <fstream>

namespace sangu::http {

namespace {

constexpr std::size_t reply_max = 64u << 10;

// "Name: value" lines, an empty line, the body.
std::optional<std::string> serialised(Reply const& reply) {
    if (reply.shown_once) return std::nullopt;
    std::string out;
    for (auto const& [name, value] : reply.headers) {
        if (name == "Set-Cookie") return std::nullopt;
        append_header(out, name, value);
    }
    out += "\r\n";
    if (auto const* const text = std::get_if<std::string>(&reply.body)) {
        out += *text;
    } else if (auto const* const view = std::get_if<std::string_view>(&reply.body)) {
        out += *view;
    } else {
        return std::nullopt;
    }
    if (out.size() > reply_max) return std::nullopt;
    return out;
}

Reply parsed(int status, std::string_view stored) {
    Reply reply;
    reply.status = status;
    while (!stored.starts_with("\r\n") && !stored.empty()) {
        auto const line = stored.substr(0, stored.find("\r\n"));
        stored.remove_prefix(std::min(stored.size(), line.size() + 2));
        auto const colon = line.find(": ");
        if (colon != std::string_view::npos)
            reply.header(std::string{line.substr(0, colon)}, std::string{line.substr(colon + 2)});
    }
    reply.body = std::string{stored.substr(std::min<std::size_t>(2, stored.size()))};
    return reply;
}

std::string content_hash_of(Upload const& upload) {
    hash::Sha256 hash;
    hash.add(upload.data);
    if (!upload.path.empty()) {
        std::ifstream in{upload.path, std::ios::binary};
        std::string piece(64u << 10, '\0');
        while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0)
            hash.add({piece.data(), static_cast<std::size_t>(in.gcount())});
    }
    return hash.finish();
}

} // namespace

std::string request_hash_of(Request const& request) {
    hash::Sha256 hash;
    hash.add_field(name_of(request.method)).add_field(request.target);
    for (auto const& [name, value] : request.form)
        if (name != "csrf" && name != "once") hash.add_field(name).add_field(value);
    for (auto const& upload : request.uploads)
        hash.add_field(upload.field).add_field(upload.file_name).add_field(content_hash_of(upload));
    if (request.form.empty()) hash.add_field(request.body);
    return hash.finish();
}

std::optional<Earlier> find_earlier(db::Database& database, IdempotencyKey const& key) {
    std::optional<Earlier> earlier;
    auto const reader = database.read();
    reader->query("select request_hash, status, reply from kernel_idempotency where actor = ? and key = ?",
                  {key.actor, key.key}, [&](db::Row const& row) {
                      earlier.emplace();
                      earlier->is_same_request = row.text(0) == key.request_hash;
                      if (!row.is_null(1)) earlier->reply = parsed(static_cast<int>(row.integer(1)), row.text(2));
                  });
    return earlier;
}

void store_reply(db::Database& database, IdempotencyKey const& key, Reply const& reply) {
    auto text = serialised(reply);
    if (!text) return;
    database.write([&](db::Transaction& transaction) {
        transaction.execute("update kernel_idempotency set status = ?, reply = ? where actor = ? and key = ? and "
                            "request_hash = ? and status is null",
                            {std::int64_t{reply.status}, Bytes{*text}, key.actor, key.key, key.request_hash});
    });
}

} // namespace sangu::http
