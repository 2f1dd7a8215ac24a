// The server with a certificate of its own: what a browser gets over TLS, and what somebody gets who forgot the "s".

#include "kernel/http/tests/socket_client.h"
#include "support/files.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

namespace sangu {
Module identity_module();
Module registry_module();
} // namespace sangu

namespace sangu::test {
namespace {

bool has_openssl() { return std::system("openssl version > /dev/null 2>&1") == 0; }

std::string output_of(std::string const& command) {
    std::string output;
    std::FILE* const pipe = ::popen(command.c_str(), "r");
    if (!pipe) return output;
    char buffer[4096];
    while (std::size_t const count = std::fread(buffer, 1, sizeof buffer, pipe)) output.append(buffer, count);
    ::pclose(pipe);
    return output;
}

class Tls : public ::testing::Test {
protected:
    void SetUp() override {
        if (!has_openssl()) GTEST_SKIP() << "the openssl program is not installed";
        ASSERT_EQ(std::system(("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
                               "-subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout " +
                               key() + " -out " + certificate() + " > /dev/null 2>&1")
                                  .c_str()),
                  0);
        config::Settings settings;
        settings.tls_certificate = certificate();
        settings.tls_key = key();
        settings.public_url = "https://localhost";
        app_.emplace(std::vector{registry_module(), identity_module()}, "sqlite", settings);
        http::ServerOptions options;
        options.port = 0;
        options.loops = 1;
        options.tls_certificate = certificate();
        options.tls_key = key();
        server_ = std::make_unique<http::Server>(options, app_->host().application());
        server_->start();
    }

    std::string certificate() const { return (directory_.path() / "certificate.pem").string(); }
    std::string key() const { return (directory_.path() / "key.pem").string(); }
    // One request over TLS by a client that trusts only our certificate and wants it to be for localhost.
    std::string ask(std::string_view path, std::string_view more = "") {
        auto const request = directory_.path() / "request";
        write_file(request, "GET " + std::string{path} +
                                " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept-Language: en\r\n\r\n");
        return output_of("openssl s_client -quiet -verify_quiet -verify_return_error -verify_hostname localhost "
                         "-servername localhost -CAfile " +
                         certificate() + " -connect 127.0.0.1:" + std::to_string(server_->port()) + " " +
                         std::string{more} + " < " + request.string() + " 2>/dev/null");
    }

    TemporaryDirectory directory_;
    std::optional<TestApp> app_;
    std::unique_ptr<http::Server> server_;
};

std::string line_of(std::string_view reply, std::string_view start) {
    auto const at = reply.find("\r\n" + std::string{start});
    if (at == reply.npos) return {};
    return std::string{reply.substr(at + 2, reply.find("\r\n", at + 2) - at - 2)};
}

TEST_F(Tls, PagesCarryStrictTransportAndSecureCookies) {
    auto const reply = ask("/sign-in");
    ASSERT_EQ(status_in(reply), 200) << reply.substr(0, 300);
    EXPECT_NE(reply.find("</html>"), std::string::npos) << "the whole page arrives";
    EXPECT_NE(line_of(reply, "Strict-Transport-Security: max-age=").find("31536000"), std::string::npos);
    auto const cookie = line_of(reply, "Set-Cookie: sangu_visit=");
    EXPECT_NE(cookie.find("; Secure"), std::string::npos) << cookie;
    EXPECT_NE(cookie.find("; HttpOnly"), std::string::npos) << cookie;
}

TEST_F(Tls, TheLanguageCookieIsSecureToo) {
    auto const reply = ask("/sign-in?lang=en");
    EXPECT_EQ(status_in(reply), 303);
    EXPECT_NE(line_of(reply, "Set-Cookie: sangu_language=").find("; Secure"), std::string::npos);
}

TEST_F(Tls, OldProtocolVersionsAreRefused) {
    EXPECT_EQ(ask("/healthz", "-tls1_1 -cipher DEFAULT@SECLEVEL=0"), "");
    EXPECT_EQ(status_in(ask("/healthz", "-tls1_2")), 200);
}

TEST_F(Tls, PlainHttpOnThePortEndsWithoutAReplyAndHurtsNobody) {
    SocketClient client{server_->port()};
    client.send("GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n");
    auto const bytes = client.receive(std::chrono::seconds{5});
    EXPECT_TRUE(client.is_closed());
    EXPECT_EQ(bytes.find("HTTP/"), std::string::npos) << "nothing of the page travels in the clear";
    EXPECT_EQ(status_in(ask("/healthz")), 200);
}

} // namespace
} // namespace sangu::test
