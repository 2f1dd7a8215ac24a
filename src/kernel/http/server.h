#pragma once

// The HTTP server: event-loop threads move bytes, worker threads run synchronous handlers.
// Limits and time-outs on everything; graceful shutdown drains what has begun.

#include "kernel/http/message.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace sangu::http {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080; // 0: any free port, see Server::port()
    int loops = 0;             // event-loop threads; 0: one per core, at most 4
    int workers = 96;          // handler threads (blocked ones are cheap)
    int queue_max = 1024;      // waiting requests before 503
    std::size_t header_bytes_max = 16384;
    std::size_t body_bytes_max = 1 << 20;     // ordinary requests
    std::size_t upload_bytes_max = 64u << 20; // routes that take files
    int header_timeout_s = 10, body_timeout_s = 60, idle_timeout_s = 30, write_timeout_s = 30;
    int connections_max = 20000;
    int streams_max = 4000;               // server-sent event connections
    int streams_per_client_max = 100;     // of one address; this machine, where a proxy may stand, has no such limit
    std::string tls_certificate, tls_key; // PEM files; empty: plain HTTP
    std::string trusted_proxy;            // address whose X-Forwarded-For and -Proto are believed
    std::string upload_directory = "/tmp";
    int shutdown_grace_s = 10;
};

// What a request may bring, known from its method and path before the body is read.
struct BodyLimit {
    bool upload = false; // multipart with files allowed, upload_bytes_max applies, spooled to disk
};

struct Application {
    // Answers at once on the event loop, without blocking: cached pages, assets, health. Nothing: use `handle`.
    std::function<std::optional<PreparedReply>(RequestView const&)> inline_answer;
    // Runs on a worker thread; must not throw (the kernel turns faults into a 500 page).
    std::function<Reply(Request&)> handle;
    std::function<BodyLimit(Method, std::string_view path)> body_limit;
    // The answer, in words, to a request whose body is not taken (too large, no space, malformed); on a worker thread.
    std::function<Reply(Request&, Error const&)> refuse = {};
};

class Server {
public:
    Server(ServerOptions options, Application application);
    ~Server();
    // Binds and starts the threads; throws std::system_error when the address is taken.
    void start();
    std::uint16_t port() const;
    // Sends a framed event ("id: …\ndata: …\n\n") to every stream of `topic` that may see it; never blocks.
    // Thread-safe.
    void publish(std::string_view topic, std::string framed, std::string_view visibility = "public",
                 std::string_view scope = "zone");
    // Stops accepting, finishes running requests within the grace period, closes streams. Blocks.
    void stop();

    struct Counters {
        std::uint64_t requests = 0, refused = 0, bytes_out = 0;
        std::int64_t connections = 0, streams = 0, queued = 0, worker_threads = 0;
    };
    Counters counters() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace sangu::http
