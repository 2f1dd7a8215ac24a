#include "kernel/imports/mapping.h"

#include "kernel/json/json.h"

#include <algorithm>
#include <set>

namespace sangu::imports {

std::string_view name_of(DateOrder order) {
    if (order == DateOrder::month_first) return "month_first";
    return order == DateOrder::day_first ? "day_first" : "";
}

DateOrder date_order_of(std::string_view name) {
    if (name == "month_first") return DateOrder::month_first;
    return name == "day_first" ? DateOrder::day_first : DateOrder::unknown;
}

std::string to_json(Mapping const& mapping) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object().key("columns").begin_array();
    for (Column const& column : mapping.columns) {
        writer.begin_object().member("header", column.header).member("field", column.field);
        if (column.order != DateOrder::unknown) writer.member("order", name_of(column.order));
        if (column.shift != 0) writer.member("shift", column.shift);
        writer.end_object();
    }
    writer.end_array().key("constants").begin_array();
    for (auto const& [field, text] : mapping.constants)
        writer.begin_object().member("field", field).member("text", text).end_object();
    writer.end_array().member("leave_out_bad", mapping.leave_out_bad).end_object();
    return out;
}

Mapping mapping_from(std::string_view text) {
    Mapping mapping;
    auto const document = json::Document::parse(text);
    if (!document) return mapping;
    if (auto const columns = document->root().find("columns"))
        for (std::size_t i = 0; i < columns->size(); ++i) {
            json::Node const one = columns->at(i);
            mapping.columns.push_back({std::string{one.text_of("header")}, std::string{one.text_of("field")},
                                       date_order_of(one.text_of("order")),
                                       static_cast<int>(one.integer_of("shift").value_or(0))});
        }
    if (auto const constants = document->root().find("constants"))
        for (std::size_t i = 0; i < constants->size(); ++i)
            mapping.constants.emplace_back(constants->at(i).text_of("field"), constants->at(i).text_of("text"));
    if (auto const leave_out = document->root().find("leave_out_bad")) mapping.leave_out_bad = leave_out->boolean();
    return mapping;
}

bool is_importable(entity::FieldMeta const& field) {
    return !field.hidden && !field.read_only && !field.version && !field.key;
}

Problems check_mapping(entity::EntityMeta const& meta, Mapping const& mapping) {
    Problems problems;
    std::set<std::string_view> filled;
    auto const fill = [&](std::string_view name, std::int64_t column) {
        entity::FieldMeta const* field = meta.find(name);
        if (!field || !is_importable(*field))
            problems.push_back({std::string{name}, "error.import.no_field", {std::string{name}}, 0, column});
        else if (!filled.insert(name).second)
            problems.push_back({std::string{name}, "error.import.field_twice", {}, 0, column});
    };
    for (std::size_t i = 0; i < mapping.columns.size(); ++i)
        if (!mapping.columns[i].field.empty()) fill(mapping.columns[i].field, static_cast<std::int64_t>(i) + 1);
    for (auto const& [field, text] : mapping.constants)
        if (!text.empty()) fill(field, 0);
    if (filled.empty()) problems.push_back({"", "error.import.nothing_mapped", {}});
    return problems;
}

std::optional<Mapping> remembered(db::Session& session, std::string_view resource, std::string_view source) {
    auto const text = session.text("select mapping from kernel_table_import_mapping where resource = ? and source = ?",
                                   {std::string{resource}, std::string{source}});
    return text ? std::optional{mapping_from(*text)} : std::nullopt;
}

void remember(db::Transaction& transaction, std::string_view resource, std::string_view source, Mapping const& mapping,
              std::string_view now) {
    transaction.execute(
        "insert into kernel_table_import_mapping (resource, source, mapping, updated_at) values (?, ?, ?, ?) "
        "on conflict (resource, source) do update set mapping = excluded.mapping, "
        "updated_at = excluded.updated_at",
        {std::string{resource}, std::string{source}, to_json(mapping), std::string{now}});
}

} // namespace sangu::imports
