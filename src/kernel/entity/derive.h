#pragma once

// Everything that follows from a description. Ordinary functions over EntityMeta and void*, compiled once;
// the templates at the end are the typed face that modules call.

#include "kernel/db/db.h"
#include "kernel/entity/entity.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sangu::entity {

// SQL of both databases. Columns are in the order of the description.
std::string create_table_sql(EntityMeta const& meta, db::Dialect dialect);
std::string column_list(EntityMeta const& meta, std::string_view alias = {}); // "id, name, …"
std::string insert_sql(EntityMeta const& meta);
std::string update_sql(EntityMeta const& meta); // … where id = ? [and version = ?]
std::string select_sql(EntityMeta const& meta);

// Values as people read and type them: dates ISO, money "1234.50", choices by name, booleans true/false.
std::string to_plain_text(FieldMeta const& field, Value const& value);
// What a person typed, trimmed; an Error-free parse or the message key of what is wrong. Nothing typed is null for an
// optional field, "" for a text and "error.required" for every other. Numbers may have thousands separators and
// full-width digits; reals are rounded to 15 significant digits; dates may be "2025/3/31" or "2025年3月31日"; moments
// without a zone are local.
struct ParsedText {
    Value value;
    std::string_view problem = {}; // "error.not_a_date", … ; empty: fine
};
ParsedText from_plain_text(FieldMeta const& field, std::string_view text);

// Checks every constraint and rule; named formats (format.h) included.
Problems validate(EntityMeta const& meta, void const* object);

// JSON. Hidden fields never appear; personal ones only when asked for. Input: unknown fields are refused,
// read-only ones ignored, depth and size limited by kernel/json.
enum class Personal : std::uint8_t { hide, show };
void write_json(std::string& out, EntityMeta const& meta, void const* object, Personal personal = Personal::show);
Problems from_json(EntityMeta const& meta, void* object, std::string_view json);
std::string openapi_schema(EntityMeta const& meta); // a JSON Schema 2020-12 object (OpenAPI 3.1)

// HTML forms and table files. Read-only fields are skipped. Of a field that comes twice the last entry counts, so that
// a hidden "false" may stand before a checkbox; names that are no fields are ignored in forms.
using FormData = std::vector<std::pair<std::string, std::string>>;
Problems from_form(EntityMeta const& meta, void* object, FormData const& data);
std::vector<std::string> table_header(EntityMeta const& meta); // field names, hidden ones left out
// With Personal::hide the cells of personal fields are "***".
std::vector<std::string> to_row(EntityMeta const& meta, void const* object, Personal personal = Personal::show);
// Columns may come in any order; unknown or doubled columns are refused (Problem::column counts from 1).
Problems check_header(EntityMeta const& meta, std::span<std::string const> header);
// Cells that are missing at the end of the row are blank.
Problems from_row(EntityMeta const& meta, void* object, std::span<std::string const> header,
                  std::span<std::string const> row, std::int64_t line);

struct FieldChange {
    std::string field, before, after;
    bool operator==(FieldChange const&) const = default;
};
// For the audit log and the history page; hidden fields as "***", the version field left out.
std::vector<FieldChange> differences(EntityMeta const& meta, void const* before, void const* after);

template <Described E> Problems validate(E const& one) { return validate(E::meta, &one); }
template <Described E> std::string to_json(E const& one, Personal personal = Personal::show) {
    std::string out;
    write_json(out, E::meta, &one, personal);
    return out;
}
template <Described E> Problems from_json(E& one, std::string_view json) { return from_json(E::meta, &one, json); }
template <Described E> Problems from_form(E& one, FormData const& data) { return from_form(E::meta, &one, data); }
template <Described E> std::vector<FieldChange> differences(E const& before, E const& after) {
    return differences(E::meta, &before, &after);
}

} // namespace sangu::entity
