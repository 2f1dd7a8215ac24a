#include "kernel/context.h"
#include "support/kernel_fixture.h"

#include <array>

namespace sangu {
namespace {

constexpr std::array<std::string_view, 1> officers{"zone_officer"};
constexpr std::array<auth::Permission, 1> declared{{{"plan.edit", officers}}};

class Contexts : public test::OnBothKernels {
protected:
    void SetUp() override {
        test::OnBothKernels::SetUp();
        permissions_.add(declared);
    }
    static auth::Actor officer() {
        return {
            .kind = auth::ActorKind::person, .account_id = "a1", .name = "王芳", .roles = {{"zone_officer", {"zone"}}}};
    }
};
SANGU_ON_BOTH_DATABASES(Contexts);

TEST_P(Contexts, AnActIsRecordedWithWhoWhereAndWhich) {
    Context one = context(officer());
    one.remote = "10.0.0.1";
    one.request_id = "r1";
    auto const before = services().data_version.load();
    auto const outcome = one.change<void>([&](Change& change) -> Result<void> {
        change.audit({.action = "plan.edit", .object_kind = "plan", .object_id = "p1", .scope = "zone"});
        change.publish("plan.edited", "p1", "zone", "public");
        return {};
    });
    ASSERT_TRUE(outcome);
    EXPECT_GT(services().data_version, before);
    auto const record = audit::history(one.reader(), "plan", "p1", 1).at(0);
    EXPECT_EQ(record.actor_id, "a1");
    EXPECT_EQ(record.actor_name, "王芳");
    EXPECT_EQ(record.remote, "10.0.0.1");
    EXPECT_EQ(record.request_id, "r1");
    EXPECT_EQ(events::after(one.reader(), 0, 10).at(0).kind, "plan.edited");
}

TEST_P(Contexts, ARefusedActLeavesNothing) {
    Context one = context(officer());
    auto const before = services().data_version.load();
    auto const outcome = one.change<void>([&](Change& change) -> Result<void> {
        change.audit({.action = "plan.edit"});
        change.publish("plan.edited", "p1", "zone", "public");
        return refuse(Refusal::conflict, "error.conflict");
    });
    EXPECT_FALSE(outcome);
    EXPECT_EQ(services().data_version, before);
    EXPECT_EQ(events::last_sequence(one.reader()), 0);
    EXPECT_EQ(audit::verify(one.reader()).records, 0);
}

TEST_P(Contexts, ARepeatedKeyIsRefusedUnlessTheFirstActWasUndone) {
    auto const act = [&](bool succeeds) {
        Context one = context(officer());
        one.idempotency_key = "k1";
        return one.change<void>([&](Change& change) -> Result<void> {
            change.publish("plan.edited", "p1", "zone", "public");
            if (!succeeds) return refuse(Refusal::conflict, "error.conflict");
            return {};
        });
    };
    EXPECT_EQ(act(false).error().key, "error.conflict");
    EXPECT_TRUE(act(true));
    EXPECT_EQ(act(true).error().key, "error.already_done");
    // What the repeated act finds changed by the first is no news to who repeats it.
    EXPECT_EQ(act(false).error().key, "error.already_done");
    EXPECT_EQ(events::last_sequence(context().reader()), 1);
}

TEST_P(Contexts, TheReaderKeepsItsSnapshotUntilRefreshed) {
    Context one = context();
    EXPECT_EQ(events::last_sequence(one.reader()), 0);
    write(
        [&](db::Transaction& transaction) { events::publish(transaction, clock_.now(), "a.b", "", "zone", "public"); });
    EXPECT_EQ(events::last_sequence(one.reader()), 0);
    one.refresh();
    EXPECT_EQ(events::last_sequence(one.reader()), 1);
}

TEST_P(Contexts, PermissionsAreRequiredAndTheReasonDependsOnWhoAsks) {
    EXPECT_TRUE(context(officer()).require("plan.edit", "zone/changsha"));
    EXPECT_EQ(context(auth::anonymous()).require("plan.edit").error().refusal, Refusal::unauthenticated);
    auth::Actor other = officer();
    other.roles.clear();
    EXPECT_EQ(context(other).require("plan.edit").error().refusal, Refusal::forbidden);
}

TEST_P(Contexts, TodayIsTheDayInTheZone) {
    clock_.set(*parse_instant("2026-11-23T17:00:00Z")); // one in the morning of the next day in Changsha
    EXPECT_EQ(to_text(context().today()), "2026-11-24");
}

} // namespace
} // namespace sangu
