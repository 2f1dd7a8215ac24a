// An address is confirmed by its link; a forgotten password is replaced by a link that works once, for half an hour, and
// nobody learns whether an account exists.

#include "kernel/auth/password.h"
#include "kernel/auth/sign_in.h"
#include "kernel/mail/address.h"
#include "kernel/module.h"
#include "support/smtp_server.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

namespace sangu {
Module registry_module();
Module identity_module();
} // namespace sangu

namespace sangu::identity {
namespace {

class AccountMail : public ::testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !test::has_postgres()) GTEST_SKIP();
        config::Settings settings;
        settings.mail_server = server_.address();
        settings.mail_from = "sangu@example.cn";
        settings.public_url = "https://sangu.example.cn";
        app_.emplace(std::vector<Module>{registry_module(), identity_module()}, GetParam(), settings);
        account_ = app_->account("chen.officer", {}, "陈静");
        app_->write([&](db::Transaction& transaction) {
            auth::set_password_hash(transaction, account_, auth::hash_password_now("quiet river lantern"),
                                    app_->clock().now());
        });
    }
    void confirm() {
        app_->write([&](db::Transaction& transaction) {
            mail::set_address(transaction, account_, "chen@example.cn", app_->clock().now());
        });
    }
    // The path of the first link in the last mail.
    std::string link() {
        app_->host().run_background_once();
        app_->host().run_background_once();
        auto const mails = server_.mails();
        if (mails.empty()) return "";
        std::string const text = mails.back().text(), home = "https://sangu.example.cn";
        auto const start = text.find(home);
        return start == std::string::npos ? "" : text.substr(start + home.size(), text.find('\n', start) - start - home.size());
    }
    static std::string token_of(std::string const& path) { return path.substr(path.find("token=") + 6); }
    bool enters(std::string password) {
        auto visitor = app_->visitor();
        return visitor.post("/sign-in", {{"login", "chen.officer"}, {"password", std::move(password)}}).status == 303;
    }
    test::SmtpServer server_;
    std::optional<test::TestApp> app_;
    std::string account_;
};
INSTANTIATE_TEST_SUITE_P(databases, AccountMail, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(AccountMail, AnAddressCountsOnceItsLinkWasUsed) {
    auto browser = app_->as(account_);
    auto const wrong = browser.post("/account/mail", {{"address", "chen@example.cn\r\nBcc: x@y.cn"}});
    EXPECT_EQ(wrong.status, 422);
    ASSERT_EQ(browser.post("/account/mail", {{"address", "chen@example.cn"}}).status, 303);
    EXPECT_EQ(mail::address_of(*app_->database().read(), account_), std::nullopt);
    std::string const path = link();
    ASSERT_NE(path, "");
    EXPECT_EQ(server_.mails().back().to, "chen@example.cn");
    auto visitor = app_->visitor();
    EXPECT_EQ(visitor.get(path).status, 200) << "opening the link changes nothing yet: mail filters open links too";
    EXPECT_EQ(mail::address_of(*app_->database().read(), account_), std::nullopt);
    EXPECT_EQ(visitor.post("/account/mail/confirm", {{"token", token_of(path)}}).status, 200);
    EXPECT_EQ(mail::address_of(*app_->database().read(), account_), "chen@example.cn");
    EXPECT_EQ(visitor.post("/account/mail/confirm", {{"token", token_of(path)}}).status, 409) << "once";
    EXPECT_TRUE(browser.get("/account").contains("chen@example.cn"));
    EXPECT_EQ(browser.post("/account/mail/remove").status, 303);
    EXPECT_EQ(mail::address_of(*app_->database().read(), account_), std::nullopt);
}

TEST_P(AccountMail, AForgottenPasswordIsReplacedByALinkThatWorksOnce) {
    confirm();
    auto visitor = app_->visitor();
    ASSERT_EQ(visitor.post("/sign-in/forgotten", {{"login", "Chen.Officer"}}).status, 200);
    std::string const path = link();
    ASSERT_NE(path, "");
    EXPECT_EQ(visitor.get(path).status, 200);
    EXPECT_EQ(visitor.post("/sign-in/reset", {{"token", token_of(path)}, {"new_password", "short"}}).status, 422);
    EXPECT_TRUE(enters("quiet river lantern")) << "nothing has changed";
    auto signed_in = app_->as(account_);
    ASSERT_EQ(signed_in.get("/account").status, 200);
    EXPECT_EQ(visitor.post("/sign-in/reset", {{"token", token_of(path)}, {"new_password", "slow mountain bridge"}}).status,
              200);
    EXPECT_TRUE(enters("slow mountain bridge"));
    EXPECT_FALSE(enters("quiet river lantern"));
    EXPECT_NE(signed_in.get("/account").status, 200) << "other sessions have ended";
    EXPECT_EQ(visitor.post("/sign-in/reset", {{"token", token_of(path)}, {"new_password", "another long one"}}).status,
              409);
}

TEST_P(AccountMail, AResetLinkExpiresAndDoesNotOpenALock) {
    confirm();
    auto visitor = app_->visitor();
    visitor.post("/sign-in/forgotten", {{"login", "chen.officer"}});
    std::string const path = link();
    for (int i = 0; i < 5; ++i) EXPECT_FALSE(enters("wrong password here"));
    EXPECT_EQ(visitor.post("/sign-in/reset", {{"token", token_of(path)}, {"new_password", "slow mountain bridge"}}).status,
              200);
    EXPECT_FALSE(enters("slow mountain bridge")) << "locked stays locked";
    app_->clock().advance_ms(20 * 60'000);
    EXPECT_TRUE(enters("slow mountain bridge"));
    visitor.post("/sign-in/forgotten", {{"login", "chen.officer"}});
    std::string const late = link();
    ASSERT_NE(late, path);
    app_->clock().advance_ms(31 * 60'000);
    EXPECT_EQ(visitor.get(late).status, 409);
    EXPECT_EQ(visitor.post("/sign-in/reset", {{"token", token_of(late)}, {"new_password", "another long one"}}).status,
              409);
}

TEST_P(AccountMail, NobodyLearnsWhoHasAnAccount) {
    confirm();
    app_->account("without.address");
    auto visitor = app_->visitor();
    auto const known = visitor.post("/sign-in/forgotten", {{"login", "chen.officer"}});
    auto const unknown = visitor.post("/sign-in/forgotten", {{"login", "nobody.here"}});
    auto const without = visitor.post("/sign-in/forgotten", {{"login", "without.address"}});
    EXPECT_EQ(known.status, unknown.status);
    EXPECT_EQ(known.status, without.status);
    EXPECT_FALSE(unknown.contains("nobody.here"));
    EXPECT_FALSE(known.contains("chen@example.cn"));
    link();
    visitor.post("/sign-in/forgotten", {{"login", "chen.officer"}});
    link();
    EXPECT_EQ(server_.mails().size(), 1u) << "a mailbox is not flooded";
}

TEST(AccountWithoutMail, IsToldSo) {
    test::TestApp app{{registry_module(), identity_module()}};
    EXPECT_TRUE(app.get("/sign-in/forgotten").contains("一次性代码"));
    auto browser = app.as(app.account("chen"));
    EXPECT_TRUE(browser.get("/account").contains("未配置邮件"));
    EXPECT_EQ(browser.post("/account/mail", {{"address", "chen@example.cn"}}).status, 409);
}

} // namespace
} // namespace sangu::identity
