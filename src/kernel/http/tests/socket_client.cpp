#include "kernel/http/tests/socket_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace sangu::test {

SocketClient::SocketClient(int port) : socket_{::socket(AF_INET, SOCK_STREAM, 0)} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error{"cannot connect"};
}

SocketClient::~SocketClient() { ::close(socket_); }

void SocketClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return; // the server has closed: receive() shows what it said
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

bool SocketClient::receive_some(std::string& out, int wait_ms) {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, wait_ms) <= 0) return false;
    char buffer[16384];
    auto const got = ::recv(socket_, buffer, sizeof buffer, 0);
    is_closed_ = got <= 0;
    if (got > 0) out.append(buffer, static_cast<std::size_t>(got));
    return got > 0;
}

std::string SocketClient::receive(std::chrono::milliseconds wait) {
    std::string out;
    while (receive_some(out, static_cast<int>(wait.count()))) {
    }
    return out;
}

std::string SocketClient::receive_until(std::string_view text, std::chrono::milliseconds wait) {
    std::string out;
    auto const end = std::chrono::steady_clock::now() + wait;
    while (out.find(text) == std::string::npos && std::chrono::steady_clock::now() < end)
        if (!receive_some(out, 100) && is_closed_) break;
    return out;
}

int status_in(std::string_view bytes) {
    return bytes.starts_with("HTTP/1.1 ") && bytes.size() > 12 ? std::atoi(std::string{bytes.substr(9, 3)}.c_str()) : 0;
}

std::string_view body_in(std::string_view bytes) {
    auto const at = bytes.find("\r\n\r\n");
    return at == std::string_view::npos ? std::string_view{} : bytes.substr(at + 4);
}

std::string exchange(int port, std::string_view bytes) {
    SocketClient client{port};
    client.send(bytes);
    return client.receive();
}

} // namespace sangu::test
