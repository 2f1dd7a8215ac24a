#include "kernel/auth/account.h"
#include "kernel/auth/password.h"
#include "kernel/auth/sign_in.h"
#include "kernel/auth/totp.h"
#include "kernel/module.h"
#include "modules/identity/identity.h"
#include "modules/identity/parts.h"
#include "modules/identity/service.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sangu {
Module registry_module();
Module identity_module();
} // namespace sangu

namespace sangu::identity {
namespace {

using test::Answer;
using test::Browser;
using test::TestApp;

std::vector<Module> modules() { return {registry_module(), identity_module()}; }

class IdentityPages : public ::testing::TestWithParam<char const*> {
protected:
    TestApp app{modules(), GetParam()};
    std::string system = app.account("wang.system", {{"system_administrator", {"zone"}}});
    std::string security = app.account("li.security", {{"security_administrator", {"zone"}}});
    std::string auditor = app.account("zhao.audit", {{"audit_administrator", {"zone"}}});
    std::string officer = app.account("chen.officer");

    // The text between two marks of a page; "" when it is not there.
    static std::string between(std::string const& text, std::string_view from, std::string_view to) {
        auto const start = text.find(from);
        if (start == std::string::npos) return {};
        auto const end = text.find(to, start + from.size());
        return end == std::string::npos ? std::string{} : text.substr(start + from.size(), end - start - from.size());
    }
    std::string set_password(std::string_view account_id, std::string_view password) {
        app.write([&](db::Transaction& transaction) {
            auth::set_password_hash(transaction, account_id, auth::hash_password_now(password), app.clock().now());
        });
        return std::string{password};
    }
    bool audited(std::string_view action, std::string_view object_id) {
        return app.database().read()->exists("select 1 from kernel_audit where action = ? and object_id = ?",
                                             {std::string{action}, std::string{object_id}});
    }
};
INSTANTIATE_TEST_SUITE_P(databases, IdentityPages, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(IdentityPages, a_person_signs_in_goes_where_he_wanted_and_signs_out) {
    set_password(officer, "quiet river lantern");
    Browser browser = app.visitor();
    auto const wrong =
        browser.post("/sign-in", {{"login", "chen.officer"}, {"password", "guess"}, {"next", "/account"}});
    EXPECT_EQ(wrong.status, 401);
    EXPECT_TRUE(wrong.contains("chen.officer")) << "what was typed is kept";
    EXPECT_FALSE(wrong.contains("guess")) << "but never the password";
    auto const right = browser.post(
        "/sign-in", {{"login", "chen.officer"}, {"password", "quiet river lantern"}, {"next", "/account"}});
    EXPECT_EQ(right.status, 303);
    EXPECT_EQ(right.header("location"), "/account");
    EXPECT_NE(right.header("set-cookie").find("HttpOnly; SameSite=Lax"), std::string_view::npos);
    EXPECT_EQ(browser.get("/account").status, 200);
    EXPECT_EQ(browser.post("/sign-out").status, 303);
    EXPECT_NE(browser.get("/account").status, 200);
}

TEST_P(IdentityPages, nobody_is_sent_to_another_server_after_sign_in) {
    set_password(officer, "quiet river lantern");
    for (std::string const next : {"//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x=1",
                                   "javascript:alert(1)", "\\/evil"}) {
        Browser browser = app.visitor();
        auto const answer =
            browser.post("/sign-in", {{"login", "chen.officer"}, {"password", "quiet river lantern"}, {"next", next}});
        EXPECT_EQ(answer.header("location"), "/") << next;
    }
    EXPECT_TRUE(is_local_path("/tasks?page=2"));
}

TEST_P(IdentityPages, an_administrator_sets_up_the_second_factor_before_anything_else) {
    set_password(system, "quiet river lantern");
    Browser browser = app.visitor();
    ASSERT_EQ(browser.post("/sign-in", {{"login", "wang.system"}, {"password", "quiet river lantern"}}).status, 303);
    auto const sent = browser.get("/accounts");
    EXPECT_EQ(sent.status, 303);
    EXPECT_TRUE(sent.header("location").starts_with("/sign-in/second-factor"));
    EXPECT_EQ(browser.get(sent.header("location")).status, 200);
    ASSERT_EQ(browser.post("/sign-in/second-factor/begin").status, 303);
    EXPECT_TRUE(browser.get("/sign-in/second-factor").contains("<svg "));
    std::string const secret = auth::pending_second_factor(app.services(), *app.database().read(), system);
    auto const codes = browser.post("/sign-in/second-factor/confirm",
                                    {{"code", auth::totp_code(secret, auth::totp_step(app.clock().now()))}});
    EXPECT_EQ(codes.status, 200);
    EXPECT_EQ(browser.get("/accounts").status, 200);

    Browser later = app.visitor();
    ASSERT_EQ(later.post("/sign-in", {{"login", "wang.system"}, {"password", "quiet river lantern"}}).status, 303);
    EXPECT_FALSE(later.get("/sign-in/second-factor").contains(secret));
    EXPECT_EQ(later.post("/sign-in/second-factor", {{"code", "000000"}}).status, 422);
    app.clock().advance_ms(30'000);
    auto const passed =
        later.post("/sign-in/second-factor",
                   {{"code", auth::totp_code(secret, auth::totp_step(app.clock().now()))}, {"next", "/accounts"}});
    EXPECT_EQ(passed.header("location"), "/accounts");
    EXPECT_EQ(later.get("/accounts").status, 200);
}

TEST_P(IdentityPages, none_of_the_three_administrators_can_do_the_acts_of_another) {
    struct Act {
        bool post;
        std::string path;
        std::string who; // the only one who may
    };
    std::string const other = "/accounts/" + officer;
    std::vector<Act> const acts{{false, "/audit", auditor},
                                {true, "/audit/verify", auditor},
                                {false, "/audit/download.csv", auditor},
                                {false, "/accounts/new", system},
                                {true, "/accounts/new", system},
                                {true, other + "/code", system},
                                {true, other + "/suspend", system},
                                {true, other + "/restore", system},
                                {true, other + "/roles", security},
                                {true, other + "/second-factor", security}};
    for (std::string const& who : {system, security, auditor, officer}) {
        Browser browser = app.as(who);
        for (Act const& act : acts) {
            auto const answer = act.post ? browser.post(act.path) : browser.get(act.path);
            if (who == act.who)
                EXPECT_NE(answer.status, 403) << act.path;
            else
                EXPECT_EQ(answer.status, 403) << act.path;
        }
    }
    for (Act const& act : acts) EXPECT_NE((act.post ? app.post(act.path) : app.get(act.path)).status, 200) << act.path;
}

TEST_P(IdentityPages, the_use_cases_refuse_too_when_the_page_is_bypassed) {
    Context as_system = app.context(system), as_security = app.context(security), as_audit = app.context(auditor);
    EXPECT_EQ(grant(as_system, {officer, "zone_officer", "zone", "", ""}).error().refusal, Refusal::forbidden);
    EXPECT_EQ(grant(as_audit, {officer, "zone_officer", "zone", "", ""}).error().refusal, Refusal::forbidden);
    EXPECT_EQ(create_account(as_security, "new.one", "新人").error().refusal, Refusal::forbidden);
    EXPECT_EQ(reset_password(as_security, officer).error().refusal, Refusal::forbidden);
    EXPECT_EQ(reset_second_factor(as_system, officer).error().refusal, Refusal::forbidden);
}

TEST_P(IdentityPages, nobody_gives_himself_a_role_and_nobody_holds_two_administrator_roles) {
    Context as_security = app.context(security);
    EXPECT_EQ(grant(as_security, {security, "zone_officer", "zone", "", ""}).error().key, "identity.not_yourself");
    EXPECT_EQ(grant(as_security, {system, "audit_administrator", "zone", "", ""}).error().key, "auth.role.separated");
    EXPECT_TRUE(grant(as_security, {officer, "city_officer", "zone/changsha", "2026-11-01", "2027-01-01"}));
    EXPECT_EQ(grant(as_security, {officer, "city_officer", "zone/changsha", "", ""}).error().key, "auth.role.held");
    EXPECT_FALSE(grant(as_security, {officer, "emperor", "zone", "", ""}));
    EXPECT_FALSE(grant(as_security, {officer, "zone_officer", "zone/atlantis", "", ""}));
    EXPECT_FALSE(grant(as_security, {officer, "zone_officer", "zone", "2026-12-01", "2026-11-01"}));
    EXPECT_FALSE(grant(as_security, {officer, "zone_officer", "zone", "2026-02-30", ""}));
    EXPECT_TRUE(audited("identity.role_granted", officer));
    auto const held = auth::grants_of(*app.database().read(), officer);
    ASSERT_EQ(held.size(), 1u);
    EXPECT_TRUE(app.as(security).get("/accounts/" + officer).contains("长沙"));
    EXPECT_TRUE(revoke(as_security, officer, held[0].id.text));
    EXPECT_TRUE(auth::grants_of(*app.database().read(), officer).empty());
}

TEST_P(IdentityPages, a_new_account_begins_with_a_code_that_is_shown_once) {
    Browser browser = app.as(system);
    auto const made = browser.post("/accounts/new", {{"login", "Xu.Fang"}, {"name", "徐芳"}, {"once", "k1"}});
    ASSERT_EQ(made.status, 200);
    EXPECT_FALSE(app.database().read()->exists("select 1 from kernel_idempotency where reply is not null"));
    std::string const code = between(made.body, "<code class=\"mono\">", "</code>");
    ASSERT_EQ(code.size(), 19u);
    EXPECT_FALSE(browser.get("/accounts").contains(code));
    EXPECT_EQ(browser.post("/accounts/new", {{"login", "xu.fang"}, {"name", "另一人"}}).status, 422);

    Browser person = app.visitor();
    EXPECT_EQ(person.post("/sign-in/code", {{"login", "xu.fang"}, {"code", code}, {"new_password", "short"}}).status,
              422);
    EXPECT_EQ(
        person.post("/sign-in/code", {{"login", "xu.fang"}, {"code", code}, {"new_password", "seven paper boats"}})
            .status,
        303);
    EXPECT_TRUE(person.get("/account").contains("徐芳"));
    Browser again = app.visitor();
    EXPECT_EQ(again.post("/sign-in/code", {{"login", "xu.fang"}, {"code", code}, {"new_password", "other paper boats"}})
                  .status,
              401);
}

TEST_P(IdentityPages, a_suspended_account_is_signed_out_and_stays_out) {
    set_password(officer, "quiet river lantern");
    Browser person = app.as(officer);
    ASSERT_EQ(app.as(system).post("/accounts/" + officer + "/suspend").status, 303);
    EXPECT_NE(person.get("/account").status, 200);
    EXPECT_EQ(app.visitor().post("/sign-in", {{"login", "chen.officer"}, {"password", "quiet river lantern"}}).status,
              401);
    ASSERT_EQ(app.as(system).post("/accounts/" + officer + "/restore").status, 303);
    EXPECT_EQ(app.visitor().post("/sign-in", {{"login", "chen.officer"}, {"password", "quiet river lantern"}}).status,
              303);
    EXPECT_EQ(app.as(system).post("/accounts/" + system + "/suspend").status, 403) << "nobody suspends himself";
}

TEST_P(IdentityPages, an_api_token_is_shown_once_and_may_do_only_what_it_names) {
    Browser browser = app.as(system);
    auto const made = browser.post(
        "/account/tokens",
        {{"token_name", "nightly"}, {"days", "30"}, {"permission", "identity.account.read"}, {"once", "k1"}});
    ASSERT_EQ(made.status, 200);
    std::string const secret = between(made.body, "<code class=\"mono\">", "</code>");
    ASSERT_TRUE(secret.starts_with("sgt_"));
    EXPECT_FALSE(browser.get("/account/tokens").contains(secret));
    EXPECT_FALSE(app.database().read()->exists("select 1 from kernel_idempotency where reply is not null"))
        << "nor is the page that showed it kept for a repeated form";
    http::Pairs const bearer{{"authorization", "Bearer " + secret}};
    Browser program = app.visitor();
    EXPECT_EQ(program.json(http::Method::get, "/api/v1/accounts", "", bearer).status, 200);
    EXPECT_EQ(program.post("/accounts/new", {{"login", "by.token"}, {"name", "x"}}, bearer).status, 403);
    EXPECT_EQ(program
                  .post("/account/tokens",
                        {{"token_name", "more"}, {"days", "30"}, {"permission", "identity.account.edit"}}, bearer)
                  .status,
              403);
    EXPECT_EQ(
        browser.post("/account/tokens", {{"token_name", "more"}, {"days", "30"}, {"permission", "audit.read"}}).status,
        422)
        << "nobody hands on what he does not have";
    EXPECT_EQ(
        browser
            .post("/account/tokens", {{"token_name", "more"}, {"days", "999"}, {"permission", "identity.account.read"}})
            .status,
        422);
}

TEST_P(IdentityPages, a_person_sees_and_takes_his_own_data_without_secrets) {
    set_password(officer, "quiet river lantern");
    Browser browser = app.as(officer);
    auto const data = browser.get("/account/data.json");
    EXPECT_EQ(data.status, 200);
    EXPECT_TRUE(data.contains("chen.officer"));
    for (std::string_view const secret : {"argon2", "totp", "hash", "csrf"})
        EXPECT_FALSE(data.contains(secret)) << secret;
    EXPECT_EQ(browser.post("/account/profile", {{"name", "陈静"}, {"language", "en"}}).status, 303);
    EXPECT_TRUE(browser.get("/account").contains("陈静"));
    EXPECT_EQ(browser.post("/account/profile", {{"name", "  "}, {"language", "en"}}).status, 422);
}

TEST_P(IdentityPages, the_audit_administrator_filters_verifies_and_downloads_the_log) {
    app.as(system).post("/accounts/new", {{"login", "xu.fang"}, {"name", "徐芳"}});
    Browser browser = app.as(auditor);
    EXPECT_TRUE(browser.get("/audit?action=identity.account_created&actor=wang.system").contains("xu.fang"));
    EXPECT_FALSE(browser.get("/audit?action=identity.account_created&actor=li.security").contains("xu.fang"));
    EXPECT_FALSE(browser.get("/audit?until=2020-01-01").contains("xu.fang"));
    EXPECT_TRUE(browser.get("/audit?from=2026-01-01&object=kernel.account").contains("xu.fang"));
    EXPECT_EQ(browser.get("/audit?before=not-a-number&from=2026-02-30").status, 200);
    auto const verified = browser.post("/audit/verify");
    EXPECT_EQ(verified.status, 200);
    EXPECT_TRUE(verified.contains("note good"));
    auto const file = browser.get("/audit/download.csv");
    EXPECT_EQ(file.status, 200);
    EXPECT_TRUE(file.contains("identity.account_created"));
    app.write([](db::Transaction& transaction) {
        transaction.execute("update kernel_audit set details = 'changed' where action = 'identity.account_created'");
    });
    EXPECT_TRUE(browser.post("/audit/verify").contains("note bad"));
}

TEST_P(IdentityPages, administrators_see_who_may_do_what) {
    for (std::string const& who : {system, security, auditor})
        EXPECT_TRUE(app.as(who).get("/permissions").contains("identity.role.edit"));
    EXPECT_EQ(app.as(officer).get("/permissions").status, 403);
}

TEST_P(IdentityPages, the_first_administrators_come_from_the_command_line) {
    TestApp fresh{modules(), GetParam()};
    EXPECT_TRUE(needs_first_administrators(fresh.services()));
    std::vector<NewAccount> wishes{{"sys", "系统", "quiet river lantern", {{"system_administrator"}}},
                                   {"sec", "安全", "seven paper boats", {{"security_administrator"}}},
                                   {"aud", "审计", "password123", {{"audit_administrator"}}}};
    auto const weak = create_first_administrators(fresh.services(), wishes);
    ASSERT_FALSE(weak);
    EXPECT_EQ(weak.error().problems.front().field, "aud.password");
    EXPECT_TRUE(needs_first_administrators(fresh.services())) << "all or nothing";
    wishes[2].password = "morning tea and rain";
    ASSERT_TRUE(create_first_administrators(fresh.services(), wishes));
    EXPECT_FALSE(needs_first_administrators(fresh.services()));
    EXPECT_FALSE(create_first_administrators(
        fresh.services(), {{"both", "", "morning tea and rain", {{"system_administrator"}, {"audit_administrator"}}}}));
    EXPECT_FALSE(create_demo_accounts(fresh.services())) << "only on a demonstration system";
}

TEST_P(IdentityPages, demo_accounts_sign_in_with_their_random_passwords) {
    config::Settings settings;
    settings.demo = true;
    TestApp demo{modules(), GetParam(), settings};
    auto const made = create_demo_accounts(demo.services());
    ASSERT_TRUE(made);
    ASSERT_GE(made->size(), 6u);
    for (DemoAccount const& one : *made) {
        Browser browser = demo.visitor();
        EXPECT_EQ(browser.post("/sign-in", {{"login", one.login}, {"password", one.password}}).status, 303)
            << one.login;
        EXPECT_EQ(browser.get("/account").status, 200) << one.login;
    }
    auto const again = create_demo_accounts(demo.services());
    ASSERT_TRUE(again);
    EXPECT_NE(again->front().password, made->front().password);
}

} // namespace
} // namespace sangu::identity
