// The floor for HTTP: one epoll loop that sends fixed bytes for whatever arrives. It parses nothing but the size it is
// asked for: "GET /5960 …" gets a body of 5,960 bytes. Only for comparison.
//
// usage: peer_raw_epoll <port> <body size>…

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>

namespace {

std::string reply_of(std::size_t size) {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" +
           std::string(size, 'x');
}

int listen_on(int port) {
    int const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    int const one = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        std::perror("bind");
        std::exit(1);
    }
    ::listen(socket, 4096);
    return socket;
}

void watch(int epoll, int socket) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = socket;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
}

void accept_all(int epoll, int listener) {
    for (;;) {
        int const client = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
        if (client < 0) return;
        int const one = 1;
        ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        watch(epoll, client);
    }
}

using Replies = std::map<std::size_t, std::string>;

void answer(int client, Replies const& replies) {
    static char buffer[65536];
    auto const got = ::recv(client, buffer, sizeof buffer - 1, 0);
    if (got <= 0) {
        if (got == 0 || errno != EAGAIN) ::close(client);
        return;
    }
    buffer[got] = '\0';
    auto const wanted = got > 5 ? std::strtoul(buffer + 5, nullptr, 10) : 0;
    auto const found = replies.find(wanted);
    auto const& reply = found == replies.end() ? replies.begin()->second : found->second;
    for (std::size_t sent = 0; sent < reply.size();) {
        auto const count = ::send(client, reply.data() + sent, reply.size() - sent, MSG_NOSIGNAL);
        if (count < 0 && errno != EAGAIN) return;
        if (count > 0) sent += static_cast<std::size_t>(count);
    }
}

} // namespace

int main(int count, char** arguments) {
    if (count < 3) {
        std::fprintf(stderr, "usage: %s <port> <body size>...\n", arguments[0]);
        return 2;
    }
    Replies replies;
    for (int i = 2; i < count; ++i) {
        auto const size = std::strtoul(arguments[i], nullptr, 10);
        replies.emplace(size, reply_of(size));
    }
    int const listener = listen_on(std::atoi(arguments[1]));
    int const epoll = ::epoll_create1(0);
    watch(epoll, listener);
    epoll_event events[512];
    for (;;) {
        int const ready = ::epoll_wait(epoll, events, 512, -1);
        for (int i = 0; i < ready; ++i) {
            if (events[i].data.fd == listener) {
                accept_all(epoll, listener);
            } else {
                answer(events[i].data.fd, replies);
            }
        }
    }
}
