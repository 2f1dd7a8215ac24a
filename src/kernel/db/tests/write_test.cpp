#include "support/database.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>

namespace sangu::db {

namespace {

struct Refused : std::exception {};

class Writes : public test::OnBothDatabases {
protected:
    void SetUp() override {
        OnBothDatabases::SetUp();
        if (IsSkipped()) return;
        database().write_alone([](Transaction& transaction) {
            transaction.execute("create table counter (id text primary key, n bigint not null)");
            transaction.execute("insert into counter (id, n) values ('a', 0)");
            transaction.execute("create table thing (id text primary key, n bigint not null)");
        });
    }
    std::int64_t count_things() { return database().read()->integer("select count(*) from thing").value(); }
};
SANGU_ON_BOTH_DATABASES(Writes);

void in_threads(int count, FunctionRef<void(int)> work) {
    std::latch start{count};
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            work(i);
        });
    for (auto& thread : threads) thread.join();
}

void insert_thing(Transaction& transaction, std::string id, std::int64_t n = 0) {
    transaction.execute("insert into thing (id, n) values (?, ?)", {std::move(id), n});
}

TEST_P(Writes, NoIncrementOfManyThreadsIsLost) {
    auto& shared = database();
    in_threads(64, [&](int) {
        for (int i = 0; i < 25; ++i)
            shared.write([](Transaction& transaction) {
                auto const n = transaction.integer("select n from counter where id = 'a'").value();
                transaction.execute("update counter set n = ? where id = 'a'", {n + 1});
            });
    });
    EXPECT_EQ(shared.read()->integer("select n from counter"), 64 * 25);
    auto const counters = shared.counters();
    EXPECT_EQ(counters.commands, 64 * 25 + 1U);
    EXPECT_LT(counters.commits, counters.commands);
    EXPECT_EQ(counters.queue_length, 0);
}

TEST_P(Writes, OneOfManyGetsAUniqueKeyAndTheOthersHearTheName) {
    auto& shared = database();
    for (int round = 0; round < 5; ++round) {
        std::atomic<int> won = 0, lost = 0;
        in_threads(64, [&](int i) {
            try {
                shared.write([&](Transaction& transaction) {
                    transaction.execute("update counter set n = n + 1");
                    insert_thing(transaction, "same" + std::to_string(round), i);
                });
                ++won;
            } catch (ConstraintViolation const& violation) {
                if (violation.kind == ConstraintKind::unique && violation.name == "thing.id") ++lost;
            }
        });
        EXPECT_EQ(won, 1);
        EXPECT_EQ(lost, 63);
    }
    EXPECT_EQ(shared.read()->integer("select n from counter"), 5); // what the losers did before is undone
}

TEST_P(Writes, AThrowingNeighbourIsUndoneAlone) {
    auto& shared = database();
    std::atomic<int> refused = 0;
    in_threads(60, [&](int i) {
        try {
            shared.write([&](Transaction& transaction) {
                insert_thing(transaction, std::to_string(i));
                if (i % 3 == 0) throw Refused{};
            });
        } catch (Refused const&) {
            ++refused;
        }
    });
    EXPECT_EQ(refused, 20);
    EXPECT_EQ(count_things(), 40);
    EXPECT_EQ(shared.read()->integer("select count(*) from thing where cast(id as integer) % 3 = 0"), 0);
}

// Keeps the writer busy until `queue_length` commands wait, so that they share a batch.
void behind_a_slow_command(Database& shared, int queue_length, FunctionRef<void(int)> work) {
    std::atomic<bool> started = false;
    std::thread slow{[&] {
        shared.write_alone([&](Transaction&) {
            started = true;
            while (shared.counters().queue_length < queue_length) std::this_thread::yield();
        });
    }};
    while (!started) std::this_thread::yield();
    in_threads(queue_length, work);
    slow.join();
}

TEST_P(Writes, ManyCommandsShareOneCommit) {
    auto& shared = database();
    auto const before = shared.counters();
    behind_a_slow_command(shared, 50, [&](int i) {
        shared.write([&](Transaction& transaction) { insert_thing(transaction, std::to_string(i)); });
    });
    auto const after = shared.counters();
    EXPECT_EQ(after.commands - before.commands, 51U);
    EXPECT_LE(after.commits - before.commits, 26U); // a batch is bounded in time, too
    EXPECT_EQ(count_things(), 50);
}

TEST_P(Writes, ACommandThatSwallowsADatabaseErrorIsRefused) {
    auto const swallow = [](Transaction& transaction) {
        insert_thing(transaction, "twice");
        try {
            insert_thing(transaction, "twice");
        } catch (ConstraintViolation const&) {
        }
    };
    EXPECT_THROW(database().write(swallow), Fault);
    EXPECT_EQ(count_things(), 0);
    auto& shared = database();
    std::atomic<int> faults = 0;
    behind_a_slow_command(shared, 10, [&](int i) {
        try {
            if (i % 2 == 0)
                shared.write(swallow);
            else
                shared.write([&](Transaction& transaction) { insert_thing(transaction, std::to_string(i)); });
        } catch (Fault const&) {
            ++faults;
        }
    });
    EXPECT_EQ(faults, 5);
    EXPECT_EQ(count_things(), 5);
}

