#include "modules/registry/claims.h"
#include "modules/registry/registry.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

namespace sangu {
Module registry_module();
}

namespace sangu::registry {
namespace {

// Claims by mail: the code goes to the registered mailbox and nowhere else.
class ClaimsByMail : public ::testing::TestWithParam<char const*> {
protected:
    static config::Settings with_mail() {
        config::Settings settings;
        settings.mail_server = "smtp://127.0.0.1:1";
        settings.mail_from = "sangu@example.org";
        return settings;
    }
    test::TestApp app{{registry_module()}, GetParam(), with_mail()};
    test::Browser officer = app.as(app.account("he.lan", {{"zone_officer", {"zone"}}}));
    std::string zhou_id = app.account("zhou.min", {}, "周敏");
    test::Browser zhou = app.as(zhou_id);
    std::string works;

    void SetUp() override {
        ASSERT_EQ(officer
                      .post("/organisations", {{"name", "麓谷精密机械有限公司"},
                                               {"kind", "enterprise"},
                                               {"industry_edition", "2017"},
                                               {"email", "office@lugu.example"}})
                      .status,
                  303);
        works = find_organisation(*app.database().read(), "麓谷精密机械有限公司")->id.text;
    }
    std::string ask(test::Browser& browser) {
        auto const answer =
            browser.upload("/organisations/" + works + "/claim", {{"position", "总经理"}, {"way", "mail"}}, {});
        EXPECT_EQ(answer.status, 303) << answer.body.substr(0, 1500);
        auto const location = std::string{answer.header("location")};
        return location.substr(0, location.find('?'));
    }
    std::int64_t mails() { return app.database().read()->integer("select count(*) from kernel_mail").value_or(0); }
    // The code of the newest mail.
    std::string code() {
        auto const body = app.database().read()->text("select body from kernel_mail where to_address = "
                                                      "'office@lugu.example' order by queued_at desc, mail_key desc");
        auto const at = body ? body->find("验证码：") : std::string::npos;
        return at == std::string::npos ? std::string{} : body->substr(at + 12, 14);
    }
    bool speaks(std::string const& account) {
        return speaks_for(*app.database().read(), account, works, *parse_date("2026-11-23"));
    }
    void pass(int minutes) { app.clock().advance_ms(std::int64_t{minutes} * 60'000); }
};
INSTANTIATE_TEST_SUITE_P(databases, ClaimsByMail, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(ClaimsByMail, are_proved_with_the_code_from_the_registered_mailbox) {
    auto const claim = ask(zhou);
    EXPECT_EQ(mails(), 1);
    EXPECT_FALSE(zhou.get(claim).contains(code())) << "the page never shows it";
    EXPECT_FALSE(officer.get(claim).contains(code()));
    auto other = app.as(app.account("other"));
    EXPECT_EQ(other.post(claim + "/enter", {{"code", code()}}).status, 404) << "the code is the claimant's";
    EXPECT_EQ(zhou.post(claim + "/enter", {{"code", "AAAA-AAAA-AAAA"}}).status, 422);
    EXPECT_FALSE(speaks(zhou_id));
    EXPECT_EQ(zhou.post(claim + "/enter", {{"code", code()}}).status, 303) << code();
    EXPECT_TRUE(speaks(zhou_id));
    EXPECT_EQ(app.database().read()->integer("select count(*) from kernel_audit where action in "
                                             "('registry.claim.code_wrong', 'registry.claim.proved')"),
              2);
}

TEST_P(ClaimsByMail, end_after_five_guesses_and_after_a_day) {
    auto const claim = ask(zhou);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(zhou.post(claim + "/enter", {{"code", "AAAA-AAAA-AAAA"}}).status, 422);
    EXPECT_EQ(zhou.post(claim + "/enter", {{"code", code()}}).status, 429) << "even the right one";
    pass(61);
    EXPECT_EQ(app.as(zhou_id).post(claim + "/mail").status, 303);
    pass(24 * 60 - 1);
    auto const late = code();
    pass(2);
    EXPECT_EQ(app.as(zhou_id).post(claim + "/enter", {{"code", late}}).status, 422);
    EXPECT_FALSE(speaks(zhou_id));
}

TEST_P(ClaimsByMail, do_not_fill_the_mailbox) {
    auto const claim = ask(zhou);
    EXPECT_EQ(zhou.post(claim + "/mail").status, 429);
    EXPECT_EQ(zhou.post(claim + "/withdraw").status, 303);
    EXPECT_EQ(zhou.upload("/organisations/" + works + "/claim", {{"position", "总经理"}, {"way", "mail"}}, {}).status,
              429);
    auto other = app.as(app.account("other"));
    EXPECT_EQ(other.upload("/organisations/" + works + "/claim", {{"position", "总经理"}, {"way", "mail"}}, {}).status,
              429);
    EXPECT_EQ(mails(), 1);
    pass(61);
    auto later = app.as(zhou_id);
    ask(later);
    EXPECT_EQ(mails(), 2);
}

} // namespace
} // namespace sangu::registry
