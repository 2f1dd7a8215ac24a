// Notices reach people by mail in the rhythm they chose, never what they may not see, and stop with one click.

#include "kernel/mail/address.h"
#include "kernel/module.h"
#include "modules/notices/by_mail.h"
#include "support/smtp_server.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

namespace sangu {
Module notices_module();
}

namespace sangu::notices {
namespace {

constexpr std::string_view approvers[] = {"zone_approver"};
constexpr std::int64_t hour_ms = 3'600'000;

// Tells the account that is the event's object.
std::vector<events::Notice> named_person(db::Session&, events::Event const& event) {
    events::Notice notice;
    notice.text = "demo.nothing";
    notice.subject_zh = "长沙 2017H1 报告 " + event.payload.substr(1, event.payload.size() - 2);
    notice.path = "/reports/1";
    notice.accounts = {event.object_id};
    return {notice};
}

Module demo_module() {
    return {.name = "demo",
            .permissions = {{"demo.approve", approvers}},
            .audiences = {{"notices.topics", "demo.", named_person}}};
}

class ByMail : public testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !test::has_postgres()) GTEST_SKIP() << "no PostgreSQL";
        config::Settings settings;
        settings.mail_server = server_.address();
        settings.mail_from = "sangu@example.cn";
        settings.public_url = "https://sangu.example.cn";
        app_.emplace(std::vector<Module>{notices_module(), demo_module()}, GetParam(), settings);
        officer_ = app_->account("wang", {{"zone_officer", {"zone"}}}, "王伟");
        app_->write([&](db::Transaction& transaction) {
            mail::set_address(transaction, officer_, "wang@example.cn", app_->clock().now());
        });
        app_->host().run_background_once();
        browser_.emplace(app_->as(officer_));
    }
    void choose(std::string rhythm) {
        ASSERT_EQ(browser_->post("/inbox/preferences", {{"topic", "notices.topics"}, {"rhythm", std::move(rhythm)}}).status,
                  303);
    }
    void happen(std::string const& what, std::string_view visibility = "public") {
        app_->write([&](db::Transaction& transaction) {
            events::publish(transaction, app_->clock().now(), "demo.told", officer_, "zone", visibility,
                            "\"" + what + "\"");
        });
        app_->host().run_background_once();
        app_->host().run_background_once();
    }
    void pass_half_days(int half_days) {
        for (int i = 0; i < half_days; ++i) {
            app_->clock().advance_ms(12 * hour_ms);
            app_->host().run_background_once();
        }
    }
    std::string word() {
        return app_->database().read()->text("select unsubscribe from notices_delivery").value_or("");
    }
    test::SmtpServer server_;
    std::optional<test::TestApp> app_;
    std::optional<test::Browser> browser_;
    std::string officer_;
};
SANGU_ON_BOTH_DATABASES(ByMail);

TEST_P(ByMail, ComesOnlyToThoseWhoChoseIt) {
    EXPECT_TRUE(browser_->get("/inbox/preferences").contains("wang@example.cn"));
    happen("甲");
    pass_half_days(2);
    EXPECT_TRUE(server_.mails().empty());
}

TEST_P(ByMail, AtOnceSaysWhatHappenedAndWhereToRead) {
    choose("at_once");
    happen("甲");
    auto const mails = server_.mails();
    ASSERT_EQ(mails.size(), 1u);
    EXPECT_EQ(mails[0].to, "wang@example.cn");
    EXPECT_EQ(mails[0].header("Subject"), "长沙 2017H1 报告 甲");
    EXPECT_NE(mails[0].text().find("https://sangu.example.cn/reports/1"), std::string::npos);
    EXPECT_NE(mails[0].text().find("https://sangu.example.cn/inbox/unsubscribe/" + word()), std::string::npos);
    EXPECT_EQ(mails[0].header("List-Unsubscribe"),
              "<https://sangu.example.cn/api/v1/notices/unsubscribe/" + word() + ">");
}

TEST_P(ByMail, CarriesNothingThatTheAccountMayNotSee) {
    choose("at_once");
    happen("机密", "demo.approve");
    EXPECT_TRUE(server_.mails().empty()) << "an officer is no approver";
    choose("daily");
    happen("又一机密", "demo.approve");
    pass_half_days(3);
    EXPECT_TRUE(server_.mails().empty());
}

TEST_P(ByMail, DailyGathersWhatIsNewOnce) {
    choose("daily");
    happen("甲");
    happen("乙");
    EXPECT_TRUE(server_.mails().empty()) << "not at once";
    pass_half_days(2);
    auto const mails = server_.mails();
    ASSERT_EQ(mails.size(), 1u);
    EXPECT_NE(mails[0].text().find("报告 甲"), std::string::npos);
    EXPECT_NE(mails[0].text().find("报告 乙"), std::string::npos);
    pass_half_days(4);
    EXPECT_EQ(server_.mails().size(), 1u) << "nothing new, no mail";
}

TEST_P(ByMail, StopsWithOneClick) {
    choose("at_once");
    happen("甲");
    ASSERT_EQ(server_.mails().size(), 1u);
    auto visitor = app_->visitor();
    EXPECT_EQ(visitor.get("/inbox/unsubscribe/" + word()).status, 200);
    EXPECT_EQ(visitor.get("/inbox/unsubscribe/nobody").status, 404);
    // A mail program posts without cookies, form token or account.
    http::Request click;
    click.method = http::Method::post;
    ASSERT_TRUE(http::set_target(click, "/api/v1/notices/unsubscribe/" + word()));
    click.headers = {{"content-type", "application/x-www-form-urlencoded"}};
    click.body = "List-Unsubscribe=One-Click";
    EXPECT_EQ(app_->host().handle(click).status, 200);
    happen("乙");
    EXPECT_EQ(server_.mails().size(), 1u);
}

} // namespace
} // namespace sangu::notices
