#pragma once

// A mail server of a test: speaks SMTP (RFC 5321) on a socket of this machine and keeps what it is given.

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace sangu::test {

struct Mail {
    std::string from, to;
    std::string data; // as sent, dot-stuffing removed
    std::string user; // of AUTH PLAIN

    std::string header(std::string_view name) const; // unfolded, encoded words decoded; "" when absent
    std::string text() const;                        // decoded from base64, line ends "\n"
};

class SmtpServer {
public:
    SmtpServer();
    ~SmtpServer();
    SmtpServer(SmtpServer const&) = delete;
    SmtpServer& operator=(SmtpServer const&) = delete;

    std::string address() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
    // The next mails get this answer to RCPT TO instead: "451 busy", "550 no such user".
    void refuse_next(int mails, std::string answer);
    std::vector<Mail> mails() const;
    int refused() const { return refused_; }

private:
    void serve();
    void talk(int socket);
    std::string answer_to_recipient();

    int listener_ = -1, port_ = 0;
    std::atomic<bool> stop_{false};
    std::atomic<int> refused_{0};
    mutable std::mutex mutex_;
    std::vector<Mail> mails_;
    int refusals_ = 0;
    std::string refusal_;
    std::thread thread_;
};

} // namespace sangu::test
