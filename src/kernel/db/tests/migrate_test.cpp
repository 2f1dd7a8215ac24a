#include "kernel/db/migrate.h"
#include "support/database.h"

#include <thread>

namespace sangu::db {

namespace {

class Migrations : public test::OnBothDatabases {};
SANGU_ON_BOTH_DATABASES(Migrations);

std::vector<Migration> const two_steps{
    {"demo", "0001_init", R"sql(
-- people; and "things"
create table demo_person (
  id text primary key,
  born date not null,
  seen timestamptz,
  is_member boolean not null default false,
  share double precision,
  photo bytea,
  note text not null default 'a date; bigint' -- not a type;
);
create index demo_person_born on demo_person (born);
)sql"},
    {"demo", "0002_count", "alter table demo_person add column visits bigint not null default 0;"},
};

TEST_P(Migrations, ApplyOnceAndInOrder) {
    EXPECT_EQ(plan_migrations(database(), two_steps).size(), 2U);
    EXPECT_EQ(migrate(database(), two_steps).size(), 2U);
    EXPECT_TRUE(plan_migrations(database(), two_steps).empty());
    EXPECT_TRUE(migrate(database(), two_steps).empty());
    database().write([](Transaction& transaction) {
        transaction.execute("insert into demo_person (id, born, is_member, visits) values (?, ?, ?, ?)",
                            {std::string{"a"}, std::string{"2000-02-29"}, true, std::int64_t{1} << 40});
    });
    auto reader = database().read();
    EXPECT_EQ(reader->integer("select visits from demo_person where is_member"), std::int64_t{1} << 40);
    EXPECT_EQ(reader->text("select note from demo_person"), "a date; bigint");
}

TEST_P(Migrations, RefuseAChangedText) {
    migrate(database(), two_steps);
    auto changed = two_steps;
    changed[1].sql = "alter table demo_person add column visits integer;";
    EXPECT_THROW(migrate(database(), changed), Fault);
    EXPECT_THROW(plan_migrations(database(), changed), Fault);
}

TEST_P(Migrations, AFailedOneLeavesNothing) {
    std::vector<Migration> const broken{
        {"demo", "0001_init", "create table demo_a (id text primary key);\ncreate table demo_a (id text);\n"}};
    EXPECT_THROW(migrate(database(), broken), Fault);
    EXPECT_EQ(plan_migrations(database(), broken).size(), 1U);
    std::vector<Migration> const right{{"demo", "0001_init", "create table demo_a (id text primary key);"}};
    EXPECT_EQ(migrate(database(), right).size(), 1U);
}

TEST_P(Migrations, OfTheOtherDialectAreLeftOut) {
    std::vector<Migration> const both{{"demo", "0001_x", "create table demo_s (id text);", "sqlite"},
                                      {"demo", "0001_x", "create table demo_p (id text);", "postgres"}};
    EXPECT_EQ(migrate(database(), both).size(), 1U);
    EXPECT_NO_THROW(database().read()->exists(is_postgres() ? "select id from demo_p" : "select id from demo_s"));
}

TEST_P(Migrations, OfManyThreadsApplyOnce) {
    auto& shared = database();
    std::atomic<std::size_t> applied = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) threads.emplace_back([&] { applied += migrate(shared, two_steps).size(); });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(applied, 2U);
}

TEST(MigrationText, MapsTypesButNotNamesAndTexts) {
    Migration const migration{"demo", "0001",
                              "create table x (\"date\" date not null, due DATE, sum double precision,\n"
                              "  flag boolean default true check (flag is not null), t text default 'bigint;'\n);\n"
                              "create index x_due on x (date) where due > '2000-01-01' and date is null;\n"};
    auto const sqlite = statements_for(migration, Dialect::sqlite);
    ASSERT_EQ(sqlite.size(), 2U);
    EXPECT_EQ(sqlite[0], "create table x (\"date\" text not null, due text, sum real,\n"
                         "  flag integer default true check (flag is not null), t text default 'bigint;'\n) strict");
    EXPECT_EQ(sqlite[1], "create index x_due on x (date) where due > '2000-01-01' and date is null");
    EXPECT_NE(statements_for(migration, Dialect::postgres)[0].find("sum double precision"), std::string::npos);
}

TEST(MigrationText, KeepsBodiesTogether) {
    Migration const trigger{"demo", "0001",
                            "create trigger t before insert on x begin\n  select 1;\n  select 2;\nend;\nselect 3;\n"};
    EXPECT_EQ(statements_for(trigger, Dialect::sqlite).size(), 2U);
    Migration const function{"demo", "0001",
                             "create function f() returns int language sql as $body$\n  select 1;\n$body$;\nselect 3;"};
    EXPECT_EQ(statements_for(function, Dialect::postgres).size(), 2U);
}

TEST(MigrationText, LeavesOutCommentsAndWithoutRowidStaysStrict) {
    Migration const migration{
        "demo", "0001", "-- nothing;\n/* a;\n b */\ncreate table x (id text primary key) without rowid; -- end\n"};
    auto const sqlite = statements_for(migration, Dialect::sqlite);
    ASSERT_EQ(sqlite.size(), 1U);
    EXPECT_EQ(sqlite[0], "create table x (id text primary key) without rowid, strict");
}

} // namespace

} // namespace sangu::db
