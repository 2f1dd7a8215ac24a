#include "kernel/backup/backup.h"
#include "kernel/json/json.h"

#include <fstream>
#include <iterator>

namespace sangu::backup {

namespace {

constexpr std::int64_t format = 1;

std::optional<Manifest> manifest_from(json::Node root) {
    auto const taken_at = parse_instant(root.text_of("taken_at"));
    auto const rows = root.find("rows");
    if (root.integer_of("format") != format || !taken_at || !rows || rows->kind() != json::Kind::object) return {};
    Manifest manifest{.taken_at = *taken_at,
                      .version = std::string{root.text_of("version")},
                      .database = std::string{root.text_of("database")},
                      .file = std::string{root.text_of("file")},
                      .sha256 = std::string{root.text_of("sha256")}};
    for (std::size_t i = 0; i < rows->size(); ++i) {
        json::Node const count = rows->at(i);
        if (count.kind() != json::Kind::integer) return {};
        manifest.rows.emplace(rows->key_at(i), count.integer());
    }
    manifest.audit_records = root.integer_of("audit_records").value_or(-1);
    manifest.audit_hash = root.text_of("audit_hash");
    bool const is_plain_name =
        !manifest.file.empty() && manifest.file.find('/') == std::string::npos && manifest.file != "..";
    return is_plain_name ? std::optional{std::move(manifest)} : std::nullopt;
}

} // namespace

std::string to_json(Manifest const& manifest) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("format", format)
        .member("taken_at", to_text(manifest.taken_at))
        .member("version", manifest.version)
        .member("database", manifest.database)
        .member("file", manifest.file)
        .member("sha256", manifest.sha256)
        .member("audit_records", manifest.audit_records)
        .member("audit_hash", manifest.audit_hash)
        .key("rows")
        .begin_object();
    for (auto const& [table, count] : manifest.rows) writer.member(table, count);
    writer.end_object().end_object();
    return out;
}

Result<Manifest> read_manifest(std::string const& directory) {
    std::ifstream in{directory + "/manifest.json", std::ios::binary};
    std::string const text{std::istreambuf_iterator<char>{in}, {}};
    auto const document = json::Document::parse(text);
    if (!in || !document || document->root().kind() != json::Kind::object)
        return refuse(Refusal::invalid, "error.backup.manifest", {directory});
    auto manifest = manifest_from(document->root());
    if (!manifest) return refuse(Refusal::invalid, "error.backup.manifest", {directory});
    return *std::move(manifest);
}

} // namespace sangu::backup
