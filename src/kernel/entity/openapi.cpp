#include "kernel/entity/derive.h"
#include "kernel/json/json.h"

namespace sangu::entity {

namespace {

struct TypeWords {
    std::string_view type;
    std::string_view format = {};
    std::string_view pattern = {};
};

TypeWords words_of(Kind kind) {
    switch (kind) {
    case Kind::boolean: return {"boolean"};
    case Kind::integer: return {"integer", "int64"};
    case Kind::real: return {"number", "double"};
    case Kind::money: return {"string", {}, "^-?[0-9]{1,16}\\.[0-9]{2}$"};
    case Kind::date: return {"string", "date"};
    case Kind::instant: return {"string", "date-time"};
    case Kind::id: return {"string", {}, "^[0-9a-hjkmnp-tv-z]{26}$"};
    case Kind::text:
    case Kind::choice: return {"string"};
    }
    return {"string"};
}

// The standard word for a named format; ours are annotations under their own name.
std::string_view format_word(std::string_view name) { return name == "url" ? "uri" : name; }

void write_choices(json::Writer& writer, FieldMeta const& field) {
    writer.key("enum").begin_array();
    for (Choice const& choice : field.type->choices) writer.value(choice.name);
    if (field.type->optional) writer.null();
    writer.end_array();
}

void write_property(json::Writer& writer, FieldMeta const& field) {
    TypeWords const words = words_of(field.type->kind);
    bool const number = field.type->kind == Kind::integer || field.type->kind == Kind::real;
    writer.key(field.name).begin_object();
    if (field.type->optional)
        writer.key("type").begin_array().value(words.type).value("null").end_array();
    else
        writer.member("type", words.type);
    std::string_view const format = field.format.empty() ? words.format : format_word(field.format);
    if (!format.empty()) writer.member("format", format);
    if (!words.pattern.empty()) writer.member("pattern", words.pattern);
    if (!field.type->choices.empty()) write_choices(writer, field);
    std::size_t const min_length =
        field.required && field.type->kind == Kind::text && field.min_length == 0 ? 1 : field.min_length;
    if (min_length != 0) writer.member("minLength", min_length);
    if (field.max_length != 0) writer.member("maxLength", field.max_length);
    if (number && field.min != INT64_MIN) writer.member("minimum", field.min);
    if (number && field.max != INT64_MAX) writer.member("maximum", field.max);
    if (field.read_only) writer.member("readOnly", true);
    writer.end_object();
}

} // namespace

std::string openapi_schema(EntityMeta const& meta) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("type", "object").member("additionalProperties", false);
    writer.key("required").begin_array();
    for (FieldMeta const& field : meta.fields)
        if (field.required && !field.hidden) writer.value(field.name);
    writer.end_array().key("properties").begin_object();
    for (FieldMeta const& field : meta.fields)
        if (!field.hidden) write_property(writer, field);
    writer.end_object().end_object();
    return out;
}

} // namespace sangu::entity
