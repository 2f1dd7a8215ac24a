#include "base/id.h"
#include "base/log.h"
#include "base/text.h"
#include "kernel/http/rate_limit.h"
#include "kernel/http/server_body.h"
#include "kernel/http/server_channel.h"
#include "kernel/http/server_head.h"
#include "kernel/http/server_job.h"
#include "kernel/http/server_loop.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>

#include <memory_resource>

namespace sangu::http {

namespace {

using namespace std::chrono_literals;
namespace beast = boost::beast;
using Error_code = boost::system::error_code;
using Allocator = std::pmr::polymorphic_allocator<char>;
using Parser = beast::http::request_parser<BodySink, Allocator>;
using Fields = beast::http::basic_fields<Allocator>;

constexpr std::size_t read_bytes = 4096;
constexpr std::size_t slow_bytes_per_second = 16384;
constexpr std::size_t body_bytes_ignored_max = 512u << 20; // of a body that is refused
constexpr int body_ignored_max_s = 30;
constexpr auto stream_life = 30min; // then the browser connects again and is identified again

template <class Transport> class Connection {
public:
    Connection(Transport transport, Loop& loop, std::string remote)
        : loop_{loop}, shared_{loop.shared}, channel_{std::move(transport), loop}, remote_{std::move(remote)} {}

    Task<void> run() {
        bool goes_on = co_await channel_.open();
        while (goes_on) goes_on = co_await serve_one();
        co_await channel_.close();
    }

private:
    // One request and its reply; false: the connection ends.
    Task<bool> serve_one() {
        alignas(std::max_align_t) char arena[2048];
        std::pmr::monotonic_buffer_resource memory{arena, sizeof arena};
        Parser parser{std::piecewise_construct, std::make_tuple(), std::make_tuple(Allocator{&memory})};
        parser.header_limit(static_cast<std::uint32_t>(shared_.options.header_bytes_max));
        parser.body_limit(boost::none); // BodySink has its own, known after the header
        Error_code error;
        channel_.is_idle = in_.size() == 0;
        for (;;) {
            if (in_.size() > 0) {
                in_.consume(parser.put(in_.data(), error));
                if (error == beast::http::error::need_more) error = {};
                if (error || parser.is_header_done()) break;
            }
            if (shared_.is_stopping && channel_.is_idle) co_return false;
            auto const [failed, count] =
                co_await channel_.transport().async_read_some(in_.prepare(read_bytes), quietly);
            if (failed) co_return false;
            if (channel_.is_idle) channel_.expire_after(shared_.options.header_timeout_s);
            channel_.is_idle = false;
            in_.commit(count);
        }
        channel_.is_idle = false;
        shared_.requests.fetch_add(1, std::memory_order_relaxed);
        if (error) co_return co_await refuse_request(status_of_parse(error));
        auto const& head = parser.get().base();
        if (int const status = refuse_head(head); status != 0) co_return co_await refuse_request(status);

        bool const keep_alive = parser.get().keep_alive() && !shared_.is_stopping;
        RequestView const request = view_of(head);
        bool const is_head = request.method == Method::head;
        if (parser.is_done() && (is_head || request.method == Method::get)) {
            if (auto const ready = shared_.application.inline_answer(request)) {
                auto body = is_head ? std::string_view{} : ready->body;
                channel_.begin_head(ready->head, keep_alive);
                if (!channel_.try_write(body) && !co_await channel_.write_rest(body)) co_return false;
                channel_.expire_after(shared_.options.idle_timeout_s);
                co_return keep_alive;
            }
        }
        co_return co_await serve_slowly(parser, request, keep_alive);
    }

    // The way of everything that needs a worker thread.
    Task<bool> serve_slowly(Parser& parser, RequestView seen, bool keep_alive) {
        Request request;
        if (!fill(request, seen, parser.get().base())) co_return co_await refuse_request(400);
        bool const http11 = parser.get().version() >= 11;
        if (!parser.is_done() && !co_await read_body(parser, request)) co_return false;
        if (!shared_.workers.has_room()) {
            shared_.refused.fetch_add(1, std::memory_order_relaxed);
            Reply busy = text_reply(503, "busy\n");
            busy.header("Retry-After", "2");
            co_return co_await write_reply(busy, seen.method == Method::head, keep_alive, http11);
        }
        channel_.deadline = Steady::time_point::max();
        Reply reply;
        co_await on_worker(loop_, [&] { reply = shared_.application.handle(request); });
        if (auto const* const stream = std::get_if<EventStream>(&reply.body);
            stream != nullptr && seen.method != Method::head) {
            co_await serve_stream(reply, *stream, request.remote);
            co_return false;
        }
        co_return co_await write_reply(reply, seen.method == Method::head, keep_alive && !shared_.is_stopping, http11);
    }

    RequestView view_of(beast::http::request_header<Fields> const& head) const {
        RequestView request{
            to_method(head.method()), view(head.target()), remote_, Channel<Transport>::is_secure, &head, nullptr};
        request.find = [](void const* fields, std::string_view name) {
            auto const& all = *static_cast<beast::http::request_header<Fields> const*>(fields);
            auto const found = all.find(beast::string_view{name.data(), name.size()});
            return found == all.end() ? std::string_view{} : view(found->value());
        };
        return request;
    }

    // Copies the head before the body is read, so that trailers cannot add headers.
    bool fill(Request& request, RequestView const& seen, beast::http::request_header<Fields> const& head) const {
        request.method = seen.method;
        request.secure = seen.secure;
        request.remote = remote_;
        request.id = new_id();
        if (!set_target(request, seen.target)) return false;
        for (auto const& field : head) {
            auto name = to_lower_ascii(view(field.name_string()));
            request.headers.emplace_back(std::move(name), std::string{view(field.value())});
        }
        if (!shared_.options.trusted_proxy.empty() && remote_ == shared_.options.trusted_proxy) believe_proxy(request);
        return true;
    }

    Task<bool> read_body(Parser& parser, Request& request) {
        auto const& options = shared_.options;
        auto& sink = parser.get().body();
        bool const is_upload = shared_.application.body_limit(request.method, request.path).upload;
        sink.limit = is_upload ? options.upload_bytes_max : options.body_bytes_max;
        auto const type = request.header("content-type");
        if (auto const boundary = boundary_of(type)) {
            sink.multipart = std::make_unique<MultipartParser>(*boundary, options.upload_directory);
        } else if (is_upload && !type.starts_with("application/x-www-form-urlencoded")) {
            sink.file = std::make_unique<UploadWriter>(options.upload_directory, 256u << 10);
            sink.file->begin("body", "", std::string{type});
        }
        auto const length = parser.content_length();
        if (length && *length > sink.limit) co_return co_await refuse_body(request, too_large(sink.limit));
        if (beast::iequals(parser.get()[beast::http::field::expect], "100-continue") && in_.size() == 0) {
            std::string_view nothing;
            channel_.begin_raw("HTTP/1.1 100 Continue\r\n\r\n");
            if (!channel_.try_write(nothing) && !co_await channel_.write_rest({})) co_return false;
        }
        if (int const status = co_await receive(parser); status != 0) {
            if (sink.refused) co_return co_await refuse_body(request, *sink.refused);
            if (status == 413) co_return co_await refuse_body(request, too_large(sink.limit));
            if (status > 0) co_await refuse_request(status);
            co_return false;
        }
        if (sink.multipart && !sink.multipart->finish(request)) co_return co_await refuse_request(400);
        if (sink.file) request.uploads.push_back(sink.file->take());
        request.body = std::move(sink.text);
        co_return true;
    }

    // 0: the body is complete; -1: the client is gone; else the status of the refusal.
    Task<int> receive(Parser& parser) {
        auto const& sink = parser.get().body();
        auto const started = loop_.now;
        parser.eager(true);
        for (;;) {
            Error_code error;
            if (in_.size() > 0) in_.consume(parser.put(in_.data(), error));
            if (error == beast::http::error::need_more) error = {};
            if (sink.refused) co_return status_of(sink.refused->refusal);
            if (error) co_return status_of_parse(error);
            if (parser.is_done()) co_return 0;
            // A large upload on a slow line is fine as long as it moves.
            channel_.deadline = started + std::chrono::seconds{shared_.options.body_timeout_s} +
                                std::chrono::seconds{sink.size / slow_bytes_per_second};
            auto const [failed, count] = co_await channel_.transport().async_read_some(in_.prepare(1 << 15), quietly);
            if (failed) co_return -1;
            in_.commit(count);
        }
    }

    static Error too_large(std::uint64_t limit) {
        return {Refusal::too_large, "error.body_too_large", {std::to_string(limit >> 20)}, {}};
    }

    // In words of the application, and read by the sender: a browser looks at the answer only when it could send on.
    Task<bool> refuse_body(Request& request, Error const& error) {
        if (!shared_.application.refuse || !shared_.workers.has_room())
            co_return co_await refuse_request(status_of(error.refusal));
        shared_.refused.fetch_add(1, std::memory_order_relaxed);
        channel_.deadline = Steady::time_point::max();
        Reply reply;
        co_await on_worker(loop_, [&] { reply = shared_.application.refuse(request, error); });
        channel_.expire_after(shared_.options.write_timeout_s);
        co_await write_reply(reply, false, false, true);
        co_await channel_.linger(in_, body_bytes_ignored_max, body_ignored_max_s);
        co_return false;
    }

    Task<bool> refuse_request(int status) {
        shared_.refused.fetch_add(1, std::memory_order_relaxed);
        auto const reply = text_reply(status, std::string{reason_of(status)} + "\n");
        co_await write_reply(reply, false, false, true);
        co_await channel_.linger(in_, 1 << 20, 2);
        co_return false;
    }

    Task<bool> write_reply(Reply const& reply, bool is_head, bool keep_alive, bool http11) {
        channel_.begin_reply(reply);
        if (auto const* const source = std::get_if<BodySource>(&reply.body))
            co_return co_await write_source(*source, is_head, keep_alive, http11);
        std::string_view body;
        if (auto const* const text = std::get_if<std::string>(&reply.body)) body = *text;
        if (auto const* const text = std::get_if<std::string_view>(&reply.body)) body = *text;
        if (auto const* const shared = std::get_if<std::shared_ptr<std::string const>>(&reply.body); shared && *shared)
            body = **shared;
        bool const has_body = reply.status != 204 && reply.status != 304;
        if (has_body) append_header(channel_.head(), "Content-Length", std::to_string(body.size()));
        channel_.end_head(keep_alive);
        if (is_head || !has_body) body = {};
        if (!channel_.try_write(body) && !co_await channel_.write_rest(body)) co_return false;
        channel_.expire_after(shared_.options.idle_timeout_s);
        co_return keep_alive;
    }

    // One piece is in memory at a time: the next is made only when the client has taken the one before.
    Task<bool> write_source(BodySource const& source, bool is_head, bool keep_alive, bool http11) {
        keep_alive = keep_alive && http11;
        if (http11) channel_.head() += "Transfer-Encoding: chunked\r\n";
        channel_.end_head(keep_alive);
        bool has_more = !is_head;
        bool is_broken = false;
        std::string piece;
        std::string_view nothing;
        if (!channel_.try_write(nothing) && !co_await channel_.write_rest({})) co_return false;
        while (has_more) {
            piece.clear();
            channel_.deadline = Steady::time_point::max();
            co_await on_worker(loop_, [&] { is_broken = !pull(source, piece, has_more); });
            if (is_broken) co_return false; // the missing last chunk tells the client
            if (piece.empty()) continue;
            channel_.begin_raw({});
            if (http11) channel_.frame_chunk(piece);
            std::string_view rest{piece};
            if (!channel_.try_write(rest) && !co_await channel_.write_rest(rest)) co_return false;
        }
        if (http11 && !is_head) {
            channel_.begin_raw("0\r\n\r\n");
            if (!channel_.try_write(nothing) && !co_await channel_.write_rest({})) co_return false;
        }
        channel_.expire_after(shared_.options.idle_timeout_s);
        co_return keep_alive;
    }

    static bool pull(BodySource const& source, std::string& piece, bool& has_more) {
        try {
            has_more = source(piece);
            return true;
        } catch (std::exception const& failure) {
            log::error("http.body.broken", {{"why", failure.what()}});
            return false;
        }
    }

    Task<void> serve_stream(Reply const& reply, EventStream const& source, std::string_view remote) {
        auto const client = client_of(remote);
        if (shared_.streams >= shared_.options.streams_max || !shared_.stream_clients.enter(client)) {
            auto busy = text_reply(503, "too many streams\n");
            busy.header("Retry-After", "30");
            co_await write_reply(busy, false, false, true);
            co_return;
        }
        Stream stream{source, loop_.io.get_executor()};
        // Registered before the first byte: an event published from now on waits in the queue.
        loop_.streams.push_back(&stream);
        ++shared_.streams;
        struct Registration {
            Loop& loop;
            Stream* stream;
            std::string const& client;
            ~Registration() {
                std::erase(loop.streams, stream);
                --loop.shared.streams;
                loop.shared.stream_clients.leave(client);
            }
        } const registration{loop_, &stream, client};
        std::string text;
        if (source.replay) co_await on_worker(loop_, [&] { text = replayed(source); });
        stream.replayed_to = last_id(text);
        in_ = beast::flat_buffer{64};
        channel_.begin_reply(reply);
        channel_.head() += "Content-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store\r\n";
        channel_.end_head(false);
        channel_.head() += "retry: 3000\n\n";
        std::string_view rest{text};
        if (!channel_.try_write(rest) && !co_await channel_.write_rest(rest)) co_return;
        channel_.head() = {};
        text = {};
        co_await feed_stream(stream);
    }

    Task<void> feed_stream(Stream& stream) {
        auto const end = loop_.now + stream_life;
        while (!shared_.is_stopping && loop_.now < end) {
            if (stream.queue.empty()) {
                channel_.deadline = Steady::time_point::max();
                stream.signal.expires_after(15s);
                co_await stream.signal.async_wait(quietly);
            }
            std::string_view text = ": ping\n\n";
            std::shared_ptr<Published const> event;
            if (!stream.queue.empty()) {
                event = std::move(stream.queue.front());
                stream.queue.pop_front();
                if (event->id != 0 && event->id <= stream.replayed_to) continue;
                text = event->text;
            }
            if (shared_.is_stopping) co_return;
            channel_.begin_raw({});
            if (!channel_.try_write(text) && !co_await channel_.write_rest(text)) co_return;
        }
    }

    static std::string replayed(EventStream const& source) {
        try {
            return source.replay();
        } catch (std::exception const& failure) {
            log::error("http.replay.broken", {{"why", failure.what()}});
            return {};
        }
    }

    static std::int64_t last_id(std::string_view framed) {
        auto const at = framed.rfind("id:");
        if (at == std::string_view::npos) return 0;
        return parse_integer(trim(framed.substr(at + 3, framed.find('\n', at) - at - 3))).value_or(0);
    }

    Loop& loop_;
    Shared& shared_;
    Channel<Transport> channel_;
    std::string remote_;
    beast::flat_buffer in_{1 << 16};
};

template <class Transport> Task<void> serve(std::unique_ptr<Connection<Transport>> connection) {
    co_await connection->run();
}

} // namespace

void serve_connection(Loop& loop, Socket socket, std::string remote) {
    auto const executor = loop.io.get_executor();
    if (loop.shared.tls) {
        Tls transport{std::move(socket), *loop.shared.tls};
        auto connection = std::make_unique<Connection<Tls>>(std::move(transport), loop, std::move(remote));
        asio::co_spawn(executor, serve(std::move(connection)), asio::detached);
    } else {
        auto connection = std::make_unique<Connection<Socket>>(std::move(socket), loop, std::move(remote));
        asio::co_spawn(executor, serve(std::move(connection)), asio::detached);
    }
}

} // namespace sangu::http
