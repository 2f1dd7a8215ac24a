#include "kernel/module.h"
#include "modules/notices/deliver.h"
#include "modules/notices/store.h"
#include "support/test_app.h"

namespace sangu {
Module notices_module();
}

namespace sangu::notices {
namespace {

constexpr std::string_view approvers[] = {"zone_approver"};
constexpr std::int64_t day_ms = 86'400'000;

// The payload of these tests' events is the account that did it.
std::vector<events::Notice> approvers_of(db::Session&, events::Event const& event) {
    events::Notice notice;
    notice.text = "notices.open";
    notice.subject_zh = "企业数量";
    notice.subject_en = "Companies";
    notice.path = "/inbox/preferences?about=" + event.object_id;
    notice.permission = "demo.approve";
    notice.scope = event.scope;
    notice.except = event.payload.substr(1, event.payload.size() - 2);
    return {notice};
}

std::vector<events::Notice> named_people(db::Session&, events::Event const& event) {
    events::Notice notice;
    notice.text = "no.longer.there";
    notice.subject_zh = "湘潭高新";
    notice.path = "/inbox";
    notice.accounts = {event.object_id, event.object_id, "nobody"};
    return {notice};
}

Module demo_module() {
    return {.name = "demo",
            .permissions = {{"demo.approve", approvers}},
            .audiences = {{"notices.topics", "demo.submitted", approvers_of},
                          {"notices.title", "demo.returned", named_people}}};
}

class Inbox : public testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !test::has_postgres()) GTEST_SKIP() << "no PostgreSQL";
        app_.emplace(std::vector<Module>{notices_module(), demo_module()}, GetParam());
        zone_ = app_->account("zone", {{"zone_approver", {"zone"}}}, "陈静");
        changsha_ = app_->account("changsha", {{"zone_approver", {"zone/changsha"}}}, "李娜");
        officer_ = app_->account("officer", {{"zone_officer", {"zone"}}}, "王伟");
    }
    void happen(std::string_view kind, std::string_view id, std::string_view scope = "zone",
                std::string const& by = "") {
        app_->write([&](db::Transaction& transaction) {
            events::publish(transaction, app_->clock().now(), kind, id, scope, "public", "\"" + by + "\"");
        });
        app_->host().run_background_once();
    }
    std::vector<Entry> inbox(std::string const& account) { return unread(*app_->database().read(), account); }
    std::optional<test::TestApp> app_;
    std::string zone_, changsha_, officer_;
};
SANGU_ON_BOTH_DATABASES(Inbox);

TEST_P(Inbox, ReachesThoseWhoHoldThePermissionWhereItHappened) {
    happen("demo.submitted", "a", "zone/changsha/changsha_htz");
    happen("demo.submitted", "b", "zone/zhuzhou");
    happen("demo.other", "c", "zone");
    EXPECT_EQ(inbox(zone_).size(), 2U);
    ASSERT_EQ(inbox(changsha_).size(), 1U);
    EXPECT_EQ(inbox(changsha_)[0].path, "/inbox/preferences?about=a");
    EXPECT_TRUE(inbox(officer_).empty());
}

TEST_P(Inbox, DoesNotTellWhoDidItNorSuspendedAccounts) {
    app_->write([&](db::Transaction& transaction) {
        transaction.execute("update kernel_account set state = 'suspended' where id = ?", {changsha_});
    });
    happen("demo.submitted", "a", "zone/changsha", zone_);
    EXPECT_TRUE(inbox(zone_).empty());
    EXPECT_TRUE(inbox(changsha_).empty());
}

TEST_P(Inbox, TellsNamedPeopleOnceEvenWhenTheListenerRunsAgain) {
    happen("demo.returned", officer_);
    EXPECT_EQ(inbox(officer_).size(), 1U);
    app_->write([&](db::Transaction& transaction) {
        transaction.execute("update kernel_event_cursor set sequence = 0 where listener = 'notices.inbox'");
    });
    happen("demo.other", "x");
    EXPECT_EQ(inbox(officer_).size(), 1U);
    EXPECT_EQ(inbox(officer_)[0].text(i18n::Language::zh_hant), "湘潭高新") << "the sentence is not known";
}

TEST_P(Inbox, LeavesOutWhatIsNoNews) {
    app_->write([&](db::Transaction& transaction) {
        events::publish(transaction, Instant{app_->clock().now().ms - 31 * day_ms}, "demo.submitted", "a", "zone",
                        "public", "\"\"");
    });
    happen("demo.submitted", "b");
    ASSERT_EQ(inbox(zone_).size(), 1U);
    EXPECT_EQ(inbox(zone_)[0].path, "/inbox/preferences?about=b");
}

