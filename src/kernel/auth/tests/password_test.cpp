#include "kernel/auth/password.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace sangu::auth {
namespace {

std::string problem_of(std::string_view password, std::string_view login = "chen.jing") {
    auto const problems = check_password(password, login, 10);
    return problems.empty() ? "" : problems.front().key;
}

TEST(Password, the_stored_text_names_its_cost_and_opens_only_for_its_password) {
    std::string const stored = hash_password_now("湘江北去橘子洲头");
    EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=19456,t=4,p=1$")) << stored;
    EXPECT_TRUE(verify_password_now(stored, "湘江北去橘子洲头"));
    EXPECT_FALSE(verify_password_now(stored, "湘江北去橘子洲"));
    EXPECT_NE(stored, hash_password_now("湘江北去橘子洲头")) << "the salt must differ";
}

TEST(Password, policy_says_what_is_wrong) {
    EXPECT_EQ(problem_of("short-pw"), "auth.password.short");
    EXPECT_EQ(problem_of(std::string(129, 'x') + "y"), "auth.password.long");
    EXPECT_EQ(problem_of("Password123!"), "auth.password.common");
    EXPECT_EQ(problem_of("woaini1314520"), "auth.password.common");
    EXPECT_EQ(problem_of("aaaaaaaaaaaa"), "auth.password.common");
    EXPECT_EQ(problem_of("23456789012345"), "auth.password.common");
    EXPECT_EQ(problem_of("my-chen.jing-key"), "auth.password.login");
    EXPECT_EQ(problem_of("\xff\xfe passwords"), "auth.password.not_text");
    EXPECT_EQ(problem_of("橘子洲头看万山红遍呀"), "") << "characters count, not bytes";
    EXPECT_EQ(problem_of("quiet river lantern"), "");
}

TEST(Password, nobody_is_told_whether_an_account_exists) {
    PasswordHasher hasher;
    EXPECT_FALSE(hasher.verify("", "whatever it is").value());
    EXPECT_FALSE(hasher.verify("not a hash", "whatever it is").value());
}

TEST(Password, a_flood_is_refused_instead_of_queued_for_ever) {
    PasswordHasher hasher{1, 2};
    std::atomic<int> refused{0}, served{0};
    std::vector<std::thread> crowd;
    for (int i = 0; i < 12; ++i)
        crowd.emplace_back([&] {
            auto const answer = hasher.verify("", "guess");
            if (answer)
                ++served;
            else if (answer.error().refusal == Refusal::too_many)
                ++refused;
        });
    for (std::thread& one : crowd) one.join();
    EXPECT_EQ(refused + served, 12);
    EXPECT_GE(served, 2);
    EXPECT_GE(refused, 1);
}

} // namespace
} // namespace sangu::auth
