#include "base/text.h"
#include "kernel/json/json.h"
#include "modules/library/filling.h"

namespace sangu::library {

namespace {

// A scalar as it would be typed; nothing for arrays and objects.
std::optional<std::string> typed_text(json::Node node) {
    switch (node.kind()) {
    case json::Kind::null: return "";
    case json::Kind::boolean: return node.boolean() ? "true" : "false";
    case json::Kind::integer: return std::to_string(node.integer());
    case json::Kind::real: return to_text(node.real());
    case json::Kind::string: return std::string{node.text()};
    default: return std::nullopt;
    }
}

Problem unknown(std::string_view name) { return {std::string{shorten(name, 60)}, "error.unknown_field", {}}; }

void take_row(Rows const& rows, std::size_t number, json::Node row, http::Pairs& typed, Problems& problems) {
    if (row.kind() != json::Kind::object) problems.push_back({std::string{rows.name}, "error.json.not_an_object", {}});
    for (std::size_t i = 0; i < row.size() && row.kind() == json::Kind::object; ++i) {
        auto const* field = rows.meta->find(row.key_at(i));
        auto text = typed_text(row.at(i));
        if (!field || field->hidden || !text)
            problems.push_back(unknown(row_field(rows, number, row.key_at(i))));
        else if (is_filled_in(*field))
            typed.emplace_back(row_field(rows, number, field->name), *std::move(text));
    }
}

void take_rows(Rows const& rows, json::Node list, http::Pairs& typed, Problems& problems) {
    if (list.kind() != json::Kind::array || list.size() > rows_max) {
        problems.push_back({std::string{rows.name}, "library.error.rows", {std::to_string(rows_max)}});
        return;
    }
    typed.emplace_back(std::string{rows.name} + "-", ""); // an empty list takes all rows away
    for (std::size_t i = 0; i < list.size(); ++i) take_row(rows, i + 1, list.at(i), typed, problems);
}

} // namespace

Result<http::Pairs> typed_from_json(Kind const& kind, std::string_view body) {
    auto const document = TRY(json::Document::parse(body.empty() ? std::string_view{"{}"} : body));
    json::Node const root = document.root();
    if (root.kind() != json::Kind::object) return refuse(Problems{{"", "error.json.not_an_object", {}}});
    http::Pairs typed;
    Problems problems;
    for (std::size_t i = 0; i < root.size(); ++i) {
        std::string_view const name = root.key_at(i);
        if (auto const at = rows_at(kind, name)) {
            take_rows(kind.rows[*at], root.at(i), typed, problems);
            continue;
        }
        auto const* field = field_named(kind, name);
        auto text = typed_text(root.at(i));
        bool const known = field || name == "organisation_id" || name == "place" || name == "version";
        if (!known || !text)
            problems.push_back(unknown(name));
        else
            typed.emplace_back(name, *std::move(text));
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return typed;
}

} // namespace sangu::library
