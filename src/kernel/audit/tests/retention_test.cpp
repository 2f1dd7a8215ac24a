#include "kernel/audit/audit.h"
#include "kernel/audit/retention.h"
#include "kernel/jobs/housekeeping.h"
#include "support/kernel_fixture.h"

namespace sangu::audit {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

class AuditRetention : public test::OnBothKernels {
protected:
    void record(std::string_view id) {
        write([&](db::Transaction& transaction) {
            append(transaction, auth::system_actor(), clock_.now(), "10.0.0.1", "r1",
                   {.action = "plan.task.report", .object_kind = "plan.task", .object_id = id, .scope = "zone"});
        });
    }
    // Ten records, one every thirty days; the clock ends thirty days after the last.
    void record_a_year() {
        for (int i = 1; i <= 10; ++i) {
            record("t" + std::to_string(i));
            clock_.advance_ms(30 * day_ms);
        }
    }
    std::int64_t prune_now() { return prune_all(database(), auth::system_actor(), clock_.now(), keep_months_min); }
    Verdict verdict() { return verify(*database().read()); }
};
SANGU_ON_BOTH_DATABASES(AuditRetention);

TEST_P(AuditRetention, WhatIsKeptStaysVerifiableAndThePruningIsARecord) {
    record_a_year();
    ASSERT_EQ(prune_now(), 4);
    auto const after = verdict();
    EXPECT_TRUE(after.whole) << after.reason;
    EXPECT_EQ(after.pruned, 4);
    EXPECT_EQ(after.records, 7); // six kept and the pruning
    auto const reader = database().read();
    EXPECT_TRUE(history(*reader, "plan.task", "t4", 10).empty());
    EXPECT_EQ(history(*reader, "plan.task", "t5", 10).size(), 1U);
    auto const pruning = history(*reader, "audit.anchor", "4", 10);
    ASSERT_EQ(pruning.size(), 1U);
    EXPECT_EQ(pruning[0].action, pruned_action);
    EXPECT_EQ(pruning[0].sequence, 11);
}

TEST_P(AuditRetention, PruningAgainAndGoingOnKeepsTheChain) {
    record_a_year();
    prune_now();
    EXPECT_EQ(prune_now(), 0);
    record("later");
    clock_.advance_ms(300 * day_ms);
    record("much later");
    EXPECT_GT(prune_now(), 0);
    EXPECT_TRUE(verdict().whole) << verdict().reason;
    EXPECT_EQ(verdict().records, 2); // "much later" and the newest pruning
}

TEST_P(AuditRetention, TheRunEndsAtTheFirstRecordThatIsKept) {
    record("new");
    clock_.advance_ms(-400 * day_ms);
    record("old but after a newer one");
    clock_.advance_ms(401 * day_ms);
    EXPECT_EQ(prune_now(), 0);
    EXPECT_EQ(verdict().records, 2);
}

TEST_P(AuditRetention, AMovedAnchorIsFound) {
    record_a_year();
    prune_now();
    write([](db::Transaction& transaction) {
        transaction.execute("update kernel_audit_anchor set sequence = 5, hash = (select hash from kernel_audit where "
                            "sequence = 5)");
        transaction.execute("delete from kernel_audit where sequence <= 5");
    });
    EXPECT_FALSE(verdict().whole);
    EXPECT_EQ(verdict().reason, "audit.verify.anchor");
    EXPECT_EQ(verdict().first_bad, 5);
}

TEST_P(AuditRetention, AnAnchorWithAnotherHashIsFound) {
    record_a_year();
    prune_now();
    write([](db::Transaction& transaction) { transaction.execute("update kernel_audit_anchor set hash = 'x'"); });
    EXPECT_EQ(verdict().reason, "audit.verify.changed");
    EXPECT_EQ(verdict().first_bad, 5);
}

TEST_P(AuditRetention, AnAnchorThatIsSetBackIsFound) {
    record_a_year();
    prune_now();
    write([](db::Transaction& transaction) {
        transaction.execute("update kernel_audit_anchor set sequence = 0, hash = ''");
    });
    EXPECT_EQ(verdict().reason, "audit.verify.missing");
    EXPECT_EQ(verdict().first_bad, 1);
}

class AuditRetentionJob : public AuditRetention {
protected:
    Result<void> run() {
        auto one = context();
        for (jobs::Handler const& handler : jobs::housekeeping_jobs())
            if (handler.kind == "kernel.prune_audit") return handler.run(one, "", "{}");
        return refuse(Refusal::not_found, "error.not_found");
    }
};
SANGU_ON_BOTH_DATABASES(AuditRetentionJob);

TEST_P(AuditRetentionJob, KeepsEverythingForEverByDefault) {
    record_a_year();
    EXPECT_TRUE(run());
    EXPECT_EQ(verdict().records, 10);
}

TEST_P(AuditRetentionJob, RemovesWhatIsOlderThanTheSetting) {
    settings_.audit_keep_months = 8;
    record_a_year();
    EXPECT_TRUE(run());
    EXPECT_EQ(verdict().pruned, 2);
}

TEST_P(AuditRetentionJob, RemovesNothingOfABrokenChain) {
    settings_.audit_keep_months = 6;
    record_a_year();
    write([](db::Transaction& transaction) {
        transaction.execute("update kernel_audit set actor_name = 'x' where sequence = 2");
    });
    EXPECT_FALSE(run());
    EXPECT_EQ(database().read()->integer("select count(*) from kernel_audit"), 10);
}

TEST(AuditRetentionTime, CountsCalendarMonthsAndNeverKeepsLess) {
    auto const at = [](char const* text) { return parse_instant(text).value(); };
    EXPECT_EQ(to_text(kept_from(at("2026-08-31T04:00:00Z"), 6)), "2026-02-27T16:00:00.000Z"); // 28 February in Changsha
    EXPECT_EQ(to_text(kept_from(at("2026-03-15T04:00:00Z"), 15)), "2024-12-14T16:00:00.000Z");
    EXPECT_EQ(kept_from(at("2026-08-31T04:00:00Z"), 1), kept_from(at("2026-08-31T04:00:00Z"), 6));
}

} // namespace
} // namespace sangu::audit
