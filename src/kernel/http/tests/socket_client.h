#pragma once

// A raw client, so that tests can send what no proper client would.

#include <chrono>
#include <string>
#include <string_view>

namespace sangu::test {

class SocketClient {
public:
    explicit SocketClient(int port);
    ~SocketClient();
    SocketClient(SocketClient const&) = delete;
    SocketClient& operator=(SocketClient const&) = delete;

    void send(std::string_view bytes);
    // Everything that comes until the server closes or `wait` passes without a byte.
    std::string receive(std::chrono::milliseconds wait = std::chrono::milliseconds{300});
    // Waits until `text` has come; everything received so far.
    std::string receive_until(std::string_view text, std::chrono::milliseconds wait = std::chrono::milliseconds{5000});
    bool is_closed() const { return is_closed_; } // seen by the last receive

private:
    bool receive_some(std::string& out, int wait_ms);
    int socket_ = -1;
    bool is_closed_ = false;
};

// The status of the first reply in `bytes`; 0 without one.
int status_in(std::string_view bytes);
// The text after the first empty line.
std::string_view body_in(std::string_view bytes);
// One request on a connection of its own.
std::string exchange(int port, std::string_view bytes);

} // namespace sangu::test
