// A database of any earlier version becomes one of this version, with the same schema as a fresh one, which is the
// schema the descriptions ask for.

#include "kernel/host.h"
#include "support/database.h"
#include "support/schema.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sangu {
#define SANGU_MODULE(name) Module name##_module();
#include "app/modules.def"
#undef SANGU_MODULE
} // namespace sangu

namespace sangu::test {
namespace {

std::vector<Module> modules() {
    std::vector<Module> all;
#define SANGU_MODULE(name) all.push_back(name##_module());
#include "app/modules.def"
#undef SANGU_MODULE
    return in_order(std::move(all));
}

// Every column and index of the database as one sorted list of texts.
std::vector<std::string> schema_of(db::Database& database) {
    std::vector<std::string> schema;
    auto const reader = database.read();
    auto const take = [&](db::Row const& row) {
        std::string line;
        for (int i = 0; i < row.columns(); ++i) line.append(row.is_null(i) ? "" : row.text(i)).append("|");
        schema.push_back(std::move(line));
    };
    if (database.dialect() == db::Dialect::sqlite) {
        reader->query("select m.name, c.name, c.type, cast(c.\"notnull\" as text), c.dflt_value from sqlite_master m, "
                      "pragma_table_info(m.name) c where m.type = 'table'",
                      {}, take);
        reader->query("select name, tbl_name from sqlite_master where type = 'index'", {}, take);
    } else {
        reader->query("select table_name, column_name, data_type, is_nullable, column_default "
                      "from information_schema.columns where table_schema = 'public'",
                      {}, take);
        reader->query("select indexdef from pg_indexes where schemaname = 'public'", {}, take);
    }
    std::ranges::sort(schema);
    return schema;
}

class Upgrade : public OnBothDatabases {};

TEST_P(Upgrade, from_every_earlier_version_ends_in_the_schema_of_a_fresh_database) {
    auto const all = modules();
    auto migrations = migrations_of(all);
    std::string_view const other = database().dialect() == db::Dialect::sqlite ? "postgres" : "sqlite";
    std::erase_if(migrations, [&](db::Migration const& one) { return one.dialect == other; });
    db::migrate(database(), migrations);
    auto const fresh = schema_of(database());
    for (std::size_t applied = 1; applied < migrations.size(); ++applied) {
        auto const older = database_of(GetParam());
        db::migrate(*older, std::span{migrations}.first(applied));
        EXPECT_EQ(db::migrate(*older, migrations).size(), migrations.size() - applied);
        EXPECT_EQ(schema_of(*older), fresh) << "from the version before " << migrations[applied].name;
        EXPECT_TRUE(db::migrate(*older, migrations).empty());
    }
}

TEST_P(Upgrade, the_schema_is_what_the_descriptions_ask_for) {
    auto const all = modules();
    db::migrate(database(), migrations_of(all));
    auto const reader = database().read();
    for (Module const& module : all)
        for (entity::EntityMeta const* meta : module.entities)
            EXPECT_EQ(schema_differences(*reader, *meta), std::vector<std::string>{}) << meta->name;
}

SANGU_ON_BOTH_DATABASES(Upgrade);

} // namespace
} // namespace sangu::test