TEST_P(Inbox, SpeaksTheReadersLanguage) {
    happen("demo.submitted", "a");
    auto browser = app_->as(zone_);
    EXPECT_TRUE(browser.get("/inbox").contains("<span class=\"badge info\">1"));
    auto const entry = inbox(zone_).at(0);
    EXPECT_EQ(entry.text(i18n::Language::en), i18n::message(i18n::Language::en, "notices.open"));
}

TEST_P(Inbox, OpeningAnEntryMarksItAndLeadsToTheThing) {
    happen("demo.submitted", "a");
    auto browser = app_->as(zone_);
    browser.get("/inbox");
    auto const event = std::to_string(inbox(zone_).at(0).event);
    auto const opened = browser.post("/inbox/" + event + "/open");
    EXPECT_EQ(opened.status, 303);
    EXPECT_EQ(opened.header("location"), "/inbox/preferences?about=a");
    EXPECT_TRUE(inbox(zone_).empty());
    auto const page = browser.get("/inbox");
    EXPECT_FALSE(page.contains("badge info"));
    EXPECT_TRUE(page.contains("href=\"/inbox/preferences?about=a\""));
    EXPECT_EQ(browser.post("/inbox/" + std::to_string(999) + "/open").status, 404);
}

TEST_P(Inbox, NobodyOpensTheEntryOfAnother) {
    happen("demo.submitted", "a", "zone/changsha");
    auto browser = app_->as(officer_);
    browser.get("/inbox");
    EXPECT_EQ(browser.post("/inbox/" + std::to_string(inbox(zone_).at(0).event) + "/open").status, 404);
    EXPECT_EQ(inbox(zone_).size(), 1U);
}

TEST_P(Inbox, AllReadLeavesWhatCameInSince) {
    happen("demo.submitted", "a");
    happen("demo.submitted", "b");
    auto const shown = inbox(zone_).at(0).event;
    happen("demo.submitted", "c");
    auto browser = app_->as(zone_);
    browser.get("/inbox");
    EXPECT_EQ(browser.post("/inbox/read", {{"until", std::to_string(shown)}}).status, 303);
    ASSERT_EQ(inbox(zone_).size(), 1U);
    EXPECT_EQ(inbox(zone_)[0].path, "/inbox/preferences?about=c");
}

TEST_P(Inbox, ATopicThatIsNotWantedIsNotDelivered) {
    auto browser = app_->as(zone_);
    EXPECT_TRUE(browser.get("/inbox/preferences").contains("value=\"notices.topics\" checked"));
    EXPECT_EQ(browser.post("/inbox/preferences", {{"topic", "notices.title"}}).status, 303);
    EXPECT_FALSE(browser.get("/inbox/preferences").contains("value=\"notices.topics\" checked"));
    happen("demo.submitted", "a");
    EXPECT_TRUE(inbox(zone_).empty());
    EXPECT_EQ(inbox(changsha_).size(), 0U) << "another scope";
    happen("demo.returned", zone_);
    EXPECT_EQ(inbox(zone_).size(), 1U);
}

TEST_P(Inbox, TheStreamCarriesOnlyOnesOwnNews) {
    happen("demo.submitted", "a");
    auto const all = events::after(*app_->database().read(), 0, 100);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[1].kind, added_event);
    auto const sees = [&](std::string const& account) {
        return app_->services().permissions.allows(app_->context(account).actor, all[1].visibility, all[1].scope);
    };
    EXPECT_TRUE(sees(zone_));
    EXPECT_FALSE(sees(officer_));
    EXPECT_FALSE(app_->services().permissions.allows(auth::anonymous(), all[1].visibility, all[1].scope));
    EXPECT_FALSE(app_->services().permissions.allows(auth::system_actor(), all[1].visibility, "account/"));
}

TEST_P(Inbox, IsEmptyWithAWordAndClosedToVisitors) {
    EXPECT_TRUE(app_->as(officer_).get("/inbox").contains(i18n::message(i18n::Language::zh_hans, "notices.none")));
    EXPECT_EQ(app_->get("/inbox").status, 303);
    EXPECT_FALSE(app_->get("/sign-in").contains("count-notices"));
}

TEST_P(Inbox, ForgetsAfterAYearWhatWasRead) {
    happen("demo.submitted", "a");
    happen("demo.submitted", "b");
    app_->write([&](db::Transaction& transaction) {
        mark_read(transaction, zone_, inbox(zone_).at(1).event, app_->clock().now());
    });
    app_->clock().advance_ms(366 * day_ms);
    app_->host().run_background_once();
    auto const reader = app_->database().read();
    EXPECT_EQ(reader->integer("select count(*) from notices_entry where account_id = ?", {zone_}), 1);
    EXPECT_EQ(inbox(zone_).size(), 1U);
}

} // namespace
} // namespace sangu::notices
