// Sign-in by OpenID Connect against npm's oidc-provider: discovery, PKCE, code exchange, signed ID token, linking.

#include "kernel/auth/fetch.h"
#include "kernel/auth/oidc.h"
#include "kernel/auth/sign_in.h"
#include "kernel/config/settings.h"
#include "kernel/http/message.h"
#include "support/test_app.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>

namespace sangu {
Module registry_module();
Module identity_module();
} // namespace sangu

namespace sangu::test {
namespace {

constexpr std::string_view callback = "http://127.0.0.1:8080/sign-in/oidc/callback";

// The provider as a child process; it ends when its standard input closes.
class Provider {
public:
    Provider() {
        int input[2], output[2];
        if (pipe2(input, O_CLOEXEC) != 0 || pipe2(output, O_CLOEXEC) != 0) return;
        std::string const script = std::string{SANGU_OIDC_FOLDER} + "/provider.mjs", redirect{callback};
        char const* arguments[] = {"node",           script.c_str(), "sangu", "a client secret",
                                   redirect.c_str(), "subject-42",   nullptr};
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
        int const failed = posix_spawnp(&process_, "node", &actions, nullptr, const_cast<char**>(arguments), environ);
        posix_spawn_file_actions_destroy(&actions);
        close(input[0]);
        close(output[1]);
        input_ = input[1];
        output_ = output[0]; // stays open: the provider goes on to write
        if (failed == 0) read_port(output_);
    }
    ~Provider() {
        if (input_ >= 0) close(input_);
        if (output_ >= 0) close(output_);
        if (process_ > 0) waitpid(process_, nullptr, 0);
    }
    Provider(Provider const&) = delete;
    Provider& operator=(Provider const&) = delete;

    std::string origin() const { return "http://127.0.0.1:" + port_; }
    bool is_running() const { return !port_.empty(); }
    // What the person's browser does at the provider; the address it is sent back to.
    std::string drive(std::string_view address) const {
        auto const end = auth::fetch({.address = origin() + "/drive?url=" + http::percent_encode(address)});
        return end ? *end : "refused";
    }

private:
    void read_port(int from) {
        std::string line;
        for (char c = 0; read(from, &c, 1) == 1 && c != '\n';) line += c;
        if (line.starts_with("ready ")) port_ = line.substr(6);
    }
    pid_t process_ = 0;
    int input_ = -1, output_ = -1;
    std::string port_;
};

config::Settings settings_for(Provider const& provider) {
    config::Settings settings;
    settings.oidc_issuer = provider.origin();
    settings.oidc_client_id = "sangu";
    settings.oidc_client_secret = "a client secret";
    return settings;
}

// The provider lives in real time.
Instant real_now() {
    return {std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count()};
}

class Oidc : public ::testing::Test {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(std::string{SANGU_OIDC_FOLDER} + "/node_modules/oidc-provider"))
            GTEST_SKIP() << "run npm ci in tests/oidc";
        provider_.emplace();
        ASSERT_TRUE(provider_->is_running());
        app_.emplace(std::vector<Module>{registry_module(), identity_module()}, "sqlite", settings_for(*provider_));
        app_->clock().set(real_now());
        account_ = app_->account("chen.officer");
    }
    // From "sign in" to the address the provider sends back to, as a path with query.
    std::string way_back(Browser& browser) {
        auto const leaving = browser.get("/sign-in/oidc?next=/account");
        EXPECT_EQ(leaving.status, 303);
        return drive(std::string{leaving.header("location")});
    }
    // The same from the person's own page, to link the identity.
    std::string way_back_linking(Browser& browser) {
        browser.get("/account");
        auto const page = browser.post("/account/external/link");
        auto const start = page.body.find("href=\"" + provider_->origin()) + 6;
        std::string address = page.body.substr(start, page.body.find('"', start) - start);
        for (std::size_t at = 0; (at = address.find("&amp;", at)) != std::string::npos; ++at)
            address.replace(at, 5, "&");
        return drive(address);
    }
    std::string drive(std::string const& address) {
        address_ = address;
        std::string const back = provider_->drive(address);
        EXPECT_TRUE(back.starts_with(callback)) << back;
        return back.starts_with(callback) ? back.substr(std::string_view{"http://127.0.0.1:8080"}.size()) : "/refused";
    }

    std::optional<Provider> provider_;
    std::optional<TestApp> app_;
    std::string account_, address_;
};

