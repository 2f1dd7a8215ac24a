#pragma once

// The outgoing half of a connection: the head is written by hand and sent with the body in one gather write, at once
// when the socket takes it. For server_connection.cpp only.

#include "kernel/http/server_loop.h"

#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <charconv>

namespace sangu::http {

using Tls = asio::ssl::stream<Socket>;

template <class Transport> class Channel : public Peer {
public:
    static constexpr bool is_secure = std::is_same_v<Transport, Tls>;

    Channel(Transport transport, Loop& loop) : loop_{loop}, shared_{loop.shared}, transport_{std::move(transport)} {
        if constexpr (is_secure) {
            socket = &transport_.next_layer();
        } else {
            socket = &transport_;
        }
        boost::system::error_code ignored;
        socket->set_option(tcp::no_delay(true), ignored);
        socket->non_blocking(true, ignored);
        loop_.peers.push_back(*this);
        ++shared_.connections;
        expire_after(shared_.options.idle_timeout_s);
    }
    ~Channel() { --shared_.connections; }
    Channel(Channel const&) = delete;
    Channel& operator=(Channel const&) = delete;

    Transport& transport() { return transport_; }
    std::string& head() { return head_; }

    // The TLS handshake; false when it fails.
    Task<bool> open() {
        if constexpr (is_secure) {
            expire_after(shared_.options.header_timeout_s);
            auto const [error] = co_await transport_.async_handshake(asio::ssl::stream_base::server, quietly);
            co_return !error;
        }
        co_return true;
    }

    void expire_after(int seconds) { deadline = loop_.now + std::chrono::seconds{seconds}; }

    // Reads what the client still sends, up to `bytes` and `seconds`: closing with unread bytes would destroy the reply
    // on its way.
    template <class Buffer> Task<void> linger(Buffer& scratch, std::size_t bytes, int seconds) {
        boost::system::error_code ignored;
        socket->shutdown(tcp::socket::shutdown_send, ignored);
        expire_after(seconds);
        for (std::size_t left = bytes; left > 0;) {
            scratch.clear();
            auto const [failed, count] = co_await socket->async_read_some(scratch.prepare(1 << 15), quietly);
            if (failed) co_return;
            left -= std::min(left, count);
        }
    }

    Task<void> close() {
        boost::system::error_code ignored;
        if constexpr (is_secure) {
            expire_after(2);
            co_await transport_.async_shutdown(quietly);
        }
        socket->shutdown(tcp::socket::shutdown_send, ignored);
        co_return; // a coroutine also without TLS
    }

    void begin_raw(std::string_view text) {
        head_.assign(text);
        written_ = 0;
    }

    void begin_head(std::string_view lines, bool keep_alive) {
        begin_raw(lines);
        head_ += loop_.date;
        head_ += keep_alive ? std::string_view{"\r\n"} : std::string_view{"Connection: close\r\n\r\n"};
    }

    // Sends head_ and `body` at once without waiting, as far as the socket takes them; true when all is sent.
    bool try_write(std::string_view& body) {
        if (body.size() <= joined_bytes_max) {
            head_ += body;
            body = {};
        }
        if constexpr (!is_secure) {
            std::array<asio::const_buffer, 2> const buffers{asio::buffer(head_),
                                                            asio::buffer(body.data(), body.size())};
            boost::system::error_code error;
            written_ = socket->write_some(buffers, error); // an error shows again in write_rest
        }
        shared_.bytes_out.fetch_add(head_.size() + body.size(), std::memory_order_relaxed);
        return written_ == head_.size() + body.size();
    }

    // Sends what try_write has left.
    Task<bool> write_rest(std::string_view body) {
        if (written_ < head_.size()) {
            expire_after(shared_.options.write_timeout_s);
            auto const rest = asio::buffer(head_) + written_;
            auto const [failed, count] = co_await asio::async_write(transport_, rest, quietly);
            if (failed) co_return false;
            written_ = head_.size();
        }
        body.remove_prefix(written_ - head_.size());
        while (!body.empty()) {
            expire_after(shared_.options.write_timeout_s);
            auto const piece = body.substr(0, write_piece_bytes);
            auto const [failed, count] =
                co_await asio::async_write(transport_, asio::buffer(piece.data(), piece.size()), quietly);
            if (failed) co_return false;
            body.remove_prefix(piece.size());
        }
        co_return true;
    }

    void begin_reply(Reply const& reply) {
        head_.assign("HTTP/1.1 ");
        head_ += std::to_string(reply.status);
        head_ += ' ';
        head_ += reason_of(reply.status);
        head_ += "\r\n";
        for (auto const& [name, value] : reply.headers) append_header(head_, name, value);
        written_ = 0;
    }

    void end_head(bool keep_alive) {
        head_ += loop_.date;
        if (!keep_alive) head_ += "Connection: close\r\n";
        head_ += "\r\n";
    }

    void frame_chunk(std::string& piece) {
        char digits[20];
        auto const end = std::to_chars(digits, digits + sizeof digits, piece.size(), 16).ptr;
        head_.append(digits, end);
        head_ += "\r\n";
        piece += "\r\n";
    }

private:
    static constexpr std::size_t joined_bytes_max = 2048;     // smaller bodies are copied behind the head
    static constexpr std::size_t write_piece_bytes = 1 << 18; // each piece has its own deadline

    Loop& loop_;
    Shared& shared_;
    Transport transport_;
    std::string head_;
    std::size_t written_ = 0;
};

} // namespace sangu::http
