#include "kernel/files/content.h"

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

} // namespace

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

void drop_unused_content(db::Transaction& transaction, std::string const& sha256) {
    if (transaction.exists("select 1 from kernel_attachment where sha256 = ?", {sha256})) return;
    if (transaction.exists("select 1 from kernel_kept_upload where sha256 = ?", {sha256})) return;
    if (transaction.exists("select 1 from kernel_import where sha256 = ? and state = 'waiting'", {sha256})) return;
    if (transaction.exists("select 1 from kernel_table_import where sha256 = ? and has_file = ?", {sha256, true}))
        return;
    transaction.execute("delete from kernel_blob where sha256 = ?", {sha256});
}

} // namespace sangu::files
