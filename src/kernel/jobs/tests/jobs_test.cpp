#include "kernel/jobs/housekeeping.h"
#include "kernel/jobs/jobs.h"
#include "kernel/jobs/lease.h"
#include "kernel/jobs/runner.h"
#include "support/kernel_fixture.h"

#include <mutex>
#include <stdexcept>

namespace sangu::jobs {
namespace {

std::mutex ran_mutex;
std::vector<std::string> ran;

Result<void> note(Context& context, std::string_view key, std::string_view payload) {
    std::lock_guard const lock{ran_mutex};
    ran.push_back(std::string{key} + "/" + std::string{payload} + "/" + context.actor.account_id);
    return {};
}
Result<void> refuse_always(Context&, std::string_view, std::string_view) {
    return refuse(Refusal::conflict, "error.conflict");
}
Result<void> throw_always(Context&, std::string_view, std::string_view) { throw std::runtime_error{"disk gone"}; }

class Jobs : public test::OnBothKernels {
protected:
    void SetUp() override {
        test::OnBothKernels::SetUp();
        ran.clear();
    }
    void add(std::string_view kind, std::string_view key, std::int64_t in_s, std::string_view payload = "{}") {
        write([&](db::Transaction& transaction) {
            schedule(transaction, kind, key, Instant{clock_.now().ms + in_s * 1000}, payload);
        });
    }
    void pass(std::int64_t seconds) { clock_.advance_ms(seconds * 1000); }
    std::vector<Job> in_state(std::string_view state) { return list(*database().read(), state, 100); }
    Runner runner(std::vector<Schedule> schedules = {}) {
        return {services(),
                {{.kind = "note", .run = note},
                 {.kind = "refuse", .run = refuse_always, .attempts_max = 3},
                 {.kind = "throw", .run = throw_always}},
                std::move(schedules)};
    }
};
SANGU_ON_BOTH_DATABASES(Jobs);

TEST_P(Jobs, RunWhenDueAsTheSystemAndOnlyOnce) {
    add("note", "k", 60, R"({"n":1})");
    Runner jobs = runner();
    EXPECT_EQ(jobs.run_due_once(), 0);
    pass(60);
    EXPECT_EQ(jobs.run_due_once(), 1);
    EXPECT_EQ(jobs.run_due_once(), 0);
    EXPECT_EQ(ran, std::vector<std::string>{R"(k/{"n":1}/system)"});
    EXPECT_EQ(in_state("done").size(), 1U);
}

TEST_P(Jobs, SchedulingTheSameAgainMovesIt) {
    add("note", "k", 60, "1");
    add("note", "k", 120, "2");
    pass(60);
    EXPECT_EQ(runner().run_due_once(), 0);
    pass(60);
    EXPECT_EQ(runner().run_due_once(), 1);
    EXPECT_EQ(ran, std::vector<std::string>{"k/2/system"});
}

TEST_P(Jobs, ACancelledJobDoesNotRun) {
    add("note", "k", 1);
    write([](db::Transaction& transaction) { cancel(transaction, "note", "k"); });
    pass(10);
    EXPECT_EQ(runner().run_due_once(), 0);
}

TEST_P(Jobs, RefusalsAreTriedAgainWithGrowingPausesAndThenGivenUp) {
    add("refuse", "k", 0);
    Runner jobs = runner();
    EXPECT_EQ(jobs.run_due_once(), 1);
    EXPECT_EQ(in_state("waiting").at(0).due.ms, clock_.now().ms + 30'000);
    pass(30);
    EXPECT_EQ(jobs.run_due_once(), 1);
    EXPECT_EQ(in_state("waiting").at(0).due.ms, clock_.now().ms + 60'000);
    pass(60);
    EXPECT_EQ(jobs.run_due_once(), 1);
    auto const failed = in_state("failed");
    ASSERT_EQ(failed.size(), 1U);
    EXPECT_EQ(failed[0].last_error, "error.conflict");
    EXPECT_EQ(failed[0].attempts, 3);
}

TEST_P(Jobs, AThrownFaultIsKeptAsTheReason) {
    add("throw", "k", 0);
    runner().run_due_once();
    EXPECT_EQ(in_state("waiting").at(0).last_error, "disk gone");
}

TEST_P(Jobs, ALostServersJobIsTakenOverWhenItsLeaseEnds) {
    add("note", "k", 0);
    auto const lost = take(database(), clock_.now());
    ASSERT_TRUE(lost);
    EXPECT_FALSE(take(database(), clock_.now()));
    pass(lease_ms / 1000);
    EXPECT_EQ(runner().run_due_once(), 1);
    EXPECT_FALSE(renew(database(), *lost, clock_.now()));
    finish(database(), *lost, clock_.now()); // comes back too late: changes nothing
    EXPECT_EQ(in_state("done").at(0).attempts, 2);
}

TEST_P(Jobs, ARenewedLeaseIsNotTakenOver) {
    add("note", "k", 0);
    auto const held = take(database(), clock_.now());
    pass(lease_ms / 1000 - 1);
    EXPECT_TRUE(renew(database(), *held, clock_.now()));
    pass(2);
    EXPECT_FALSE(take(database(), clock_.now()));
}

TEST_P(Jobs, WorkScheduledAnewWhileItRunsWaitsForItAndReplacesARetry) {
    add("refuse", "k", 0, "old");
    auto const held = take(database(), clock_.now());
    add("refuse", "k", 0, "new");
    EXPECT_FALSE(take(database(), clock_.now()));
    give_back(database(), *held, clock_.now(), "x", 3);
    auto const waiting = in_state("waiting");
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].payload, "new");
}

TEST_P(Jobs, ASchedulesRowComesBackAfterEachRun) {
    Runner jobs = runner({{.kind = "note", .every_s = 3600}});
    EXPECT_EQ(jobs.run_due_once(), 1);
    EXPECT_EQ(jobs.run_due_once(), 0);
    pass(3600);
    EXPECT_EQ(jobs.run_due_once(), 1);
    EXPECT_EQ(runner({{.kind = "note", .every_s = 3600}}).run_due_once(), 0); // a restart keeps the row
    EXPECT_EQ(in_state("waiting").size(), 1U);
}

TEST_P(Jobs, HousekeepingDeletesWhatNobodyNeedsAnyMore) {
    add("note", "k", 0);
    std::vector<Handler> handlers = housekeeping_jobs();
    handlers.push_back({.kind = "note", .run = note});
    Runner jobs{services(), handlers, housekeeping_schedules()};
    jobs.run_due_once();
    write([&](db::Transaction& transaction) {
        transaction.execute(
            "insert into kernel_idempotency (actor, key, request_hash, created_at) values ('a', 'k', '', ?)",
            {to_text(clock_.now())});
    });
    pass(31 * 86400);
    jobs.run_due_once();
    EXPECT_TRUE(in_state("done").empty());
    EXPECT_FALSE(database().read()->exists("select 1 from kernel_idempotency"));
    auto const waiting = in_state("waiting");
    EXPECT_EQ(waiting.size(), housekeeping_schedules().size()); // both are due again
    for (Job const& job : waiting) EXPECT_EQ(job.last_error, "") << job.kind;
}

TEST_P(Jobs, TwoServersRunEachJobOnce) {
    for (int i = 0; i < 50; ++i) add("note", std::to_string(i), 0);
    Runner one = runner(), other = runner();
    one.start();
    other.start();
    for (int i = 0; i < 200 && in_state("done").size() < 50; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    one.stop();
    other.stop();
    EXPECT_EQ(in_state("done").size(), 50U);
    EXPECT_EQ(ran.size(), 50U);
}

} // namespace
} // namespace sangu::jobs
