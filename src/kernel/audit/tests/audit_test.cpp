#include "kernel/audit/audit.h"
#include "support/kernel_fixture.h"

#include <stdexcept>

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

} // namespace
} // namespace sangu::audit
