// Mail: written right, sent by a real SMTP conversation, tried again when the server is busy, never twice.

#include "kernel/mail/compose.h"
#include "kernel/mail/mail.h"
#include "kernel/mail/smtp.h"
#include "base/mail_address.h"
#include "support/smtp_server.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

namespace sangu::mail {
namespace {

TEST(MailAddress, IsOneMailboxAndNothingElse) {
    for (std::string_view const good : {"wang@example.cn", "li.na+sangu@mail.example.com.cn", "a@b-c.cn"})
        EXPECT_TRUE(is_mail_address(good)) << good;
    for (std::string_view const bad :
         {"", "wang", "@example.cn", "wang@", "wang@localhost", "a@b@c.cn", "wang@example.cn\r\nBcc: x@y.cn",
          "wang@example.cn\n", "<wang@example.cn>", "wang example@c.cn", ".a@b.cn", "a..b@c.cn", "a@.cn", "a@-b.cn",
          "a@b_c.cn", "王@example.cn", "\"a\"@b.cn", "a@b.cn,c@d.cn", "a@[127.0.0.1]"})
        EXPECT_FALSE(is_mail_address(bad)) << bad;
    EXPECT_FALSE(is_mail_address(std::string(250, 'a') + "@example.cn"));
}

TEST(MailText, EncodesWhatIsNotAsciiAndLetsNoHeaderIn) {
    EXPECT_EQ(encoded_words("Hello"), "Hello");
    EXPECT_EQ(encoded_words("a\r\nBcc: x@y.cn"), "a  Bcc: x@y.cn");
    std::string const words = encoded_words(std::string{"长株潭国家自主创新示范区"} + "执行情况报告已提交，请于七月十五日前审定");
    EXPECT_EQ(words.find("\n\n"), std::string::npos);
    std::size_t begin = 0;
    for (std::size_t end; (end = words.find("\r\n", begin)) != std::string::npos; begin = end + 2)
        EXPECT_LE(end - begin, 76u);
    EXPECT_LE(words.size() - begin, 76u);
    EXPECT_EQ(date_header(*parse_instant("2026-11-23T02:05:09.000Z")), "Mon, 23 Nov 2026 02:05:09 +0000");
}

class Post : public ::testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !test::has_postgres()) GTEST_SKIP();
        config::Settings settings;
        settings.mail_server = server_.address();
        settings.mail_from = "sangu@czt.example.cn";
        settings.mail_user = "sangu";
        settings.mail_password = "secret";
        app_.emplace(std::vector<Module>{}, GetParam(), settings);
    }
    bool put(std::string key, std::string to = "wang@example.cn") {
        bool queued = false;
        app_->write([&](db::Transaction& transaction) {
            queued = queue(app_->services().settings, transaction,
                           {.key = std::move(key),
                            .to = std::move(to),
                            .to_name = "王伟",
                            .subject = "报告已提交\r\nBcc: eve@example.cn",
                            .text = "长沙 2017H1\n.一行以点开头\nhttps://example.cn/reports/1\n",
                            .unsubscribe = "https://example.cn/api/v1/notices/unsubscribe/w"},
                           app_->clock().now());
        });
        return queued;
    }
    void later(std::int64_t minutes) {
        app_->clock().advance_ms(minutes * 60'000);
        app_->host().run_background_once();
    }
    std::string state() {
        return app_->database().read()->text("select state from kernel_mail order by id desc limit 1").value_or("");
    }

    test::SmtpServer server_;
    std::optional<test::TestApp> app_;
};
INSTANTIATE_TEST_SUITE_P(databases, Post, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(Post, IsSentWithItsHeadersAndForgetsItsText) {
    ASSERT_TRUE(put("a"));
    EXPECT_TRUE(server_.mails().empty()) << "not inside the act";
    later(0);
    auto const mails = server_.mails();
    ASSERT_EQ(mails.size(), 1u);
    EXPECT_EQ(mails[0].from, "sangu@czt.example.cn");
    EXPECT_EQ(mails[0].to, "wang@example.cn");
    EXPECT_EQ(mails[0].user, "sangu");
    EXPECT_EQ(mails[0].header("Subject"), "报告已提交  Bcc: eve@example.cn") << "one header, however it was typed";
    EXPECT_EQ(mails[0].header("Bcc"), "");
    EXPECT_EQ(mails[0].header("To"), "王伟 <wang@example.cn>");
    EXPECT_EQ(mails[0].header("Content-Type"), "text/plain; charset=utf-8");
    EXPECT_EQ(mails[0].header("Auto-Submitted"), "auto-generated");
    EXPECT_EQ(mails[0].header("List-Unsubscribe"), "<https://example.cn/api/v1/notices/unsubscribe/w>");
    EXPECT_EQ(mails[0].header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    EXPECT_EQ(mails[0].text(), "长沙 2017H1\n.一行以点开头\nhttps://example.cn/reports/1\n");
    EXPECT_EQ(app_->database().read()->text("select body from kernel_mail"), "");
    EXPECT_EQ(state(), "sent");
    later(600);
    EXPECT_EQ(server_.mails().size(), 1u);
}

TEST_P(Post, IsQueuedOnceForItsKeyAndNeverToABrokenAddress) {
    ASSERT_TRUE(put("a"));
    EXPECT_FALSE(put("a"));
    EXPECT_FALSE(put("b", "wang@example.cn\r\nRCPT TO:<eve@example.cn>"));
    later(0);
    EXPECT_EQ(server_.mails().size(), 1u);
}

TEST_P(Post, IsTriedAgainUnderTheSameMessageId) {
    server_.refuse_next(2, "451 busy, try later");
    ASSERT_TRUE(put("a"));
    std::string const id = app_->database().read()->text("select id from kernel_mail").value_or("");
    later(0);
    EXPECT_EQ(server_.refused(), 1);
    EXPECT_EQ(state(), "queued");
    for (int i = 0; i < 6 && server_.mails().empty(); ++i) later(60);
    ASSERT_EQ(server_.mails().size(), 1u);
    EXPECT_EQ(server_.refused(), 2);
    EXPECT_EQ(server_.mails()[0].header("Message-ID"), "<" + id + "@czt.example.cn>");
}

TEST_P(Post, IsGivenUpWhenTheServerWillNeverTakeIt) {
    server_.refuse_next(100, "550 no such user");
    ASSERT_TRUE(put("a"));
    later(0);
    EXPECT_EQ(state(), "refused");
    later(600);
    EXPECT_EQ(server_.refused(), 1);
}

TEST(PostOff, QueuesNothing) {
    test::TestApp app{{}};
    app.write([&](db::Transaction& transaction) {
        EXPECT_FALSE(queue(app.services().settings, transaction, {.key = "a", .to = "wang@example.cn"}, app.clock().now()));
    });
}

} // namespace
} // namespace sangu::mail
