#include "kernel/files/files.h"
#include "modules/plan/tests/plan_fixture.h"

namespace sangu::plan {
namespace {

using Tasks = OnBothTaskBooks;
SANGU_ON_BOTH_DATABASES(Tasks);

TEST_P(Tasks, GoFromDraftToClosedThroughTwoPeople) {
    Context zone = officer();
    auto const early = take_step(zone, "T2.1.7", "assign", "");
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().key, "plan.task.guard.lead_unit_given");
    assign_to_unit("T2.1.7");
    EXPECT_EQ(task("T2.1.7").state, TaskState::assigned);
    Context lead = of_unit();
    http::Upload const files[] = {evidence()};
    auto const entered = report_progress(lead, "T2.1.7", entry(100), files);
    ASSERT_TRUE(entered) << entered.error().key;
    EXPECT_EQ(task("T2.1.7").state, TaskState::reported);
    EXPECT_EQ(task("T2.1.7").percent, 100);
    EXPECT_EQ(files::list(lead.reader(), progress_evidence, entered->text).size(), 1u);
    auto const own = take_step(lead, "T2.1.7", "verify", "");
    ASSERT_FALSE(own);
    EXPECT_EQ(own.error().refusal, Refusal::forbidden);
    Context boss = leader();
    ASSERT_TRUE(take_step(boss, "T2.1.7", "verify", ""));
    ASSERT_TRUE(take_step(boss, "T2.1.7", "close", ""));
    EXPECT_EQ(task("T2.1.7").state, TaskState::closed);
    EXPECT_EQ(count("kernel_event where kind = 'plan.task.closed' and visibility = 'public'"), 1);
}

TEST_P(Tasks, AreNotVerifiedByWhoReported) {
    assign_to_unit("T2.1.7");
    Context zone = officer();
    ASSERT_TRUE(report_progress(zone, "T2.1.7", entry(40), {}));
    auto const own = take_step(zone, "T2.1.7", "verify", "");
    ASSERT_FALSE(own);
    EXPECT_EQ(own.error().key, "plan.error.four_eyes");
    Context second = second_officer();
    ASSERT_TRUE(take_step(second, "T2.1.7", "verify", ""));
    auto const unfinished = take_step(second, "T2.1.7", "close", "");
    ASSERT_FALSE(unfinished);
    EXPECT_EQ(unfinished.error().key, "plan.task.guard.finished");
}

TEST_P(Tasks, AreChangedOnlyWithinOnesOwnScope) {
    Context foreign = zhuzhou();
    auto const refused =
        assign(foreign, "T2.1.5", {.lead_unit = "湘潭高新集团", .coop_units = {}, .due = {}}, task("T2.1.5").version);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().refusal, Refusal::forbidden);
    Context own = changsha();
    ASSERT_TRUE(
        assign(own, "T2.1.5", {.lead_unit = "湘潭高新集团", .coop_units = {}, .due = {}}, task("T2.1.5").version));
    EXPECT_FALSE(
        assign(own, "T1.1.1", {.lead_unit = "湘潭高新集团", .coop_units = {}, .due = {}}, task("T1.1.1").version));
    assign_to_unit("T2.4.1");
    own.refresh();
    EXPECT_TRUE(report_progress(own, "T2.4.1", entry(10), {})) << "one of the three cities it is done in";
    Context outside = context(person("nobody", "unit_officer", "org/01jbh0000000000000000000cn"));
    EXPECT_FALSE(report_progress(outside, "T2.4.1", entry(10), {}));
    Context partner = context(person("partner", "unit_officer", "org/" + std::string{other_unit}));
    EXPECT_TRUE(report_progress(partner, "T2.4.1", entry(20), {})) << "a cooperating unit";
}

TEST_P(Tasks, KeepAStaleAssignmentOut) {
    std::int64_t const seen = task("T2.1.7").version;
    assign_to_unit("T2.1.7");
    Context zone = second_officer();
    auto const late = assign(zone, "T2.1.7", {.lead_unit = "长沙智能研究院", .coop_units = {}, .due = {}}, seen);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().refusal, Refusal::stale);
    EXPECT_EQ(task("T2.1.7").lead_unit, "湘潭高新集团");
}

TEST_P(Tasks, PastTheirDueDateAreMarkedByTheClock) {
    assign_to_unit("T2.1.7", parse_date("2026-11-22"));
    assign_to_unit("T2.1.6", parse_date("2026-11-23"));
    Context clock = context();
    EXPECT_EQ(mark_delayed(clock).value_or(-1), 1);
    EXPECT_EQ(task("T2.1.7").state, TaskState::delayed);
    EXPECT_EQ(task("T2.1.6").state, TaskState::assigned) << "due today";
    EXPECT_EQ(mark_delayed(clock).value_or(-1), 0);
    Context zone = officer();
    EXPECT_FALSE(take_step(zone, "T2.1.7", "resume", " ")) << "a reason is due";
    EXPECT_TRUE(take_step(zone, "T2.1.7", "resume", "补充协议已签"));
}

TEST_P(Tasks, EditedTogetherAreUndoneTogether) {
    Context zone = officer();
    std::vector<std::string> const ids{task("T2.1.5").id.text, task("T2.1.6").id.text};
    Date const due = *parse_date("2027-06-30");
    auto const bulk = bulk_edit(zone, ids, {.lead_unit = "湘潭高新集团", .due = due, .assign = true});
    ASSERT_TRUE(bulk) << bulk.error().key;
    EXPECT_EQ(task("T2.1.5").state, TaskState::assigned);
    EXPECT_EQ(task("T2.1.6").due, due);
    EXPECT_EQ(count("kernel_audit where action = 'plan.task.bulk_edited'"), 2);
    Context other = second_officer();
    EXPECT_FALSE(undo(other, *bulk)) << "only who made it";
    ASSERT_EQ(undo(zone, *bulk).value_or(0), 2);
    EXPECT_EQ(task("T2.1.5").state, TaskState::drafted);
    EXPECT_EQ(task("T2.1.6").lead_unit, "");
    EXPECT_FALSE(task("T2.1.6").due);
    EXPECT_EQ(count("plan_task_unit"), 0);
    EXPECT_FALSE(undo(zone, *bulk)) << "once";
}

TEST_P(Tasks, ChangedSinceOrTooLateAreNotUndone) {
    Context zone = officer();
    std::vector<std::string> const ids{task("T2.1.5").id.text, task("T2.1.6").id.text};
    auto const bulk = bulk_edit(zone, ids, {.lead_unit = "湘潭高新集团", .due = {}, .assign = true});
    ASSERT_TRUE(bulk);
    Context lead = of_unit();
    ASSERT_TRUE(report_progress(lead, "T2.1.6", entry(5), {}));
    auto const refused = undo(zone, *bulk);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().key, "plan.error.changed_since");
    EXPECT_EQ(task("T2.1.5").lead_unit, "湘潭高新集团") << "all or nothing";
    clock_.advance_ms(undo_ms + 1);
    Context later = officer();
    auto const late = undo(later, *bulk);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().key, "plan.error.undo_too_late");
}

TEST_P(Tasks, OfAnotherCityAreNoPartOfABulkEdit) {
    Context own = changsha();
    auto const refused = bulk_edit(own, {task("T2.1.5").id.text, task("T2.1.6").id.text},
                                   {.lead_unit = "湘潭高新集团", .due = {}, .assign = false});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().refusal, Refusal::forbidden);
    EXPECT_EQ(task("T2.1.5").lead_unit, "");
}

} // namespace
} // namespace sangu::plan
