#include "modules/plan/notice_rules.h"
#include "modules/plan/tests/plan_fixture.h"

namespace sangu::plan {
namespace {

using Notices = OnBothTaskBooks;
SANGU_ON_BOTH_DATABASES(Notices);

Instant morning_of(std::string_view day) { return *parse_instant(std::string{day} + "T02:00:00Z"); }

// With 25 September 2017 as day 1, the 20th working day is 26 October (the October week lies between). The day of
// issue is not counted, so the notice goes out on Friday the 22nd.
TEST_P(Notices, RunOverTheOctoberHolidays) {
    clock_.set(morning_of("2017-09-22"));
    Context boss = leader();
    auto const id = issue_notice(boss, "T2.1.5", "请说明引才进度", 20);
    ASSERT_TRUE(id) << id.error().key;
    auto const notice = entity::find(boss.reader(), *id);
    EXPECT_EQ(to_text(notice->due), "2017-10-26");
    EXPECT_EQ(clock_of(*notice, {}, *services().working_days(), *parse_date("2017-09-25")).used, 1);
}

TEST_P(Notices, HaveTheTermInForceWhenNoneIsGiven) {
    clock_.set(morning_of("2017-09-22"));
    write([](db::Transaction& transaction) {
        transaction.execute("insert into plan_term (id, kind, days, valid_from, confirmed, source, version) values "
                            "('01jbh0000000000000000000dn', 'supervision_answer', 5, '2017-09-23', true, '', 1)");
    });
    Context boss = leader();
    EXPECT_EQ(entity::find(boss.reader(), *issue_notice(boss, "T2.1.5", "请说明", {}))->days, 10);
    clock_.set(morning_of("2017-09-25"));
    Context later = leader();
    EXPECT_EQ(entity::find(later.reader(), *issue_notice(later, "T2.1.5", "请说明", {}))->days, 5);
}

TEST_P(Notices, StandStillWhilePaused) {
    clock_.set(morning_of("2017-11-06"));
    Context boss = leader();
    auto const id = issue_notice(boss, "T2.1.5", "请说明", 10);
    EXPECT_EQ(to_text(entity::find(boss.reader(), *id)->due), "2017-11-20");
    clock_.set(morning_of("2017-11-08"));
    Context pausing = leader();
    ASSERT_TRUE(step_notice(pausing, *id, "pause", "等待统计数据"));
    clock_.set(morning_of("2017-11-13"));
    Context resuming = leader();
    auto const resumed = step_notice(resuming, *id, "resume", "");
    ASSERT_TRUE(resumed) << resumed.error().key;
    EXPECT_EQ(to_text(resumed->due), "2017-11-23") << "three working days later";
}

TEST_P(Notices, AreAnsweredByTheLeadUnitAndClosedByWhoSupervises) {
    assign_to_unit("T2.1.7");
    Context boss = leader();
    auto const id = issue_notice(boss, "T2.1.7", "请说明", {});
    ASSERT_TRUE(id);
    Context lead = of_unit();
    EXPECT_FALSE(issue_notice(lead, "T2.1.7", "请说明", {}));
    ASSERT_TRUE(step_notice(lead, *id, "answer", "已补充三个团队"));
    EXPECT_FALSE(step_notice(lead, *id, "close", ""));
    boss.refresh();
    ASSERT_TRUE(step_notice(boss, *id, "reject", "缺少佐证"));
    lead.refresh();
    ASSERT_TRUE(step_notice(lead, *id, "answer", "佐证已上传"));
    boss.refresh();
    auto const closed = step_notice(boss, *id, "close", "");
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->answer, "佐证已上传");
}

} // namespace
} // namespace sangu::plan
