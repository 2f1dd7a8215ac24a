#include "modules/matching/holding.h"

#include "base/log.h"
#include "base/text.h"
#include "kernel/search/segment/layout.h"

#include <algorithm>
#include <system_error>

namespace sangu::matching {

namespace {

constexpr std::string_view whole_file = "whole";

std::string to_lines(search::Schema const& schema) {
    std::string lines = "k1\t" + to_text(schema.k1) + "\n";
    for (search::Field const& field : schema.fields)
        lines.append("field\t" + field.name + "\t" + to_text(field.weight) + "\t" + to_text(field.b) + "\t" +
                     to_text(field.pivot) + "\t" + (field.characters ? "1" : "0") + "\n");
    for (std::string const& facet : schema.facets) lines.append("facet\t" + facet + "\n");
    return lines;
}

search::Schema schema_of(std::vector<std::string_view> const& lines) {
    search::Schema schema;
    for (std::string_view const line : lines) {
        auto const parts = split_text(line, '\t');
        if (parts.size() == 2 && parts[0] == "k1") schema.k1 = parse_real(parts[1]).value_or(schema.k1);
        if (parts.size() == 2 && parts[0] == "facet") schema.facets.emplace_back(parts[1]);
        if (parts.size() == 6 && parts[0] == "field")
            schema.fields.push_back({std::string{parts[1]}, parse_real(parts[2]).value_or(1),
                                     parse_real(parts[3]).value_or(0), parse_real(parts[4]).value_or(1),
                                     parts[5] == "1"});
    }
    return schema;
}

std::uint64_t hash_of(std::string_view text) { // FNV-1a
    std::uint64_t hash = 14'695'981'039'346'656'037U;
    for (char const c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    return hash;
}

Holding holding_in(std::filesystem::path const& folder, search::Schema schema) {
    Holding holding{folder, std::move(schema), nullptr, nullptr, nullptr};
    std::filesystem::create_directories(folder);
    holding.index =
        std::make_unique<search::Index>((folder / "index").string(), holding.schema, search::Lexicon::shipped());
    holding.texts = std::make_unique<TextStore>((folder / "texts.db").string());
    auto const names = std::ranges::find(holding.schema.facets, names_facet);
    if (names != holding.schema.facets.end())
        holding.names = std::make_unique<search::Suggestions>(
            std::vector{static_cast<std::size_t>(names - holding.schema.facets.begin())});
    return holding;
}

} // namespace

std::string identity_of(db::Session& session) {
    std::string identity = "empty";
    session.query("select at, object_id from kernel_event where sequence = 1", {},
                  [&](db::Row const& row) { identity = std::string{row.text(0)} + " " + std::string{row.text(1)}; });
    return identity;
}

std::string folder_name(search::Schema const& schema) {
    return "records-" + std::to_string(documents_version) + "-" + std::to_string(hash_of(schema.fingerprint()));
}

Holding new_holding(std::filesystem::path const& folder) { return holding_in(folder, schema()); }

void mark_whole(Holding const& holding, std::string_view identity) {
    search::write_whole((holding.folder / whole_file).string(),
                        std::string{identity} + "\n" + to_lines(holding.schema));
}

std::optional<Holding> open_holding(std::filesystem::path const& folder, std::string_view identity) {
    try {
        auto const text = search::read_whole((folder / whole_file).string());
        if (!text) return std::nullopt;
        auto const lines = split_text(*text, '\n');
        if (lines.front() != identity) return std::nullopt;
        return holding_in(folder, schema_of(lines));
    } catch (search::CorruptIndex const& damaged) {
        log::error("search.not_whole", {{"folder", folder.string()}, {"what", damaged.what()}});
    } catch (db::Fault const& damaged) {
        log::error("search.not_whole", {{"folder", folder.string()}, {"what", damaged.what()}});
    }
    return std::nullopt;
}

void remove_others(std::filesystem::path const& home, std::filesystem::path const& kept) {
    std::error_code ignored;
    for (auto const& entry : std::filesystem::directory_iterator{home})
        if (entry.is_directory() && entry.path() != kept) std::filesystem::remove_all(entry.path(), ignored);
}

} // namespace sangu::matching
