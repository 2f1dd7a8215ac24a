#include "kernel/entity/derive.h"
#include "kernel/entity/schema.h"

namespace sangu::entity {

namespace {

void append_constraints(std::string& sql, FieldMeta const& field) {
    if (field.key) sql += " primary key";
    if (!field.type->optional) sql += " not null";
    if (field.unique) sql += " unique";
    if (!field.type->choices.empty()) {
        sql.append(" check (").append(field.name).append(" in (");
        std::string_view separator;
        for (Choice const& choice : field.type->choices) {
            sql.append(separator).append("'").append(choice.name).append("'");
            separator = ", ";
        }
        sql += "))";
    }
    if (!field.refers_to.empty()) sql.append(" references ").append(table_of(field.refers_to)).append(" (id)");
}

} // namespace

std::string_view column_type(Kind kind, db::Dialect dialect) {
    bool const postgres = dialect == db::Dialect::postgres;
    switch (kind) {
    case Kind::boolean: return postgres ? "boolean" : "integer";
    case Kind::integer:
    case Kind::money: return postgres ? "bigint" : "integer";
    case Kind::real: return postgres ? "double precision" : "real";
    case Kind::date: return postgres ? "date" : "text";
    case Kind::instant: return postgres ? "timestamptz" : "text";
    case Kind::text:
    case Kind::id:
    case Kind::choice: return "text";
    }
    return "text";
}

std::vector<ColumnSchema> schema_of(EntityMeta const& meta, db::Dialect dialect) {
    std::vector<ColumnSchema> columns;
    for (FieldMeta const& field : meta.fields)
        columns.push_back(
            {std::string{field.name}, std::string{column_type(field.type->kind, dialect)}, !field.type->optional});
    return columns;
}

std::string create_table_sql(EntityMeta const& meta, db::Dialect dialect) {
    std::string sql = "create table " + meta.table() + " (\n";
    for (FieldMeta const& field : meta.fields) {
        sql.append("    ").append(field.name).append(" ").append(column_type(field.type->kind, dialect));
        append_constraints(sql, field);
        sql += &field == &meta.fields.back() ? "\n" : ",\n";
    }
    return sql + (dialect == db::Dialect::postgres ? ");\n" : ") strict;\n");
}

std::string column_list(EntityMeta const& meta, std::string_view alias) {
    std::string columns;
    for (FieldMeta const& field : meta.fields) {
        if (!columns.empty()) columns += ", ";
        if (!alias.empty()) columns.append(alias).append(".");
        columns += field.name;
    }
    return columns;
}

std::string insert_sql(EntityMeta const& meta) {
    std::string marks;
    for (std::size_t i = 0; i < meta.fields.size(); ++i) marks += i == 0 ? "?" : ", ?";
    return "insert into " + meta.table() + " (" + column_list(meta) + ") values (" + marks + ")";
}

std::string update_sql(EntityMeta const& meta) {
    std::string assignments, guard;
    for (FieldMeta const& field : meta.fields) {
        if (field.key) continue;
        assignments.append(assignments.empty() ? "" : ", ").append(field.name).append(" = ?");
        if (field.version) guard.append(" and ").append(field.name).append(" = ?");
    }
    return "update " + meta.table() + " set " + assignments + " where " + std::string{meta.key().name} + " = ?" + guard;
}

std::string select_sql(EntityMeta const& meta) { return "select " + column_list(meta) + " from " + meta.table(); }

} // namespace sangu::entity