TEST_P(Writes, WrongSqlIsAFaultAndTheWriterGoesOn) {
    EXPECT_THROW(
        database().write([](Transaction& transaction) { transaction.execute("insert into nowhere values (1)"); }),
        Fault);
    EXPECT_THROW(
        database().write([](Transaction& transaction) { transaction.execute("update thing set n = ? + ?", {1L}); }),
        Fault);
    database().write([](Transaction& transaction) { insert_thing(transaction, "x"); });
    EXPECT_EQ(count_things(), 1);
}

TEST_P(Writes, TransactGivesErrorsAsValues) {
    auto const insert = [](Transaction& transaction) -> Result<int> {
        insert_thing(transaction, "x");
        return 7;
    };
    EXPECT_EQ(transact<int>(database(), insert), 7);
    auto const twice = transact<int>(database(), insert);
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().key, "error.already_exists");
    EXPECT_EQ(twice.error().problems.at(0).field, "id");
    auto const refused = transact<int>(database(), [](Transaction& transaction) -> Result<int> {
        insert_thing(transaction, "y");
        return refuse(Refusal::forbidden, "error.forbidden");
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().refusal, Refusal::forbidden);
    EXPECT_EQ(count_things(), 1);
}

TEST_P(Writes, CopyInTakesEveryKindOfValue) {
    database().write_alone([&](Transaction& transaction) {
        transaction.execute(is_postgres()
                                ? "create table bulk (a text, b bigint, c double precision, d boolean, e bytea)"
                                : "create table bulk (a text, b integer, c real, d integer, e blob) strict");
        std::array<std::string_view, 5> const columns{"a", "b", "c", "d", "e"};
        int n = 0;
        auto const copied = database().copy_in(transaction, "bulk", columns, [&](std::vector<Value>& row) {
            row = {std::string{"tab\t newline\n back\\slash \\N 三谷"}, std::int64_t{-5}, 0.1, true,
                   Bytes{std::string{"\0\xff\\", 3}}};
            if (n == 1) row.assign(5, std::monostate{});
            return n++ < 1000;
        });
        EXPECT_EQ(copied, 1000);
    });
    auto reader = database().read();
    EXPECT_EQ(reader->integer("select count(*) from bulk where a is null and e is null and d is null"), 1);
    reader->query("select a, b, c, d, e from bulk where a is not null limit 1", {}, [](Row const& row) {
        EXPECT_EQ(row.text(0), "tab\t newline\n back\\slash \\N 三谷");
        EXPECT_EQ(row.integer(1), -5);
        EXPECT_EQ(row.real(2), 0.1);
        EXPECT_TRUE(row.boolean(3));
        EXPECT_EQ(row.value(4), Value{(Bytes{std::string{"\0\xff\\", 3}})});
    });
}

TEST_P(Writes, CopyInAsksNoSourceAgainThatHasEnded) {
    std::array<std::string_view, 2> const columns{"id", "n"};
    int calls = 0;
    database().write_alone([&](Transaction& transaction) {
        database().copy_in(transaction, "thing", columns, [&](std::vector<Value>& row) {
            row = {std::to_string(calls), std::int64_t{calls}};
            return calls++ < 3;
        });
    });
    EXPECT_EQ(calls, 4);
    EXPECT_EQ(count_things(), 3);
}

TEST_P(Writes, CopyInIsUndoneWhenItsSourceThrows) {
    std::array<std::string_view, 2> const columns{"id", "n"};
    int n = 0;
    auto const bulk = [&](Transaction& transaction) {
        database().copy_in(transaction, "thing", columns, [&](std::vector<Value>& row) -> bool {
            if (++n == 10) throw Refused{};
            row = {std::to_string(n), std::int64_t{n}};
            return true;
        });
    };
    EXPECT_THROW(database().write_alone(bulk), Refused);
    EXPECT_EQ(count_things(), 0);
    database().write([](Transaction& transaction) { insert_thing(transaction, "x"); });
    EXPECT_EQ(count_things(), 1);
}

TEST_P(Writes, TooLongAQueueIsRefusedAtOnce) {
    auto small = test::database_of(GetParam(), {.queue_max = 3});
    std::atomic<bool> blocked = false, go = false;
    std::vector<std::thread> threads;
    threads.emplace_back([&] {
        small->write([&](Transaction&) {
            blocked = true;
            while (!go) std::this_thread::yield();
        });
    });
    while (!blocked) std::this_thread::yield();
    for (int i = 0; i < 3; ++i) threads.emplace_back([&] { small->write([](Transaction&) {}); });
    while (small->counters().queue_length < 3) std::this_thread::yield();
    EXPECT_THROW(small->write([](Transaction&) {}), Overloaded);
    go = true;
    for (auto& thread : threads) thread.join();
    small->write([](Transaction&) {});
}

TEST(Writer, IsNotCalledFromInsideACommand) {
    test::TemporaryDirectory const directory;
    auto const nest = [&] {
        auto const nested = open({.url = "sqlite:" + (directory.path() / "x.db").string()});
        nested->write([&](Transaction&) { nested->write([](Transaction&) {}); });
    };
    EXPECT_DEATH(nest(), "");
}

} // namespace

} // namespace sangu::db
