// Bytes on a connection, as a hostile client sends them, through the real server: whatever they are, what comes back is
// whole replies that the server has written, and what the application sees is sound.

#include "base/text.h"
#include "kernel/http/assets.h"
#include "kernel/http/form_guard.h"
#include "kernel/http/page_cache.h"
#include "kernel/http/server.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace {

using namespace sangu;

constexpr std::string_view mark = "seen by the application\n";

bool is_line(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

// Everything the kernel reads out of a head before a handler runs.
http::Reply answer(http::Request& request) {
    SANGU_ASSERT(request.path.starts_with('/') && is_line(request.path) && is_valid_utf8(request.path));
    SANGU_ASSERT(request.target.starts_with('/') && !request.target.starts_with("//") && is_line(request.target));
    SANGU_ASSERT(is_line(request.remote) && !request.remote.empty());
    for (auto const& [name, value] : request.headers) SANGU_ASSERT(is_line(value) && name == to_lower_ascii(name));
    for (auto const& [name, value] : request.query) SANGU_ASSERT(is_valid_utf8(name) && is_valid_utf8(value));
    auto const cookies = request.header("cookie");
    SANGU_ASSERT(request.cookie("a").size() <= cookies.size());
    (void)http::chosen_language(cookies, request.header("accept-language"), "");
    (void)http::accepts_coding(request.header("accept-encoding"), "gzip");
    (void)http::matches_etag(request.header("if-none-match"), "W/\"0\"");
    (void)http::comes_from_elsewhere(request, "http://127.0.0.1:8080");
    (void)http::decode_form(request);
    auto reply = http::text_reply(200, std::string{mark});
    reply.header("X-Path", request.path).header("X-Cookie", std::string{cookies});
    return reply;
}

http::Server& server() {
    static http::Server one = [] {
        http::ServerOptions options;
        options.port = 0;
        options.loops = 1;
        options.workers = 1;
        options.header_timeout_s = options.body_timeout_s = options.idle_timeout_s = 1;
        options.body_bytes_max = 4096;
        options.trusted_proxy = "127.0.0.1";
        http::Application application;
        application.inline_answer = [](http::RequestView const& view) -> std::optional<http::PreparedReply> {
            SANGU_ASSERT(is_line(view.target));
            if (view.path() != "/i") return std::nullopt;
            return http::PreparedReply{200, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", "", nullptr};
        };
        application.handle = answer;
        application.body_limit = [](http::Method, std::string_view path) { return http::BodyLimit{path == "/u"}; };
        return http::Server{options, application};
    }();
    static bool const is_started = (one.start(), true);
    (void)is_started;
    return one;
}

std::string exchange(std::string_view bytes) {
    int const file = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    SANGU_ASSERT(file >= 0);
    linger const at_once{1, 0}; // thousands of connections a second would use up the ports
    ::setsockopt(file, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server().port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    SANGU_ASSERT(::connect(file, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0);
    (void)::send(file, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    ::shutdown(file, SHUT_WR);
    std::string all;
    char piece[4096];
    for (ssize_t got = 0; (got = ::recv(file, piece, sizeof piece, 0)) > 0;)
        all.append(piece, static_cast<std::size_t>(got));
    ::close(file);
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string_view const sent{reinterpret_cast<char const*>(bytes), size};
    std::string const received = exchange(sent);
    SANGU_ASSERT(received.empty() || received.starts_with("HTTP/1.1 "));
    SANGU_ASSERT(received.find("\nX-Evil") == std::string::npos);
    return 0;
}
