#include "kernel/json/json.h"

#include "base/text.h"
#include "kernel/entity/derive.h"
#include "kernel/entity/typed.h"

namespace sangu::entity {

namespace {

constexpr std::size_t problems_max = 100;

// The value of a JSON member, or null when it is of the wrong kind. Money is a string, so that no reader of
// JSON makes a floating-point number of it.
Value value_of(FieldMeta const& field, json::Node node) {
    json::Kind const found = node.kind();
    bool const text = found == json::Kind::string;
    switch (field.type->kind) {
    case Kind::boolean: return found == json::Kind::boolean ? Value{node.boolean()} : Value{};
    case Kind::integer: return found == json::Kind::integer ? Value{node.integer()} : Value{};
    case Kind::real: return found == json::Kind::integer || found == json::Kind::real ? Value{node.real()} : Value{};
    case Kind::money: {
        auto const money = text ? parse_money(node.text()) : std::nullopt;
        return money ? Value{money->fen} : Value{};
    }
    case Kind::id: return text && is_id(node.text()) ? Value{std::string{node.text()}} : Value{};
    case Kind::text:
    case Kind::date:
    case Kind::instant:
    case Kind::choice: return text ? Value{std::string{node.text()}} : Value{};
    }
    return {};
}

void store_member(FieldMeta const& field, void* object, json::Node node, Problems& problems) {
    if (node.kind() == json::Kind::null) {
        if (!field.store(object, {})) problems.push_back(problem_of(field, "error.required"));
        return;
    }
    Value const value = value_of(field, node);
    if (is_null(value) || !field.store(object, value))
        problems.push_back(problem_of(field, wrong_kind_key(field.type->kind)));
}

} // namespace

void write_json(std::string& out, EntityMeta const& meta, void const* object, Personal personal) {
    json::Writer writer{out};
    writer.begin_object();
    for (FieldMeta const& field : meta.fields) {
        if (field.hidden || (field.personal && personal == Personal::hide)) continue;
        writer.key(field.name);
        Value const value = field.load(object);
        auto const* fen = std::get_if<std::int64_t>(&value);
        if (fen && field.type->kind == Kind::money)
            writer.value(to_text(Money{*fen}));
        else
            writer.value(value);
    }
    writer.end_object();
}

Problems from_json(EntityMeta const& meta, void* object, std::string_view json) {
    auto const document = json::Document::parse(json);
    if (!document) return document.error().problems;
    json::Node const root = document->root();
    if (root.kind() != json::Kind::object) return {{"", "error.json.not_an_object", {}}};
    Problems problems;
    for (std::size_t i = 0; i < root.size() && problems.size() < problems_max; ++i) {
        std::string_view const name = root.key_at(i);
        FieldMeta const* const field = meta.find(name);
        if (!field || field->hidden)
            problems.push_back({shorten(name, 60), "error.unknown_field", {}});
        else if (!field->read_only)
            store_member(*field, object, root.at(i), problems);
    }
    return problems;
}

} // namespace sangu::entity
