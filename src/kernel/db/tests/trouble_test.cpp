// Disk full, lost connections, copies while people write.

#include "support/database.h"

#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <thread>

namespace sangu::db {

namespace {

class Trouble : public test::OnBothDatabases {
protected:
    void SetUp() override {
        OnBothDatabases::SetUp();
        if (IsSkipped()) return;
        database().write_alone([](Transaction& transaction) {
            transaction.execute("create table thing (id integer primary key, content text not null)");
        });
    }
    void insert(std::int64_t id, std::size_t size) {
        database().write([&](Transaction& transaction) {
            transaction.execute("insert into thing (id, content) values (?, ?)", {id, std::string(size, 'x')});
        });
    }
    std::int64_t count() { return database().read()->integer("select count(*) from thing").value(); }
};
SANGU_ON_BOTH_DATABASES(Trouble);

TEST_P(Trouble, ABackupTakenWhilePeopleWriteIsWhole) {
    test::TemporaryDirectory const directory;
    auto const path = (directory.path() / "copy").string();
    std::atomic<bool> stop = false;
    std::thread writer{[&] {
        // Always two rows at a time: a torn copy has an odd number.
        for (std::int64_t i = 0; !stop; i += 2)
            database().write([&](Transaction& transaction) {
                transaction.execute("insert into thing (id, content) values (?, 'a')", {i});
                transaction.execute("insert into thing (id, content) values (?, 'b')", {i + 1});
            });
    }};
    while (database().counters().commands < 50) std::this_thread::yield();
    database().backup_to(path);
    database().backup_to(path); // the second replaces the first
    stop = true;
    writer.join();
    EXPECT_FALSE(std::filesystem::exists(path + ".part"));
    if (is_postgres()) {
        std::ifstream file{path, std::ios::binary};
        std::string magic(5, ' ');
        file.read(magic.data(), 5);
        EXPECT_EQ(magic, "PGDMP");
        return;
    }
    auto const copy = open({.url = "sqlite:" + path});
    auto reader = copy->read();
    EXPECT_EQ(reader->text("pragma integrity_check"), "ok");
    auto const rows = reader->integer("select count(*) from thing").value();
    EXPECT_GE(rows, 90);
    EXPECT_EQ(rows % 2, 0);
}

TEST_P(Trouble, ABackupToNowhereIsAFault) {
    EXPECT_THROW(database().backup_to("/nowhere/at/all/copy"), Fault);
    insert(1, 10);
    EXPECT_EQ(count(), 1);
}

// PostgreSQL would stop as a whole for a file size limit: its own error codes are mapped in postgres_errors.cpp.
class Storage : public Trouble {};
INSTANTIATE_TEST_SUITE_P(databases, Storage, ::testing::Values("sqlite"));

TEST_P(Storage, FullMeansNothingOfTheBatchIsSavedAndLaterItWorks) {
    auto const limit_pages = [&](std::string const& pages) {
        database().write([&](Transaction& transaction) {
            transaction.query("pragma max_page_count=" + pages, {}, [](Row const&) {});
        });
    };
    limit_pages("20");
    std::atomic<bool> started = false;
    std::atomic<int> full = 0, saved = 0;
    std::vector<std::thread> threads;
    threads.emplace_back([&] {
        database().write_alone([&](Transaction&) {
            started = true;
            while (database().counters().queue_length < 8) std::this_thread::yield();
        });
    });
    while (!started) std::this_thread::yield();
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&, i] {
            try {
                insert(i, i == 7 ? 1'000'000 : 10);
                ++saved;
            } catch (StorageFull const&) {
                ++full;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_GE(full, 1);
    EXPECT_EQ(count(), saved); // who was told "saved" is saved, who was told "full" is not
    EXPECT_EQ(saved + full, 8);
    limit_pages("1000000");
    insert(100, 1'000'000);
    EXPECT_EQ(count(), saved + 1);
}

TEST_P(Storage, AFailingWriteToTheFileIsReportedAsFull) {
    insert(1, 10);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    rlimit small = before;
    small.rlim_cur = 300'000;
    setrlimit(RLIMIT_FSIZE, &small);
    EXPECT_THROW(insert(2, 2'000'000), StorageFull);
    setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_EQ(count(), 1);
    insert(2, 2'000'000);
    EXPECT_EQ(count(), 2);
}

class Connections : public Trouble {};
INSTANTIATE_TEST_SUITE_P(databases, Connections, ::testing::Values("postgres"));

TEST_P(Connections, ALostWriterFailsItsBatchAndComesBack) {
    auto const fail = [&] {
        database().write([](Transaction& transaction) {
            transaction.execute("insert into thing (id, content) values (1, 'x')");
            transaction.integer("select pg_terminate_backend(pg_backend_pid())::int");
        });
    };
    EXPECT_THROW(fail(), Fault);
    insert(2, 10);
    EXPECT_EQ(count(), 1);
}

TEST_P(Connections, IdleOnesThatTheServerClosedAreReplaced) {
    insert(1, 10);
    {
        auto first = database().read(), second = database().read();
        EXPECT_EQ(first->integer("select 1"), 1);
        EXPECT_EQ(second->integer("select 1"), 1);
    }
    // Waits until they are gone.
    database().read()->query("select pg_terminate_backend(pid, 5000) from pg_stat_activity "
                             "where datname = current_database() and pid <> pg_backend_pid()",
                             {}, [](Row const&) {});
    insert(2, 10);
    auto first = database().read(), second = database().read();
    EXPECT_EQ(first->integer("select count(*) from thing"), 2);
    EXPECT_EQ(second->integer("select count(*) from thing"), 2);
}

TEST_P(Connections, TextWithAZeroByteIsRefusedAndTheWriterGoesOn) {
    auto const zero = [&] {
        database().write([](Transaction& transaction) {
            transaction.execute("insert into thing (id, content) values (1, ?)", {std::string{"a\0b", 3}});
        });
    };
    EXPECT_THROW(zero(), Fault);
    insert(1, 10);
    EXPECT_EQ(count(), 1);
}

TEST_P(Connections, TwoServersOnOneDatabaseLoseNothing) {
    std::string url = database().read()->text("select current_setting('unix_socket_directories')").value();
    auto const name = database().read()->text("select current_database()").value();
    auto const user = database().read()->text("select current_user::text").value();
    if (url.find(',') != std::string::npos) GTEST_SKIP() << "needs the server of this process";
    auto other = open({.url = "postgres:///" + name + "?user=" + user + "&host=" + url});
    insert(1, 0);
    auto const increment = [](Database& server) {
        for (int i = 0; i < 50; ++i)
            server.write([](Transaction& transaction) {
                auto const length = transaction.integer("select length(content) from thing where id = 1").value();
                transaction.execute("update thing set content = repeat('x', cast(? as integer)) where id = 1",
                                    {length + 1});
            });
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) threads.emplace_back([&, i] { increment(i % 2 == 0 ? database() : *other); });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(database().read()->integer("select length(content) from thing where id = 1"), 400);
}

} // namespace

} // namespace sangu::db
