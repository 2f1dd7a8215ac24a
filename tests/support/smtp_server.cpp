#include "support/smtp_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace sangu::test {

namespace {

std::string from_base64(std::string_view text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned group = 0;
    int bits = 0;
    for (char const c : text) {
        auto const at = alphabet.find(c);
        if (at == alphabet.npos) continue;
        group = group << 6 | static_cast<unsigned>(at);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(group >> bits & 255);
    }
    return bytes;
}

std::string decoded_words(std::string_view text) {
    constexpr std::string_view begin = "=?UTF-8?B?", end = "?=";
    std::string result;
    bool after_word = false;
    while (!text.empty()) {
        auto const start = text.find(begin);
        std::string_view const before = text.substr(0, start);
        bool const only_blanks = before.find_first_not_of(" ") == before.npos;
        if (!(after_word && only_blanks && start != text.npos)) result += before;
        if (start == text.npos) break;
        text.remove_prefix(start + begin.size());
        auto const stop = text.find(end);
        result += from_base64(text.substr(0, stop));
        text.remove_prefix(stop == text.npos ? text.size() : stop + end.size());
        after_word = true;
    }
    return result;
}

// Gives lines of a connection; false when it is gone.
class Lines {
public:
    explicit Lines(int socket) : socket_{socket} {}

    bool next(std::string& line) {
        std::size_t end = 0;
        while ((end = pending_.find("\r\n")) == std::string::npos) {
            char bytes[4096];
            auto const count = ::recv(socket_, bytes, sizeof bytes, 0);
            if (count <= 0) return false;
            pending_.append(bytes, static_cast<std::size_t>(count));
        }
        line = pending_.substr(0, end);
        pending_.erase(0, end + 2);
        return true;
    }

private:
    int socket_;
    std::string pending_;
};

void say(int socket, std::string const& answer) {
    std::string const line = answer + "\r\n";
    (void)!::send(socket, line.data(), line.size(), MSG_NOSIGNAL);
}

std::string between_brackets(std::string_view line) {
    auto const begin = line.find('<'), end = line.find('>');
    return std::string{line.substr(begin + 1, end - begin - 1)};
}

} // namespace

std::string Mail::header(std::string_view name) const {
    std::string_view const head = std::string_view{data}.substr(0, data.find("\r\n\r\n"));
    std::string unfolded{head};
    for (std::size_t at = 0; (at = unfolded.find("\r\n ", at)) != std::string::npos;) unfolded.erase(at, 2);
    std::string const wanted = "\r\n" + std::string{name} + ": ";
    std::string const all = "\r\n" + unfolded + "\r\n";
    auto const start = all.find(wanted);
    if (start == std::string::npos) return "";
    auto const begin = start + wanted.size();
    return decoded_words(all.substr(begin, all.find("\r\n", begin) - begin));
}

std::string Mail::text() const {
    auto const body = data.find("\r\n\r\n");
    std::string result = body == std::string::npos ? "" : from_base64(std::string_view{data}.substr(body));
    std::erase(result, '\r');
    return result;
}

SmtpServer::SmtpServer() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const raw = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, raw, size) != 0 || ::listen(listener_, 8) != 0 || ::getsockname(listener_, raw, &size) != 0)
        throw std::runtime_error{"the mail server of the test cannot listen"};
    port_ = ntohs(address.sin_port);
    thread_ = std::thread{[this] { serve(); }};
}

SmtpServer::~SmtpServer() {
    stop_ = true;
    thread_.join();
    ::close(listener_);
}

void SmtpServer::refuse_next(int mails, std::string answer) {
    std::lock_guard const lock{mutex_};
    refusals_ = mails;
    refusal_ = std::move(answer);
}

std::vector<Mail> SmtpServer::mails() const {
    std::lock_guard const lock{mutex_};
    return mails_;
}

std::string SmtpServer::answer_to_recipient() {
    std::lock_guard const lock{mutex_};
    if (refusals_ == 0) return "250 ok";
    --refusals_;
    ++refused_;
    return refusal_;
}

void SmtpServer::serve() {
    while (!stop_) {
        pollfd waiting{listener_, POLLIN, 0};
        if (::poll(&waiting, 1, 20) <= 0) continue;
        int const socket = ::accept(listener_, nullptr, nullptr);
        if (socket < 0) continue;
        timeval const limit{5, 0};
        ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        talk(socket);
        ::close(socket);
    }
}

void SmtpServer::talk(int socket) {
    Lines lines{socket};
    Mail mail;
    say(socket, "220 test ESMTP");
    for (std::string line; lines.next(line);) {
        std::string verb = line.substr(0, 4);
        std::ranges::transform(verb, verb.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 32 : c; });
        if (verb == "EHLO")
            say(socket, "250-test\r\n250-8BITMIME\r\n250 AUTH PLAIN");
        else if (verb == "AUTH") {
            std::string credentials = from_base64(line.substr(line.rfind(' ') + 1));
            if (credentials.find('\0') == std::string::npos && line.size() < 12) {
                say(socket, "334 ");
                lines.next(line);
                credentials = from_base64(line);
            }
            auto const user = credentials.find('\0') + 1;
            mail.user = credentials.substr(user, credentials.find('\0', user) - user);
            say(socket, "235 ok");
        } else if (verb == "MAIL") {
            mail.from = between_brackets(line);
            say(socket, "250 ok");
        } else if (verb == "RCPT") {
            mail.to = between_brackets(line);
            say(socket, answer_to_recipient());
        } else if (verb == "DATA") {
            say(socket, "354 go on");
            for (std::string piece; lines.next(piece) && piece != ".";)
                mail.data += (piece.starts_with('.') ? piece.substr(1) : piece) + "\r\n";
            {
                std::lock_guard const lock{mutex_};
                mails_.push_back(mail);
            }
            say(socket, "250 kept");
        } else if (verb == "QUIT") {
            say(socket, "221 bye");
            return;
        } else
            say(socket, "250 ok");
    }
}

} // namespace sangu::test
