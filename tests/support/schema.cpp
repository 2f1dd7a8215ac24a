#include "support/schema.h"

#include "base/text.h"
#include "kernel/entity/schema.h"

#include <algorithm>

namespace sangu::test {

namespace {

using entity::ColumnSchema;

std::vector<ColumnSchema> sqlite_columns(db::Session& session, std::string const& table) {
    std::vector<ColumnSchema> columns;
    session.query("select name, type, \"notnull\", pk from pragma_table_info(?) order by cid", {table},
                  [&](db::Row const& row) {
                      // A primary key is never null in what we write, also where SQLite would let it be.
                      bool const not_null = row.integer(2) != 0 || row.integer(3) != 0;
                      columns.push_back({std::string{row.text(0)}, to_lower_ascii(row.text(1)), not_null});
                  });
    return columns;
}

std::vector<ColumnSchema> postgres_columns(db::Session& session, std::string const& table) {
    std::vector<ColumnSchema> columns;
    session.query("select column_name::text, data_type::text, is_nullable::text from information_schema.columns "
                  "where table_schema = current_schema() and table_name = ? order by ordinal_position",
                  {table}, [&](db::Row const& row) {
                      std::string type{row.text(1)};
                      if (type == "timestamp with time zone") type = "timestamptz";
                      columns.push_back({std::string{row.text(0)}, std::move(type), row.text(2) == "NO"});
                  });
    return columns;
}

std::string nullability(ColumnSchema const& column) { return column.not_null ? "not null" : "nullable"; }

void compare(std::string const& place, ColumnSchema const& described, ColumnSchema const& stored,
             std::vector<std::string>& differences) {
    if (described.type != stored.type)
        differences.push_back(place + ": the column is " + stored.type + ", the description needs " + described.type);
    if (described.not_null != stored.not_null)
        differences.push_back(place + ": the column is " + nullability(stored) + ", the description needs " +
                              nullability(described));
}

} // namespace

std::vector<std::string> schema_differences(db::Session& session, entity::EntityMeta const& meta) {
    std::string const table = meta.table();
    bool const sqlite = session.dialect() == db::Dialect::sqlite;
    auto const stored = sqlite ? sqlite_columns(session, table) : postgres_columns(session, table);
    auto const described = entity::schema_of(meta, session.dialect());
    if (stored.empty()) return {table + ": there is no such table"};
    std::vector<std::string> differences;
    for (ColumnSchema const& column : described) {
        std::string const place = table + "." + column.name;
        auto const found = std::ranges::find(stored, column.name, &ColumnSchema::name);
        if (found == stored.end())
            differences.push_back(place + ": the column is missing");
        else
            compare(place, column, *found, differences);
    }
    for (ColumnSchema const& column : stored)
        if (std::ranges::find(described, column.name, &ColumnSchema::name) == described.end())
            differences.push_back(table + "." + column.name + ": the column is not described");
    return differences;
}

} // namespace sangu::test
