#include "kernel/auth/account.h"
#include "kernel/auth/password.h"
#include "kernel/auth/runtime.h"
#include "kernel/auth/sign_in.h"
#include "kernel/auth/token.h"
#include "kernel/auth/totp.h"
#include "support/kernel_fixture.h"

#include <gtest/gtest.h>

#include <thread>

namespace sangu::auth {
namespace {

constexpr std::int64_t minute_ms = 60'000, hour_ms = 60 * minute_ms;
constexpr std::string_view secret_word = "quiet river lantern";

std::string const& secret_hash() {
    static std::string const hash = hash_password_now(secret_word);
    return hash;
}

class SignIn : public test::OnBothKernels {
protected:
    Account add(std::string_view login, bool demo = false) {
        Account account;
        write([&](db::Transaction& transaction) {
            account = create_account(transaction, login, "陈静", clock_.now(), demo);
            set_password_hash(transaction, account.id.text, secret_hash(), clock_.now());
        });
        return account;
    }
    Result<void> grant(Account const& account, std::string_view role, std::string_view scope = "zone", int from = 0,
                       int days = 0) {
        Date const today = context().today();
        auto const granted = db::transact<Grant>(database(), [&](db::Transaction& transaction) {
            return grant_role(transaction, {.account_id = account.id,
                                            .role = std::string{role},
                                            .scope = std::string{scope},
                                            .valid_from = today + from,
                                            .valid_to = days ? std::optional{today + (from + days)} : std::nullopt,
                                            .granted_by = "system",
                                            .granted_at = clock_.now()});
        });
        if (!granted) return tl::make_unexpected(granted.error());
        return {};
    }
    Result<SignedIn> enter(std::string_view login, std::string_view password = secret_word,
                           std::string_view replaced = {}) {
        return sign_in(services(), {std::string{login}, std::string{password}, "192.0.2.7", "Browser", "r1",
                                    std::string{replaced}});
    }
    Identity ask(std::string_view cookie) {
        http::Request request;
        request.headers = {{"cookie", "sangu_session=" + std::string{cookie}}};
        Context asked{services(), anonymous(), {}};
        return identify(asked, request);
    }
    Identity ask_with(std::string_view authorization) {
        http::Request request;
        request.headers = {{"authorization", std::string{authorization}}};
        Context asked{services(), anonymous(), {}};
        return identify(asked, request);
    }
    Context as(Identity const& identity) { return context(identity.actor); }
    std::int64_t audited(std::string_view action) {
        return database()
            .read()
            ->integer("select count(*) from kernel_audit where action = ?", {std::string{action}})
            .value_or(0);
    }
};
SANGU_ON_BOTH_DATABASES(SignIn);

TEST_P(SignIn, by_name_and_password_gives_a_session_with_the_roles_in_force_today) {
    auto const account = add("chen.jing");
    ASSERT_TRUE(grant(account, "city_officer", "zone/changsha"));
    ASSERT_TRUE(grant(account, "park_officer", "zone/changsha/changsha_htz", 3));
    ASSERT_TRUE(grant(account, "unit_officer", "zone", -5, 5)) << "ended yesterday";
    auto const entered = enter(" Chen.Jing ");
    ASSERT_TRUE(entered);
    Identity const identity = ask(entered->session.cookie_value);
    EXPECT_EQ(identity.actor.kind, ActorKind::person);
    EXPECT_EQ(identity.actor.account_id, account.id.text);
    ASSERT_EQ(identity.actor.roles.size(), 1u);
    EXPECT_EQ(identity.actor.roles[0].role, "city_officer");
    EXPECT_EQ(identity.actor.roles[0].scope.path, "zone/changsha");
    EXPECT_EQ(identity.csrf_token, entered->session.csrf_token);
    EXPECT_FALSE(identity.second_factor_due);
    EXPECT_EQ(audited("auth.signed_in"), 1);
    EXPECT_FALSE(
        database().read()->exists("select 1 from kernel_session where id = ?", {entered->session.cookie_value}))
        << "a copy of the database must not sign anybody in";
}

TEST_P(SignIn, refusals_do_not_tell_what_was_wrong) {
    auto const account = add("chen.jing");
    auto const wrong = enter("chen.jing", "not the password"), unknown = enter("nobody.here");
    ASSERT_FALSE(wrong);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(wrong.error(), unknown.error());
    write([&](db::Transaction& transaction) {
        transaction.execute("update kernel_account set state = 'suspended' where id = ?", {account.id.text});
    });
    auto const suspended = enter("chen.jing");
    ASSERT_FALSE(suspended);
    EXPECT_EQ(suspended.error(), unknown.error());
    // Each leaves one record, so that none is faster than the others by a write.
    EXPECT_EQ(audited("auth.sign_in_failed"), 1);
    EXPECT_EQ(audited("auth.sign_in_unknown"), 1);
    EXPECT_EQ(audited("auth.sign_in_refused"), 1);
    EXPECT_FALSE(database().read()->exists("select 1 from kernel_audit where details like '%nobody.here%'"));
}

TEST_P(SignIn, five_wrong_passwords_lock_the_account_for_a_while_even_against_the_right_one) {
    settings_.lockout_failures = 5;
    settings_.lockout_minutes = 15;
    add("chen.jing");
    for (int i = 0; i < 4; ++i) EXPECT_FALSE(enter("chen.jing", "wrong"));
    EXPECT_TRUE(enter("chen.jing")) << "four are forgiven";
    for (int i = 0; i < 5; ++i) EXPECT_FALSE(enter("chen.jing", "wrong"));
    EXPECT_FALSE(enter("chen.jing"));
    EXPECT_EQ(audited("auth.locked"), 1);
    clock_.advance_ms(15 * minute_ms - 1);
    EXPECT_FALSE(enter("chen.jing"));
    clock_.advance_ms(2);
    EXPECT_TRUE(enter("chen.jing"));
}

TEST_P(SignIn, guesses_side_by_side_do_not_get_past_the_lock) {
    settings_.lockout_failures = 3;
    add("chen.jing");
    std::vector<std::thread> crowd;
    for (int i = 0; i < 12; ++i) crowd.emplace_back([&] { (void)enter("chen.jing", "wrong"); });
    for (std::thread& one : crowd) one.join();
    EXPECT_EQ(audited("auth.sign_in_failed"), 3);
    EXPECT_FALSE(enter("chen.jing"));
}

TEST_P(SignIn, sessions_end_when_idle_and_after_their_longest_time) {
    settings_.session_idle_minutes = 30;
    settings_.session_hours_max = 2;
    add("chen.jing");
    auto const cookie = enter("chen.jing")->session.cookie_value;
    clock_.advance_ms(30 * minute_ms);
    EXPECT_FALSE(ask(cookie).actor.signed_in());

    auto const busy = enter("chen.jing")->session.cookie_value;
    for (int i = 0; i < 5; ++i) {
        clock_.advance_ms(20 * minute_ms);
        EXPECT_TRUE(ask(busy).actor.signed_in()) << i;
        runtime_of(services()).background.drain();
    }
    clock_.advance_ms(20 * minute_ms);
    EXPECT_FALSE(ask(busy).actor.signed_in()) << "two hours are over";
}

TEST_P(SignIn, the_secret_changes_at_sign_in_and_the_old_one_is_worth_nothing) {
    add("chen.jing");
    auto const first = enter("chen.jing")->session.cookie_value;
    auto const second = enter("chen.jing", secret_word, ask(first).session_id)->session.cookie_value;
    EXPECT_NE(first, second);
    EXPECT_FALSE(ask(first).actor.signed_in());
    EXPECT_TRUE(ask(second).actor.signed_in());
}

TEST_P(SignIn, an_account_has_at_most_five_sessions_and_the_oldest_ends) {
    add("chen.jing");
    std::vector<std::string> cookies;
    for (int i = 0; i < 6; ++i) {
        cookies.push_back(enter("chen.jing")->session.cookie_value);
        clock_.advance_ms(1000);
    }
    EXPECT_FALSE(ask(cookies[0]).actor.signed_in());
    for (int i = 1; i < 6; ++i) EXPECT_TRUE(ask(cookies[static_cast<std::size_t>(i)]).actor.signed_in()) << i;
}

TEST_P(SignIn, a_granted_role_begins_with_a_new_session) {
    auto const account = add("chen.jing");
    auto const cookie = enter("chen.jing")->session.cookie_value;
    ASSERT_TRUE(grant(account, "zone_officer"));
    EXPECT_FALSE(ask(cookie).actor.signed_in());
    EXPECT_EQ(ask(enter("chen.jing")->session.cookie_value).actor.roles.size(), 1u);
}

TEST_P(SignIn, one_account_is_at_most_one_of_the_three_administrators) {
    auto const account = add("chen.jing");
    ASSERT_TRUE(grant(account, system_administrator));
    for (std::string_view const other : {security_administrator, audit_administrator}) {
        auto const refused = grant(account, other);
        ASSERT_FALSE(refused) << other;
        EXPECT_EQ(refused.error().key, "auth.role.separated");
    }
    EXPECT_TRUE(grant(account, "zone_officer")) << "a role of the zone is no administrator";
    EXPECT_THROW(
        write([&](db::Transaction& transaction) {
            transaction.execute(
                "insert into kernel_role_grant (id, account_id, role, scope, valid_from, granted_by, granted_at)"
                " values ('x', ?, 'audit_administrator', 'zone', '2020-01-01', 'system', ?)",
                {account.id.text, to_text(clock_.now())});
        }),
        db::ConstraintViolation)
        << "the database itself refuses it too";
}

TEST_P(SignIn, administrators_must_set_up_the_second_factor_at_their_first_sign_in) {
    auto const account = add("chen.jing");
    ASSERT_TRUE(grant(account, security_administrator));
    auto cookie = enter("chen.jing")->session.cookie_value;
    EXPECT_TRUE(ask(cookie).second_factor_due);

    Context person = as(ask(cookie));
    auto const secret = begin_second_factor(person, ask(cookie).session_id);
    ASSERT_TRUE(secret);
    EXPECT_FALSE(confirm_second_factor(person, ask(cookie).session_id, "000000"));
    auto const confirmed =
        confirm_second_factor(person, ask(cookie).session_id, totp_code(*secret, totp_step(clock_.now())));
    ASSERT_TRUE(confirmed);
    EXPECT_EQ(confirmed->recovery_codes.size(), 10u);
    EXPECT_FALSE(ask(cookie).actor.signed_in()) << "the secret of the session changes with its rights";
    EXPECT_FALSE(ask(confirmed->session.cookie_value).second_factor_due);

    cookie = enter("chen.jing")->session.cookie_value;
    EXPECT_TRUE(ask(cookie).second_factor_due) << "asked again at every sign-in";
    Context again = as(ask(cookie));
    EXPECT_FALSE(begin_second_factor(again, ask(cookie).session_id)) << "a password alone must not replace the factor";
    EXPECT_FALSE(pass_second_factor(again, ask(cookie).session_id, totp_code(*secret, totp_step(clock_.now()))))
        << "a code works once";
    clock_.advance_ms(30'000);
    Context later = as(ask(cookie));
    auto const passed = pass_second_factor(later, ask(cookie).session_id, totp_code(*secret, totp_step(clock_.now())));
    ASSERT_TRUE(passed);
    EXPECT_FALSE(ask(passed->cookie_value).second_factor_due);

    auto const by_code = enter("chen.jing")->session.cookie_value;
    Context lost = as(ask(by_code));
    auto const recovered = pass_second_factor(lost, ask(by_code).session_id, confirmed->recovery_codes[3]);
    ASSERT_TRUE(recovered);
    Context twice = as(ask(recovered->cookie_value));
    EXPECT_FALSE(pass_second_factor(twice, ask(recovered->cookie_value).session_id, confirmed->recovery_codes[3]));
    EXPECT_EQ(second_factor_of(*database().read(), account.id.text).recovery_codes, 9);
}

TEST_P(SignIn, guessing_codes_locks_the_account_though_the_password_is_known) {
    settings_.lockout_failures = 4;
    auto const account = add("chen.jing");
    auto cookie = enter("chen.jing")->session.cookie_value;
    Context person = as(ask(cookie));
    auto const secret = begin_second_factor(person, ask(cookie).session_id);
    ASSERT_TRUE(confirm_second_factor(person, ask(cookie).session_id, totp_code(*secret, totp_step(clock_.now()))));
    for (int i = 0; i < 4; ++i) {
        auto const entered = enter("chen.jing");
        ASSERT_TRUE(entered) << i;
        Context guesser = as(ask(entered->session.cookie_value));
        EXPECT_FALSE(pass_second_factor(guesser, ask(entered->session.cookie_value).session_id, "123456"));
    }
    EXPECT_FALSE(enter("chen.jing"));
    EXPECT_TRUE(sessions_of(*database().read(), account.id.text).empty());
}

TEST_P(SignIn, demo_accounts_need_no_second_factor_only_while_the_server_is_a_demo) {
    auto const account = add("demo.security", true);
    ASSERT_TRUE(grant(account, security_administrator));
    auto const cookie = enter("demo.security")->session.cookie_value;
    settings_.demo = true;
    EXPECT_FALSE(ask(cookie).second_factor_due);
    settings_.demo = false;
    EXPECT_TRUE(ask(cookie).second_factor_due);
}

TEST_P(SignIn, a_changed_password_ends_the_other_sessions) {
    add("chen.jing");
    auto const here = enter("chen.jing")->session.cookie_value, elsewhere = enter("chen.jing")->session.cookie_value;
    Context person = as(ask(here));
    auto const wrong = change_password(person, ask(here).session_id, "not it", "a longer new secret");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().problems.front().key, "auth.password.wrong");
    auto const weak = change_password(person, ask(here).session_id, secret_word, "password123");
    ASSERT_FALSE(weak);
    EXPECT_EQ(weak.error().problems.front().key, "auth.password.common");
    auto const changed = change_password(person, ask(here).session_id, secret_word, "a longer new secret");
    ASSERT_TRUE(changed);
    EXPECT_FALSE(ask(here).actor.signed_in());
    EXPECT_FALSE(ask(elsewhere).actor.signed_in());
    EXPECT_TRUE(ask(changed->cookie_value).actor.signed_in());
    EXPECT_FALSE(enter("chen.jing"));
    EXPECT_TRUE(enter("chen.jing", "a longer new secret"));
}

TEST_P(SignIn, a_one_time_code_sets_a_password_once_and_for_a_day) {
    auto const account = add("chen.jing");
    std::string code;
    auto const issue = [&] {
        write([&](db::Transaction& transaction) { code = issue_code(transaction, account.id.text, clock_.now()); });
    };
    auto const use = [&] {
        return sign_in_with_code(services(), {"chen.jing", code, "192.0.2.7", "Browser", "r1", ""},
                                 "a longer new secret");
    };
    issue();
    clock_.advance_ms(24 * hour_ms);
    EXPECT_FALSE(use());
    issue();
    EXPECT_TRUE(use());
    EXPECT_FALSE(use());
    EXPECT_TRUE(enter("chen.jing", "a longer new secret"));
}

TEST_P(SignIn, api_tokens_act_for_their_account_until_they_expire_or_are_revoked) {
    auto const account = add("chen.jing");
    ASSERT_TRUE(grant(account, "zone_officer"));
    NewToken token;
    write([&](db::Transaction& transaction) {
        token = *create_token(transaction, account.id.text, "nightly export", {"plan.read", "registry.read"},
                              clock_.now(), {clock_.now().ms + hour_ms});
    });
    EXPECT_TRUE(token.secret.starts_with("sgt_"));
    Identity const identity = ask_with("Bearer " + token.secret);
    EXPECT_EQ(identity.actor.kind, ActorKind::token);
    EXPECT_EQ(identity.actor.roles.size(), 1u);
    EXPECT_EQ(identity.actor.token_permissions, (std::vector<std::string>{"plan.read", "registry.read"}));
    runtime_of(services()).background.drain();
    EXPECT_TRUE(tokens_of(*database().read(), account.id.text).front().last_used_at);
    EXPECT_FALSE(ask_with("Bearer sgt_" + std::string(43, 'A')).actor.signed_in());
    EXPECT_FALSE(ask_with("Basic " + token.secret).actor.signed_in());
    clock_.advance_ms(hour_ms);
    EXPECT_FALSE(ask_with("Bearer " + token.secret).actor.signed_in());
}

TEST_P(SignIn, a_suspended_account_is_out_at_once) {
    auto const account = add("chen.jing");
    auto const cookie = enter("chen.jing")->session.cookie_value;
    NewToken token;
    write([&](db::Transaction& transaction) {
        token = *create_token(transaction, account.id.text, "t", {}, clock_.now(), {clock_.now().ms + hour_ms});
        transaction.execute("update kernel_account set state = 'suspended' where id = ?", {account.id.text});
    });
    EXPECT_FALSE(ask(cookie).actor.signed_in());
    EXPECT_FALSE(ask_with("Bearer " + token.secret).actor.signed_in());
}

TEST_P(SignIn, odd_cookies_are_anonymous) {
    for (std::string const& cookie :
         {std::string{}, std::string{"x"}, std::string(99, 'a'), std::string(5000, 'b'), std::string{"' or 1=1 --"}})
        EXPECT_FALSE(ask(cookie).actor.signed_in()) << cookie;
    EXPECT_EQ(session_cookie("abc", true), "sangu_session=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
}

} // namespace
} // namespace sangu::auth
