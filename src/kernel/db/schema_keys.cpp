#include "kernel/db/schema.h"

namespace sangu::db {

namespace {

struct Catalogue {
    std::string_view unique_keys, foreign_keys; // (key's name, column) in order; (table, column)
};

constexpr Catalogue sqlite_catalogue{
    "select i.name, c.name from pragma_index_list(?) i join pragma_index_info(i.name) c"
    " where i.\"unique\" = 1 and i.partial = 0 and c.name is not null order by i.name, c.seqno",
    "select t.name, f.\"from\" from sqlite_master t join pragma_foreign_key_list(t.name) f"
    " where t.type = 'table' and f.\"table\" = ? order by t.name, f.\"from\""};

constexpr Catalogue postgres_catalogue{
    "select i.indexrelid::regclass::text, a.attname::text from pg_index i"
    " cross join lateral unnest(i.indkey) with ordinality as k (number, place)"
    " join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number"
    " where i.indisunique and i.indpred is null and i.indexprs is null and i.indrelid = to_regclass(quote_ident(?))"
    " order by 1, k.place",
    "select t.relname::text, a.attname::text from pg_constraint c join pg_class t on t.oid = c.conrelid"
    " join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]"
    " where c.contype = 'f' and c.confrelid = to_regclass(quote_ident(?)) order by 1, 2"};

Catalogue const& catalogue_of(Session& session) {
    return session.dialect() == Dialect::sqlite ? sqlite_catalogue : postgres_catalogue;
}

} // namespace

std::vector<std::vector<std::string>> unique_keys_of(Session& session, std::string_view table) {
    std::vector<std::vector<std::string>> keys;
    std::string last;
    session.query(catalogue_of(session).unique_keys, {std::string{table}}, [&](Row const& row) {
        if (keys.empty() || row.text(0) != last) keys.emplace_back();
        last = row.text(0);
        keys.back().emplace_back(row.text(1));
    });
    return keys;
}

std::vector<ForeignKey> foreign_keys_to(Session& session, std::string_view target) {
    std::vector<ForeignKey> found;
    session.query(catalogue_of(session).foreign_keys, {std::string{target}}, [&](Row const& row) {
        found.push_back({std::string{row.text(0)}, std::string{row.text(1)}, std::string{target}});
    });
    return found;
}

} // namespace sangu::db