TEST_F(Oidc, a_linked_person_signs_in_without_a_password) {
    Browser stranger = app_->visitor();
    auto const refused = stranger.get(way_back(stranger));
    EXPECT_EQ(refused.status, 401) << "an identity nobody has linked opens nothing";

    Browser person = app_->as(account_);
    EXPECT_EQ(person.get(way_back_linking(person)).status, 303);
    Browser later = app_->visitor();
    auto const entered = later.get(way_back(later));
    EXPECT_EQ(entered.status, 303);
    EXPECT_EQ(entered.header("location"), "/account");
    EXPECT_TRUE(later.get("/account").contains("chen.officer"));
    EXPECT_NE(address_.find("code_challenge_method=S256"), std::string::npos);
}

TEST_F(Oidc, an_answer_works_once_and_only_in_the_browser_that_asked) {
    Browser person = app_->as(account_);
    ASSERT_EQ(person.get(way_back_linking(person)).status, 303);
    Browser asking = app_->visitor(), other = app_->visitor();
    std::string const back = way_back(asking);
    EXPECT_EQ(other.get(back).status, 401) << "a stolen or planted answer";
    EXPECT_EQ(asking.get(back).status, 303);
    asking.set_cookie("sangu_oidc", back.substr(back.find("state=") + 6, 43));
    EXPECT_EQ(asking.get(back).status, 401) << "a second time";
    EXPECT_EQ(asking.get("/sign-in/oidc/callback?code=x&state=y").status, 401);
}

TEST_F(Oidc, tokens_for_somebody_else_or_of_another_time_are_refused) {
    auth::oidc::Client client;
    auto secrets = auth::oidc::new_secrets();
    auto const settings = settings_for(*provider_);
    auto const sign_in = [&](Instant now, auto const& change) {
        secrets = auth::oidc::new_secrets();
        auto const address = client.authorization_address(settings, secrets, now);
        std::string const answer = provider_->drive(*address);
        auto const at = answer.find("code=") + 5;
        auto code = http::percent_decode(answer.substr(at, answer.find('&', at) - at), false).value();
        change();
        return client.redeem(settings, code, secrets, now);
    };
    auto const right = sign_in(real_now(), [] {});
    ASSERT_TRUE(right) << right.error().key;
    EXPECT_EQ(right->subject, "subject-42");
    EXPECT_FALSE(sign_in(real_now(), [&] { secrets.nonce = "another"; })) << "replayed";
    EXPECT_FALSE(sign_in(real_now(), [&] { secrets.verifier = std::string(43, 'x'); })) << "intercepted code";
    EXPECT_FALSE(sign_in({real_now().ms + 2 * 3'600'000}, [] {})) << "expired";
    EXPECT_FALSE(sign_in({real_now().ms - 2 * 3'600'000}, [] {})) << "from the future";
}

TEST(OidcToken, forged_ones_are_refused) {
    Instant const now{1'700'000'000'000};
    // {"alg":"none"} . {"iss":"https://id","sub":"a","aud":"sangu","nonce":"n","exp":9999999999,"iat":1600000000} .
    std::string const none =
        "eyJhbGciOiJub25lIn0."
        "eyJpc3MiOiJodHRwczovL2lkIiwic3ViIjoiYSIsImF1ZCI6InNhbmd1Iiwibm9uY2UiOiJuIiwiZXhwIjo5OTk5OTk5"
        "OTk5LCJpYXQiOjE2MDAwMDAwMDB9.";
    for (std::string const& token : {none, std::string{"eyJhbGciOiJIUzI1NiJ9"} + none.substr(none.find('.')) + "AAAA",
                                     std::string{}, std::string{"a.b.c"}, std::string(20000, 'a'), std::string{"..."}})
        EXPECT_FALSE(auth::oidc::verify_id_token(token, R"({"keys":[{"kty":"oct","k":"AAAA"}]})", "https://id", "sangu",
                                                 "n", now))
            << token.substr(0, 40);
}

TEST(OidcAddress, only_https_or_this_machine) {
    for (std::string_view const good :
         {"https://id.example/x", "http://127.0.0.1:3000/x", "http://localhost/x", "http://[::1]:1/x"})
        EXPECT_TRUE(auth::is_allowed_address(good)) << good;
    for (std::string_view const bad :
         {"http://id.example/", "http://127.0.0.1.evil.example/", "http://localhost@evil.example/",
          "http://127.0.0.1:1@evil/", "file:///etc/passwd", "gopher://x", ""})
        EXPECT_FALSE(auth::is_allowed_address(bad)) << bad;
}

} // namespace
} // namespace sangu::test
