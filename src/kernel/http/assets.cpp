#include "kernel/http/assets.h"

#include "base/embedded.h"
#include "base/text.h"

#include <zlib.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace sangu::embedded {
std::span<EmbeddedFile const> assets();
}

namespace sangu::http {

namespace {

constexpr std::string_view prefix = "/assets/";

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> types{{
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".geojson", "application/json"},
    {".map", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
}};

std::string head_of(std::string_view name, std::string_view coding, std::size_t size, SecurityHeaders const& security) {
    std::string head = "HTTP/1.1 200 OK\r\n";
    append_header(head, "Content-Type", type_of_name(name));
    append_header(head, "Cache-Control", "public, max-age=31536000, immutable");
    append_header(head, "Vary", "Accept-Encoding");
    if (!coding.empty()) append_header(head, "Content-Encoding", coding);
    append_header(head, "Content-Length", std::to_string(size));
    return head + security.lines();
}

} // namespace

std::string_view type_of_name(std::string_view name) {
    for (auto const& [ending, type] : types)
        if (name.ends_with(ending)) return type;
    return "application/octet-stream";
}

bool accepts_coding(std::string_view accept_encoding, std::string_view coding) {
    for (std::string_view const part : split_text(accept_encoding, ',')) {
        auto const semicolon = part.find(';');
        if (trim(part.substr(0, semicolon)) != coding) continue;
        auto const quality =
            semicolon == std::string_view::npos ? std::string_view{} : trim(part.substr(semicolon + 1));
        return !(quality == "q=0" || quality == "q=0.0" || quality == "q=0.00" || quality == "q=0.000");
    }
    return false;
}

std::string gzip(std::string_view text) {
    z_stream stream{};
    constexpr int gzip_window = 15 + 16; // 16: with the gzip frame
    if (deflateInit2(&stream, 6, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error{"zlib cannot start"};
    std::string out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data())); // zlib only reads it
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    int const result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) throw std::runtime_error{"zlib cannot compress"};
    return out;
}

Assets::Assets(SecurityHeaders const& security) {
    auto const all = embedded::assets();
    for (EmbeddedFile const& file : all) {
        bool const is_brotli = file.name.ends_with(".br");
        bool const is_gzip = file.name.ends_with(".gz");
        auto const name = file.name.substr(0, file.name.size() - (is_brotli || is_gzip ? 3 : 0));
        auto& entry = files_[std::string{name}];
        auto& variant = is_brotli ? entry.brotli : is_gzip ? entry.gzip : entry.plain;
        std::string_view const coding = is_brotli ? "br" : is_gzip ? "gzip" : "";
        variant = {head_of(name, coding, file.data.size(), security), file.data};
    }
}

std::optional<PreparedReply> Assets::find(RequestView const& request) const {
    auto const path = request.path();
    if (!path.starts_with(prefix)) return std::nullopt;
    auto const found = files_.find(path.substr(prefix.size()));
    if (found == files_.end()) return std::nullopt;
    auto const& file = found->second;
    auto const accepted = request.header("accept-encoding");
    Variant const* chosen = &file.plain;
    if (!file.brotli.body.empty() && accepts_coding(accepted, "br")) {
        chosen = &file.brotli;
    } else if (!file.gzip.body.empty() && accepts_coding(accepted, "gzip")) {
        chosen = &file.gzip;
    }
    if (chosen->head.empty()) return std::nullopt;
    return PreparedReply{200, chosen->head, chosen->body, nullptr};
}

} // namespace sangu::http
