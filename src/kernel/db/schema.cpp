#include "kernel/db/schema.h"

#include "base/text.h"

#include <algorithm>

namespace sangu::db {

namespace {

struct Catalogue {
    std::string_view tables, columns, key, references; // all but the first take the table's name
};

constexpr Catalogue sqlite_catalogue{
    "select name from sqlite_master where type = 'table' and name not like 'sqlite~_%' escape '~' order by name",
    "select name, type from pragma_table_info(?) order by cid",
    "select name from pragma_table_info(?) where pk > 0 order by pk",
    "select distinct \"table\" from pragma_foreign_key_list(?)"};

constexpr Catalogue postgres_catalogue{
    "select tablename::text from pg_tables where schemaname = current_schema() order by tablename collate \"C\"",
    "select column_name::text, data_type::text from information_schema.columns "
    "where table_schema = current_schema() and table_name = ? order by ordinal_position",
    "select a.attname::text from pg_index i cross join lateral unnest(i.indkey) with ordinality as k (number, place) "
    "join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number "
    "where i.indisprimary and i.indrelid = to_regclass(quote_ident(?)) order by k.place",
    "select distinct r.relname::text from pg_constraint c join pg_class r on r.oid = c.confrelid "
    "where c.contype = 'f' and c.conrelid = to_regclass(quote_ident(?))"};

std::vector<std::string> names(Session& session, std::string_view sql, std::initializer_list<Value> parameters) {
    std::vector<std::string> found;
    session.query(sql, parameters, [&](Row const& row) { found.emplace_back(row.text(0)); });
    return found;
}

Table describe(Session& session, Catalogue const& catalogue, std::string const& name) {
    Table table{.name = name};
    session.query(catalogue.columns, {name}, [&](Row const& row) {
        table.columns.push_back({std::string{row.text(0)}, to_lower_ascii(row.text(1))});
    });
    table.key = names(session, catalogue.key, {name});
    table.references = names(session, catalogue.references, {name});
    std::erase(table.references, name);
    return table;
}

// Takes, again and again, the tables whose references are all taken.
std::vector<Table> in_order_of_references(std::vector<Table> waiting) {
    std::vector<Table> ordered;
    auto const is_ready = [&](Table const& table) {
        return std::ranges::all_of(table.references, [&](std::string const& other) {
            return std::ranges::find(ordered, other, &Table::name) != ordered.end();
        });
    };
    while (!waiting.empty()) {
        auto const blocked = std::stable_partition(waiting.begin(), waiting.end(), is_ready);
        if (blocked == waiting.begin()) throw Fault{"foreign keys go in a circle at " + waiting.front().name};
        ordered.insert(ordered.end(), std::move_iterator{waiting.begin()}, std::move_iterator{blocked});
        waiting.erase(waiting.begin(), blocked);
    }
    return ordered;
}

constexpr std::size_t portion_rows = 100; // pieces of attachments have 256 KiB

template <class Items, class Text> std::string joined(Items const& items, Text text) {
    std::string all;
    for (auto const& item : items) all += (all.empty() ? "" : ", ") + text(item);
    return all;
}

} // namespace

std::string quoted(std::string_view name) {
    std::string text{"\""};
    for (char const c : name) text += c == '"' ? std::string{"\"\""} : std::string{c};
    return text + "\"";
}

std::vector<Table> tables_of(Session& session) {
    auto const& catalogue = session.dialect() == Dialect::sqlite ? sqlite_catalogue : postgres_catalogue;
    std::vector<Table> tables;
    for (std::string const& name : names(session, catalogue.tables, {}))
        tables.push_back(describe(session, catalogue, name));
    return in_order_of_references(std::move(tables));
}

RowsByKey::RowsByKey(Session& session, Table const& table) : session_{session}, table_{table} {
    if (table.key.empty()) throw Fault{"table " + table.name + " has no primary key"};
    bool const is_postgres = session.dialect() == Dialect::postgres;
    for (std::string const& name : table.key)
        key_places_.push_back(
            static_cast<std::size_t>(std::ranges::find(table.columns, name, &Column::name) - table.columns.begin()));
    auto const select = "select " + joined(table.columns, [](Column const& one) { return quoted(one.name); }) +
                        " from " + quoted(table.name);
    auto const order = " order by " + joined(key_places_, [&](std::size_t place) {
                           Column const& column = table.columns[place];
                           return quoted(column.name) + (is_postgres && column.type == "text" ? " collate \"C\"" : "");
                       });
    if (is_postgres) {
        // A result lies in memory as a whole, and the order by bytes has no index: one sort, then portions of it.
        std::string const cursor = quoted("rows_of_" + table.name);
        first_sql_ = "declare " + cursor + " no scroll cursor for " + select + order;
        next_sql_ = "fetch " + std::to_string(portion_rows) + " from " + cursor;
        return;
    }
    auto const limit = order + " limit " + std::to_string(portion_rows);
    auto const marks = joined(table.key, [](std::string const&) { return std::string{"?"}; });
    first_sql_ = select + limit;
    next_sql_ = select + " where (" + joined(table.key, quoted) + ") > (" + marks + ")" + limit;
}

bool RowsByKey::next(std::vector<Value>& row) {
    if (read_ == portion_.size() && !is_over_) fetch();
    if (read_ == portion_.size()) return false;
    row = std::move(portion_[read_++]);
    return true;
}

void RowsByKey::fetch() {
    portion_.clear();
    read_ = 0;
    auto const keep = [&](Row const& row) {
        auto& values = portion_.emplace_back();
        for (int i = 0; i < row.columns(); ++i) values.push_back(row.value(i));
    };
    bool const is_cursor = session_.dialect() == Dialect::postgres;
    if (is_cursor && !is_begun_) session_.execute(first_sql_);
    session_.query(is_cursor || is_begun_ ? next_sql_ : first_sql_, Parameters{last_key_}, keep);
    is_begun_ = true;
    is_over_ = portion_.size() < portion_rows;
    if (is_cursor) {
        if (is_over_) session_.execute("close " + quoted("rows_of_" + table_.name));
        return;
    }
    last_key_.clear();
    if (!is_over_)
        for (std::size_t const place : key_places_) last_key_.push_back(portion_.back()[place]);
}

} // namespace sangu::db
