#include "kernel/auth/account.h"
#include "modules/plan/audience.h"
#include "modules/plan/tests/plan_fixture.h"

#include <algorithm>

namespace sangu::plan {
namespace {

class Audience : public OnBothTaskBooks {
protected:
    void SetUp() override {
        OnBothTaskBooks::SetUp();
        if (IsSkipped()) return;
        unit_officer_ = account("hu_ping", "unit_officer", "org/" + std::string{unit});
        city_officer_ = account("li_na", "city_officer", "zone/changsha");
        account("liu_yang", "city_officer", "zone/zhuzhou");
    }
    std::string account(std::string_view login, std::string role, std::string scope) {
        std::string id;
        write([&](db::Transaction& transaction) {
            id = auth::create_account(transaction, login, login, clock_.now()).id.text;
            auth::Grant grant;
            grant.id = new_id_of<auth::Grant>();
            grant.account_id = {id};
            grant.role = std::move(role);
            grant.scope = std::move(scope);
            grant.valid_from = *parse_date("2017-01-01");
            grant.granted_by = "system";
            grant.granted_at = clock_.now();
            EXPECT_TRUE(auth::grant_role(transaction, std::move(grant)));
        });
        return id;
    }
    // What the newest event of a kind tells.
    std::vector<events::Notice> told_by(std::string_view kind, decltype(&concerned_by_task) concerned) {
        auto const reader = database().read();
        auto all = events::after(*reader, std::max<std::int64_t>(0, events::last_sequence(*reader) - 50), 50);
        std::erase_if(all, [&](events::Event const& one) { return one.kind != kind; });
        if (all.empty()) return {};
        return concerned(*reader, all.back());
    }
    static bool tells(events::Notice const& notice, std::string_view account) {
        return std::ranges::find(notice.accounts, account) != notice.accounts.end();
    }
    std::string unit_officer_, city_officer_;
};
SANGU_ON_BOTH_DATABASES(Audience);

TEST_P(Audience, AnAssignedTaskConcernsTheLeadUnitAndItsFollowers) {
    Context follower = changsha();
    ASSERT_TRUE(follow(follower, "T2.1.7", true));
    ASSERT_TRUE(follow(follower, "T2.1.7", true));
    assign_to_unit("T2.1.7");
    auto const told = told_by("plan.task.assigned", concerned_by_task);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_TRUE(tells(told[0], unit_officer_));
    EXPECT_TRUE(tells(told[0], "li_na"));
    EXPECT_EQ(told[0].accounts.size(), 2U);
    EXPECT_EQ(told[0].path, "/tasks/T2.1.7");
    EXPECT_TRUE(told[0].subject_zh.starts_with("T2.1.7 "));
    EXPECT_TRUE(i18n::has_message(i18n::Language::zh_hans, told[0].text));
    ASSERT_TRUE(follow(follower, "T2.1.7", false));
    EXPECT_FALSE(tells(told_by("plan.task.assigned", concerned_by_task)[0], "li_na"));
}

TEST_P(Audience, ProgressConcernsThoseWhoVerifyIt) {
    assign_to_unit("T2.1.7");
    Context lead = of_unit();
    ASSERT_TRUE(report_progress(lead, "T2.1.7", entry(30), {}));
    auto const told = told_by("plan.task.progress", concerned_by_task);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].permission, verify_permission);
    EXPECT_EQ(told[0].except, "hu_ping");
    EXPECT_TRUE(told[1].accounts.empty()) << "nobody follows";
}

TEST_P(Audience, ACommentConcernsTheUnit) {
    assign_to_unit("T2.1.7");
    Context zone = officer();
    ASSERT_TRUE(comment(zone, "T2.1.7", "请补充佐证材料"));
    auto const told = told_by("plan.task.commented", concerned_by_task);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_TRUE(tells(told[0], unit_officer_));
}

TEST_P(Audience, ASupervisionNoticeConcernsTheUnitAndItsAnswerWhoIssuedIt) {
    assign_to_unit("T2.1.7");
    Context zone = officer();
    auto const notice = issue_notice(zone, "T2.1.7", "请说明进展", {});
    ASSERT_TRUE(notice);
    auto const opened = told_by("plan.notice.open", concerned_by_notice);
    ASSERT_EQ(opened.size(), 1U);
    EXPECT_EQ(opened[0].accounts, std::vector<std::string>{unit_officer_});
    EXPECT_EQ(opened[0].path, "/tasks/T2.1.7#notice-" + notice->text);
    Context lead = of_unit();
    ASSERT_TRUE(step_notice(lead, *notice, "answer", "已完成引进"));
    auto const answered = told_by("plan.notice.answered", concerned_by_notice);
    ASSERT_EQ(answered.size(), 1U);
    EXPECT_TRUE(tells(answered[0], "wang_wei"));
}

TEST_P(Audience, AReportThatIsDueConcernsTheOfficersOfThePlaceAlone) {
    Context zone = officer();
    ASSERT_TRUE(open_reports(zone, "czt-2017", "2018", {"changsha"}));
    auto const told = told_by("plan.report.open", concerned_by_report);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].accounts, std::vector<std::string>{city_officer_});
    EXPECT_TRUE(told[0].permission.empty());
    EXPECT_TRUE(told[0].subject_zh.ends_with(" 2018"));
}

TEST_P(Audience, EveryStateHasItsSentence) {
    auto const has = [](std::string const& key) { return i18n::has_message(i18n::Language::zh_hans, key); };
    for (Choice const& one : choices_of(TaskState{})) EXPECT_TRUE(has("plan.told.task." + std::string{one.name}));
    for (Choice const& one : choices_of(NoticeState{})) EXPECT_TRUE(has("plan.told.notice." + std::string{one.name}));
    for (Choice const& one : choices_of(ReportState{})) EXPECT_TRUE(has("plan.told.report." + std::string{one.name}));
}

} // namespace
} // namespace sangu::plan
