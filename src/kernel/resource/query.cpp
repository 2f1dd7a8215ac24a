#include "kernel/resource/query.h"

#include "base/text.h"
#include "kernel/entity/derive.h"
#include "kernel/resource/service.h"

#include <algorithm>
#include <array>

namespace sangu::resource {

namespace {

using entity::EntityMeta;
using entity::FieldMeta;

bool is_filterable(FieldMeta const& field) {
    return !field.hidden && (field.facet || field.key || field.type->kind == entity::Kind::id ||
                             field.type->kind == entity::Kind::choice || field.type->kind == entity::Kind::boolean);
}

bool is_sortable(FieldMeta const& field) { return !field.hidden && !field.multiline && !field.type->optional; }

std::vector<FieldMeta const*> default_columns(EntityMeta const& meta) {
    std::vector<FieldMeta const*> columns;
    for (FieldMeta const& field : meta.fields)
        if (field.listed) columns.push_back(&field);
    if (columns.empty())
        for (FieldMeta const& field : meta.fields)
            if (!field.hidden && !field.key && !field.version && columns.size() < 6) columns.push_back(&field);
    // The first column leads to the object, so it is the one people know it by.
    auto const label = std::ranges::find(columns, &label_field(meta));
    if (label != columns.end()) std::rotate(columns.begin(), label, label + 1);
    return columns;
}

Problem wrong(std::string_view name, std::string_view key) { return {std::string{name}, std::string{key}, {}}; }

void set_sort(Query& query, EntityMeta const& meta, std::string_view text, Problems& problems) {
    bool const descending = text.starts_with('-');
    FieldMeta const* field = meta.find(descending ? text.substr(1) : text);
    if (!field || !is_sortable(*field)) {
        problems.push_back(wrong("sort", "error.list.sort"));
        return;
    }
    query.sort = field;
    query.descending = descending;
}

void set_columns(Query& query, EntityMeta const& meta, std::string_view text, Problems& problems) {
    query.columns.clear();
    for (std::string_view const name : split_text(text, ',')) {
        FieldMeta const* field = meta.find(name);
        if (!field || field->hidden)
            problems.push_back(wrong("columns", "error.list.column"));
        else if (std::ranges::find(query.columns, field) == query.columns.end())
            query.columns.push_back(field);
    }
    if (query.columns.empty()) query.columns = default_columns(meta);
}

void set_rows(Query& query, std::string_view text, Problems& problems) {
    auto const rows = parse_integer(text);
    if (!rows || *rows < 1 || *rows > page_rows_max)
        problems.push_back(wrong("rows", "error.list.rows"));
    else
        query.rows = static_cast<int>(*rows);
}

void set_place(Query& query, std::string_view cursor, Problems& problems) {
    auto const text = from_base64url(cursor);
    std::size_t const border = text ? text->find('\n') : std::string::npos;
    if (border == std::string::npos) {
        problems.push_back(wrong("after", "error.list.cursor"));
        return;
    }
    query.after_id = text->substr(0, border);
    query.after_value = text->substr(border + 1);
}

bool set_filter(Query& query, EntityMeta const& meta, std::string_view name, std::string_view text,
                Problems& problems) {
    FieldMeta const* field = meta.find(name);
    if (!field || !is_filterable(*field)) return false;
    if (text.empty()) return true;
    if (!entity::from_plain_text(*field, text).problem.empty())
        problems.push_back(wrong(name, "error.list.filter"));
    else
        query.filters.emplace_back(field, text);
    return true;
}

class Conditions {
public:
    void add(std::string_view condition, std::vector<Value> values) {
        sql_ += sql_.empty() ? "where " : " and ";
        sql_ += condition;
        for (Value& value : values) parameters_.push_back(std::move(value));
    }
    std::string& sql() { return sql_; }
    std::vector<Value>& parameters() { return parameters_; }

private:
    std::string sql_;
    std::vector<Value> parameters_;
};

std::string like_pattern(std::string_view text) {
    std::string pattern = "%";
    for (char const c : text) {
        if (c == '%' || c == '_' || c == '!') pattern += '!';
        pattern += c;
    }
    return to_lower_ascii(pattern + "%");
}

void add_search(Conditions& conditions, EntityMeta const& meta, std::string_view search) {
    for (std::string_view const word : split_text(search, ' ')) {
        if (word.empty()) continue;
        std::string any;
        std::vector<Value> values;
        for (FieldMeta const& field : meta.fields)
            if (field.search_weight && !field.hidden) {
                any += any.empty() ? "(" : " or ";
                any.append("lower(").append(field.name).append(") like ? escape '!'");
                values.emplace_back(like_pattern(word));
            }
        if (!any.empty()) conditions.add(any + ")", std::move(values));
    }
}

void add_scopes(Conditions& conditions, std::string_view column, std::vector<auth::Scope> const& scopes) {
    std::string any;
    std::vector<Value> values;
    for (auth::Scope const& scope : scopes) {
        if (scope.path == "zone") return;
        any += any.empty() ? "(" : " or ";
        any.append(column).append(" = ? or ").append(column).append(" like ?");
        values.emplace_back(scope.path);
        values.emplace_back(scope.path + "/%");
    }
    conditions.add(any.empty() ? "1 = 0" : any + ")", std::move(values));
}

Conditions conditions_of(Resource const& resource, Query const& query, std::vector<auth::Scope> const& scopes,
                         FieldMeta const* without = nullptr) {
    Conditions conditions;
    for (auto const& [field, text] : query.filters)
        if (field != without)
            conditions.add(std::string{field->name} + " = ?", {entity::from_plain_text(*field, text).value});
    add_search(conditions, *resource.meta, query.search);
    if (!query.visible.sql.empty()) conditions.add("(" + query.visible.sql + ")", query.visible.parameters);
    if (!resource.scope_column.empty()) add_scopes(conditions, resource.scope_column, scopes);
    return conditions;
}

Statement ordered(Resource const& resource, Query const& query, Conditions conditions) {
    std::string const key{resource.meta->key().name};
    std::string_view const direction = query.descending ? " desc" : "";
    std::string sql = std::move(conditions.sql());
    sql.append(" order by ").append(query.sort->name).append(direction);
    if (query.sort->name != key) sql.append(", ").append(key).append(direction);
    return {std::move(sql), std::move(conditions.parameters())};
}

} // namespace

Result<Query> parse_query(Context& context, Resource const& resource, http::Request const& request,
                          Strictness strictness) {
    EntityMeta const& meta = *resource.meta;
    Query query;
    Problems problems;
    query.columns = default_columns(meta);
    if (resource.visible) query.visible = resource.visible(context);
    set_sort(query, meta, resource.default_sort, problems);
    SANGU_ASSERT(problems.empty());
    for (auto const& [name, raw] : request.query) {
        std::string_view const text = trim(raw);
        if (name == "q")
            query.search = shorten(text, 100);
        else if (name == "sort" && !text.empty())
            set_sort(query, meta, text, problems);
        else if (name == "columns" && !text.empty())
            set_columns(query, meta, text, problems);
        else if (name == "rows" && !text.empty())
            set_rows(query, text, problems);
        else if (name == "after" && !text.empty())
            set_place(query, text, problems);
        else if (!set_filter(query, meta, name, text, problems) && strictness == Strictness::strict)
            problems.push_back(wrong(name, "error.list.parameter"));
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return query;
}

std::string address_with(Query const& query, Resource const& resource, std::string_view base, std::string_view name,
                         std::string_view value) {
    std::string address{base};
    char separator = '?';
    auto const add = [&](std::string_view key, std::string_view text) {
        if (text.empty()) return;
        address.append(1, separator).append(key).append("=").append(http::percent_encode(text));
        separator = '&';
    };
    auto const keep = [&](std::string_view key, std::string_view text) { add(key, key == name ? value : text); };
    keep("q", query.search);
    bool replaced = name == "q" || name == "sort" || name == "columns" || name == "rows" || name == "after";
    for (auto const& [field, text] : query.filters) {
        keep(field->name, text);
        replaced = replaced || field->name == name;
    }
    std::string sort = query.descending ? "-" : "";
    sort += query.sort->name;
    keep("sort", sort == resource.default_sort ? std::string_view{} : std::string_view{sort});
    std::string columns;
    if (query.columns != default_columns(*resource.meta))
        for (FieldMeta const* field : query.columns) columns.append(columns.empty() ? "" : ",").append(field->name);
    keep("columns", columns);
    keep("rows", query.rows == page_rows_default ? std::string{} : std::to_string(query.rows));
    if (name == "after" || !replaced) add(name, value);
    return address;
}

std::string cursor_of(Query const& query, EntityMeta const& meta, void const* last) {
    std::string text = entity::to_plain_text(meta.key(), meta.key().load(last));
    text += '\n';
    text += entity::to_plain_text(*query.sort, query.sort->load(last));
    return to_base64url(text);
}

namespace {

// Exactly what cursor_of wrote: neither trimmed nor rounded.
Value place_value(FieldMeta const& field, std::string const& text) {
    if (field.type->kind == entity::Kind::text) return text;
    if (field.type->kind == entity::Kind::real)
        if (auto const number = parse_real(text)) return *number;
    return entity::from_plain_text(field, text).value;
}

} // namespace

Statement list_tail(Resource const& resource, Query const& query, std::vector<auth::Scope> const& scopes) {
    Conditions conditions = conditions_of(resource, query, scopes);
    if (!query.after_id.empty()) {
        std::string const key{resource.meta->key().name};
        std::string_view const beyond = query.descending ? " < " : " > ";
        if (query.sort->name == key) {
            conditions.add(key + std::string{beyond} + "?", {query.after_id});
        } else {
            conditions.add("(" + std::string{query.sort->name} + ", " + key + ")" + std::string{beyond} + "(?, ?)",
                           {place_value(*query.sort, query.after_value), query.after_id});
        }
    }
    Statement statement = ordered(resource, query, std::move(conditions));
    statement.sql += " limit ?";
    statement.parameters.emplace_back(static_cast<std::int64_t>(query.rows) + 1);
    return statement;
}

Statement download_tail(Resource const& resource, Query const& query, std::vector<auth::Scope> const& scopes) {
    return ordered(resource, query, conditions_of(resource, query, scopes));
}

std::int64_t count_up_to(db::Session& session, Resource const& resource, Query const& query,
                         std::vector<auth::Scope> const& scopes, std::int64_t limit) {
    Conditions conditions = conditions_of(resource, query, scopes);
    std::string const sql = "select count(*) from (select 1 from " + resource.meta->table() + " " + conditions.sql() +
                            " limit ?) as counted";
    conditions.parameters().emplace_back(limit);
    std::int64_t count = 0;
    session.query(sql, db::Parameters{conditions.parameters()}, [&](db::Row const& row) { count = row.integer(0); });
    return count;
}

std::vector<Facet> facets(db::Session& session, Resource const& resource, Query const& query,
                          std::vector<auth::Scope> const& scopes) {
    std::vector<Facet> result;
    Query everything;
    everything.sort = query.sort;
    everything.visible = query.visible;
    if (count_up_to(session, resource, everything, scopes, facet_rows_max + 1) > facet_rows_max) return result;
    for (FieldMeta const& field : resource.meta->fields) {
        if (!field.facet || field.hidden) continue;
        Conditions conditions = conditions_of(resource, query, scopes, &field);
        std::string const name{field.name};
        std::string const sql = "select " + name + ", count(*) from " + resource.meta->table() + " " +
                                conditions.sql() + " group by " + name + " order by count(*) desc, " + name +
                                " limit 50";
        Facet facet{&field, {}};
        session.query(sql, db::Parameters{conditions.parameters()}, [&](db::Row const& row) {
            if (!row.is_null(0)) {
                Value value = row.value(0);
                if (field.type->kind == entity::Kind::boolean) value = row.boolean(0);
                facet.counts.push_back({entity::to_plain_text(field, value), row.integer(1)});
            }
        });
        if (facet.counts.size() > 1 ||
            std::ranges::any_of(query.filters, [&](auto const& f) { return f.first == &field; }))
            result.push_back(std::move(facet));
    }
    return result;
}

} // namespace sangu::resource
