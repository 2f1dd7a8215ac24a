#include "kernel/auth/totp.h"

#include <gtest/gtest.h>

#include <cctype>

namespace sangu::auth {
namespace {

// RFC 6238 appendix B, SHA-1, the last six of its eight digits; the secret is "12345678901234567890" in base 32.
constexpr std::string_view rfc_secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

TEST(Totp, agrees_with_the_vectors_of_rfc_6238) {
    struct Vector {
        std::int64_t second;
        std::string_view code;
    };
    for (Vector const& one :
         {Vector{59, "287082"}, Vector{1111111109, "081804"}, Vector{1111111111, "050471"},
          Vector{1234567890, "005924"}, Vector{2000000000, "279037"}, Vector{20000000000, "353130"}})
        EXPECT_EQ(totp_code(rfc_secret, totp_step({one.second * 1000})), one.code) << one.second;
}

TEST(Totp, takes_the_neighbouring_codes_once_and_no_others) {
    Instant const now{1'234'567'890'000};
    std::int64_t const step = totp_step(now);
    for (std::int64_t const near : {step - 1, step, step + 1})
        EXPECT_EQ(check_totp(rfc_secret, totp_code(rfc_secret, near), now, 0), near);
    for (std::int64_t const far : {step - 2, step + 2})
        EXPECT_FALSE(check_totp(rfc_secret, totp_code(rfc_secret, far), now, 0));
    EXPECT_FALSE(check_totp(rfc_secret, totp_code(rfc_secret, step), now, step)) << "the same code a second time";
    EXPECT_FALSE(check_totp(rfc_secret, totp_code(rfc_secret, step - 1), now, step))
        << "an older code after a newer one";
    EXPECT_FALSE(check_totp(rfc_secret, "", now, 0));
    EXPECT_FALSE(check_totp("", "", now, 0));
    EXPECT_TRUE(check_totp(rfc_secret, "005 924", now, 0)) << "people type the gap they see";
}

TEST(Totp, secrets_and_addresses_fit_authenticator_apps) {
    std::string const secret = new_totp_secret();
    EXPECT_EQ(secret.size(), 32u);
    EXPECT_NE(secret, new_totp_secret());
    EXPECT_EQ(otpauth_uri("ABC", "长株潭", "li.na"),
              "otpauth://totp/%E9%95%BF%E6%A0%AA%E6%BD%AD:li.na?secret=ABC&issuer=%E9%95%BF%E6%A0%AA%E6%BD%AD"
              "&algorithm=SHA1&digits=6&period=30");
    std::string const svg = qr_svg("otpauth://totp/x", "a \"label\" <b>");
    EXPECT_TRUE(svg.starts_with("<svg "));
    EXPECT_NE(svg.find("aria-label=\"a &#34;label&#34; &#60;b>\""), std::string::npos);
    EXPECT_EQ(svg.find("style="), std::string::npos) << "the content policy forbids inline style";
}

TEST(RecoveryCode, is_recognised_however_it_is_typed_and_belongs_to_one_account) {
    std::string const code = new_recovery_code();
    EXPECT_EQ(code.size(), 19u);
    std::string loud;
    for (char const c : code) loud += c == '-' ? ' ' : static_cast<char>(std::toupper(c));
    EXPECT_EQ(recovery_hash("a", code), recovery_hash("a", loud));
    EXPECT_NE(recovery_hash("a", code), recovery_hash("b", code));
}

} // namespace
} // namespace sangu::auth
