#include "kernel/audit/audit.h"
#include "support/kernel_fixture.h"

#include <atomic>
#include <stdexcept>
#include <thread>

namespace sangu::audit {
namespace {

class Audit : public test::OnBothKernels {
protected:
    void record(std::string_view action, std::string_view id = "t1") {
        write([&](db::Transaction& transaction) {
            append(transaction, auth::system_actor(), clock_.now(), "10.0.0.1", "r1",
                   {.action = action, .object_kind = "plan.task", .object_id = id, .scope = "zone", .comment = "原因"});
        });
    }
    Verdict verdict() { return verify(*database().read()); }
};
SANGU_ON_BOTH_DATABASES(Audit);

TEST_P(Audit, AnEmptyLogIsWhole) {
    EXPECT_TRUE(verdict().whole);
    EXPECT_EQ(verdict().records, 0);
}

TEST_P(Audit, RecordsAreNumberedChainedAndReadNewestFirst) {
    record("plan.task.create");
    record("plan.task.report");
    record("plan.task.report", "t2");
    auto const reader = database().read();
    auto const records = history(*reader, "plan.task", "t1", 10);
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0].sequence, 2);
    EXPECT_EQ(records[0].action, "plan.task.report");
    EXPECT_EQ(records[0].at, clock_.now());
    EXPECT_EQ(records[0].remote, "10.0.0.1");
    EXPECT_EQ(records[0].details, R"({"comment":"原因"})");
    EXPECT_EQ(history(*reader, "plan.task", "t1", 10, 2).size(), 1U);
    auto const verdict = verify(*reader);
    EXPECT_TRUE(verdict.whole);
    EXPECT_EQ(verdict.records, 3);
}

TEST_P(Audit, AnActThatIsRolledBackLeavesNoGap) {
    record("a.one");
    EXPECT_THROW(write([&](db::Transaction& transaction) {
                     append(transaction, auth::system_actor(), clock_.now(), "", "", {.action = "a.undone"});
                     throw std::runtime_error{"no"};
                 }),
                 std::runtime_error);
    record("a.two");
    EXPECT_TRUE(verdict().whole);
    EXPECT_EQ(verdict().records, 2);
}

TEST_P(Audit, AChangedRecordIsFound) {
    for (int i = 0; i < 5; ++i) record("a.b");
    write([](db::Transaction& transaction) {
        transaction.execute("update kernel_audit set actor_name = 'x' where sequence = 3");
    });
    EXPECT_FALSE(verdict().whole);
    EXPECT_EQ(verdict().first_bad, 3);
    EXPECT_EQ(verdict().reason, "audit.verify.changed");
}

TEST_P(Audit, AMissingRecordIsFound) {
    for (int i = 0; i < 5; ++i) record("a.b");
    write([](db::Transaction& transaction) { transaction.execute("delete from kernel_audit where sequence = 2"); });
    EXPECT_EQ(verdict().first_bad, 2);
    EXPECT_EQ(verdict().reason, "audit.verify.missing");
}

TEST_P(Audit, AMissingEndIsFound) {
    for (int i = 0; i < 5; ++i) record("a.b");
    write([](db::Transaction& transaction) { transaction.execute("delete from kernel_audit where sequence = 5"); });
    EXPECT_EQ(verdict().first_bad, 5);
    EXPECT_EQ(verdict().reason, "audit.verify.end_differs");
}

TEST_P(Audit, ALongChainIsWalkedInPages) {
    write([&](db::Transaction& transaction) {
        for (int i = 0; i < 5001; ++i)
            append(transaction, auth::system_actor(), clock_.now(), "", "", {.action = "a.b"});
    });
    EXPECT_TRUE(verdict().whole);
    EXPECT_EQ(verdict().records, 5001);
}

class AuditOfServers : public Audit {};
INSTANTIATE_TEST_SUITE_P(databases, AuditOfServers, ::testing::Values("postgres"));

TEST_P(AuditOfServers, TwoServersAddToOneChainAndOneFeed) {
    std::string const host = database().read()->text("select current_setting('unix_socket_directories')").value();
    auto const name = database().read()->text("select current_database()").value();
    auto const user = database().read()->text("select current_user::text").value();
    if (host.find(',') != std::string::npos) GTEST_SKIP() << "needs the server of this process";
    auto const other = db::open({.url = "postgres:///" + name + "?user=" + user + "&host=" + host});
    std::atomic<int> stored = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&, i] {
            for (int act = 0; act < 25; ++act) {
                try {
                    (i % 2 == 0 ? database() : *other).write([&](db::Transaction& transaction) {
                        append(transaction, auth::system_actor(), clock_.now(), "", "", {.action = "a.b"});
                        events::publish(transaction, clock_.now(), "a.b", "", "zone", "public");
                        if (act % 5 == 0) // violates the check of the table
                            transaction.send("insert into kernel_audit_head (id, sequence, hash) values (2, 0, '')",
                                             {});
                    });
                    ++stored;
                } catch (db::ConstraintViolation const&) {
                }
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(stored, 8 * 20);
    EXPECT_TRUE(verdict().whole);
    EXPECT_EQ(verdict().records, stored);
    EXPECT_EQ(database().read()->integer("select count(*) from kernel_event"), stored);
    EXPECT_EQ(database().read()->integer("select max(sequence) from kernel_event"), stored);
}

} // namespace
} // namespace sangu::audit
