#include "kernel/backup/contents.h"

#include <vector>

namespace sangu::backup {

Contents contents_of(db::Session& session) {
    std::vector<std::string> tables;
    session.query(session.dialect() == db::Dialect::sqlite
                      ? "select name from sqlite_master where type = 'table' and name not like 'sqlite~_%' escape '~' "
                        "order by name"
                      : "select tablename from pg_tables where schemaname = current_schema() order by tablename",
                  {}, [&](db::Row const& row) { tables.emplace_back(row.text(0)); });
    Contents contents;
    for (std::string const& table : tables)
        contents.rows[table] = session.integer("select count(*) from \"" + table + "\"").value_or(0);
    session.query("select sequence, hash from kernel_audit_head where id = 1", {}, [&](db::Row const& row) {
        contents.audit_records = row.integer(0);
        contents.audit_hash = row.text(1);
    });
    return contents;
}

} // namespace sangu::backup
