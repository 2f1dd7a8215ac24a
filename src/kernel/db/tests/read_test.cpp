#include "kernel/db/migrate.h"
#include "support/database.h"

#include <chrono>
#include <thread>

namespace sangu::db {

namespace {

class Reads : public test::OnBothDatabases {
protected:
    void SetUp() override {
        OnBothDatabases::SetUp();
        if (IsSkipped()) return;
        Migration const table{
            "demo", "0001",
            "create table demo_value (id bigint primary key, flag boolean, amount bigint, share double "
            "precision, note text, day date, moment timestamptz, photo bytea);"};
        migrate(database(), {&table, 1});
    }
    void insert(std::int64_t id, std::vector<Value> values) {
        values.insert(values.begin(), id);
        database().write([&](Transaction& transaction) {
            transaction.execute("insert into demo_value (id, flag, amount, share, note, day, moment, photo) "
                                "values (?, ?, ?, ?, ?, ?, ?, ?)",
                                Parameters{values});
        });
    }
};
SANGU_ON_BOTH_DATABASES(Reads);

constexpr std::string_view select_all =
    "select flag, amount, share, note, day, moment, photo from demo_value where id = ?";

TEST_P(Reads, EveryKindOfValueComesBackAsItWasWritten) {
    Bytes const photo{std::string{"\0\x01'\\\xff", 5}};
    std::vector<Value> const written{true,
                                     INT64_MAX,
                                     0.1,
                                     std::string{"三谷 ' ? $1 \\ \n"},
                                     std::string{"2024-02-29"},
                                     std::string{"2025-03-31T08:00:00.120Z"},
                                     photo};
    insert(1, written);
    int rows = 0;
    database().read()->query(select_all, {std::int64_t{1}}, [&](Row const& row) {
        ++rows;
        ASSERT_EQ(row.columns(), 7);
        EXPECT_TRUE(row.boolean(0));
        EXPECT_EQ(row.integer(1), INT64_MAX);
        EXPECT_EQ(row.real(2), 0.1);
        EXPECT_EQ(row.text(3), "三谷 ' ? $1 \\ \n");
        EXPECT_EQ(row.text(4), "2024-02-29");
        EXPECT_EQ(row.text(5), "2025-03-31T08:00:00.120Z");
        EXPECT_EQ(row.text(6), photo.data);
        EXPECT_EQ(row.value(0), is_postgres() ? Value{true} : Value{std::int64_t{1}});
        for (int i = 1; i < 7; ++i) EXPECT_EQ(row.value(i), written[static_cast<std::size_t>(i)]) << i;
    });
    EXPECT_EQ(rows, 1);
}

TEST_P(Reads, NullsAreNulls) {
    insert(1, std::vector<Value>(7));
    auto reader = database().read();
    reader->query(select_all, {std::int64_t{1}}, [&](Row const& row) {
        for (int i = 0; i < 7; ++i) {
            EXPECT_TRUE(row.is_null(i)) << i;
            EXPECT_EQ(row.value(i), Value{}) << i;
        }
    });
    EXPECT_EQ(reader->text("select note from demo_value"), std::nullopt);
    EXPECT_EQ(reader->integer("select amount from demo_value where id = 7"), std::nullopt);
    EXPECT_TRUE(reader->exists("select 1 from demo_value"));
    EXPECT_FALSE(reader->exists("select 1 from demo_value where id = 7"));
}

TEST_P(Reads, MomentsWithoutFractionAndBeforeTheEpochKeepTheirForm) {
    for (auto const* const moment :
         {"2025-03-31T08:00:00.000Z", "1901-01-01T00:00:00.007Z", "9999-12-31T23:59:59.999Z"}) {
        insert(1,
               {false, std::int64_t{0}, 0.0, std::string{}, std::string{"0001-01-01"}, std::string{moment}, Bytes{}});
        auto reader = database().read();
        EXPECT_EQ(reader->text("select moment from demo_value where moment = ?", {std::string{moment}}), moment);
        EXPECT_EQ(reader->text("select day from demo_value"), "0001-01-01");
        EXPECT_EQ(reader->text("select note from demo_value"), "");
        database().write([](Transaction& transaction) { transaction.execute("delete from demo_value"); });
    }
}

TEST_P(Reads, QuestionMarksInTextsAndCommentsAreNoParameters) {
    auto reader = database().read();
    EXPECT_EQ(reader->text("select 'a?' || cast(? as text) || '''?' /* ? */ as \"?\" -- ?", {std::string{"b"}}),
              "a?b'?");
}

TEST_P(Reads, ASnapshotDoesNotSeeLaterWrites) {
    insert(1, std::vector<Value>(7));
    auto reader = database().read();
    EXPECT_EQ(reader->integer("select count(*) from demo_value"), 1);
    insert(2, std::vector<Value>(7));
    EXPECT_EQ(reader->integer("select count(*) from demo_value"), 1);
    EXPECT_EQ(database().read()->integer("select count(*) from demo_value"), 2);
}

TEST_P(Reads, AReaderCannotWrite) {
    auto reader = database().read();
    EXPECT_THROW(reader->execute("delete from demo_value"), Fault);
    EXPECT_THROW(database().read()->query("delete from demo_value", {}, [](Row const&) {}), Fault);
}

TEST_P(Reads, TheSameStatementCanRunInsideItself) {
    insert(1, std::vector<Value>(7));
    insert(2, std::vector<Value>(7));
    auto reader = database().read();
    std::string seen;
    std::string_view const sql = "select id from demo_value order by id";
    reader->query(sql, {}, [&](Row const& outer) {
        reader->query(sql, {}, [&](Row const& inner) {
            seen += std::to_string(outer.integer(0)) + std::to_string(inner.integer(0)) + " ";
        });
    });
    EXPECT_EQ(seen, "11 12 21 22 ");
}

TEST_P(Reads, MoreStatementsThanAreCachedWork) {
    auto reader = database().read();
    for (int i = 0; i < 700; ++i) ASSERT_EQ(reader->integer("select " + std::to_string(i % 350) + " + 0"), i % 350);
}

TEST_P(Reads, AThrowingCallbackLeavesTheReaderUsable) {
    insert(1, std::vector<Value>(7));
    auto reader = database().read();
    EXPECT_THROW(reader->query("select id from demo_value", {}, [](Row const&) { throw 1; }), int);
    EXPECT_EQ(reader->integer("select id from demo_value"), 1);
}

TEST_P(Reads, TooLongAStatementIsStopped) {
    auto hurried = test::database_of(GetParam(), {.statement_timeout_ms = 50});
    auto const begin = std::chrono::steady_clock::now();
    EXPECT_THROW(
        hurried->read()->integer("with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000000) "
                                 "select count(*) from n"),
        Fault);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{5});
    EXPECT_EQ(hurried->read()->integer("select 1 + 0"), 1);
}

TEST_P(Reads, MoreThreadsThanConnectionsWaitForOne) {
    auto few = test::database_of(GetParam(), {.readers_max = 2});
    std::atomic<int> lent = 0, most = 0, answers = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 20; ++n) {
                auto reader = few->read();
                int const now = ++lent;
                for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
                }
                if (reader->integer("select 7 + 0") == 7) ++answers;
                --lent;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(answers, 320);
    EXPECT_LE(most, 2);
    EXPECT_EQ(few->counters().reads, 320U);
}

TEST(Opening, RefusesWhatItCannotOpen) {
    EXPECT_THROW(open({.url = "mysql:nothing"}), Fault);
    EXPECT_THROW(open({.url = "sqlite:/nowhere/at/all/x.db"}), Fault);
    EXPECT_THROW(open({.url = "postgres:///x?host=/nowhere"}), Fault);
}

} // namespace

} // namespace sangu::db
