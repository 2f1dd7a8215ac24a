#pragma once

// Inside of the server, for server*.cpp only: one event loop with its connections and streams. The executor type is
// concrete everywhere (any_io_executor costs a virtual call and an allocation per operation), and deadlines are a
// field that a sweep looks at twice a second instead of a timer per operation.

#include "kernel/http/server.h"
#include "kernel/http/worker_pool.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/intrusive/list.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>

namespace sangu::http {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Executor = asio::io_context::executor_type;
template <class T> using Task = asio::awaitable<T, Executor>;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Steady = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<Steady, asio::wait_traits<Steady>, Executor>;
// Operations give (error, value) instead of throwing.
constexpr auto quietly = asio::as_tuple(asio::use_awaitable_t<Executor>{});

// A connection as the sweep and the shutdown see it.
struct Peer : boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
    Socket* socket = nullptr;
    Steady::time_point deadline = Steady::time_point::max();
    bool is_idle = true; // waits for a request
};

struct Published {
    std::string topic, text, visibility, scope;
    std::int64_t id = 0; // of the "id:" line; 0: none
};

// A server-sent event client.
struct Stream {
    Stream(EventStream const& wanted, Executor executor) : source{wanted}, signal{executor} {}
    EventStream const& source;
    Timer signal; // cancelled when the queue gets something
    std::deque<std::shared_ptr<Published const>> queue;
    std::int64_t replayed_to = 0;
};

// Something a worker thread has finished, to go on on the loop.
struct Completion {
    virtual void finish() = 0; // deletes itself
protected:
    ~Completion() = default;
};

struct Shared;

struct Loop {
    explicit Loop(Shared& owner) : shared{owner}, acceptor{io} {}
    Shared& shared;
    // Before `io`: destroying it ends connections that are still in these lists.
    boost::intrusive::list<Peer, boost::intrusive::constant_time_size<false>> peers;
    std::vector<Stream*> streams;
    asio::io_context io{1};
    asio::executor_work_guard<Executor> work{io.get_executor()};
    Acceptor acceptor;
    Steady::time_point now = Steady::now();
    std::string date; // "Date: …\r\n", made anew by the sweep
    std::thread thread;

    void complete(Completion& completion); // from any thread
    void refresh_clock();

private:
    std::mutex mutex_;
    std::condition_variable has_room_;
    std::vector<Completion*> completed_; // posted once per batch, not once per request
};

// How many streams each client holds, so that one alone cannot take those of all.
class StreamClients {
public:
    explicit StreamClients(int each_max) : each_max_{each_max} {}
    // False: the client has its share. Otherwise leave() follows.
    bool enter(std::string const& client);
    void leave(std::string const& client);

private:
    int const each_max_;
    std::mutex mutex_;
    std::unordered_map<std::string, int> counts_;
};

struct Shared {
    Shared(ServerOptions wanted, Application app)
        : options{std::move(wanted)}, application{std::move(app)}, workers{options.workers, options.queue_max},
          stream_clients{options.streams_per_client_max} {}
    ServerOptions options;
    Application application;
    std::optional<asio::ssl::context> tls;
    std::vector<std::unique_ptr<Loop>> loops;
    WorkerPool workers;
    StreamClients stream_clients;
    std::uint16_t port = 0;
    std::atomic<bool> is_stopping{false};
    std::atomic<std::uint64_t> requests{0}, refused{0}, bytes_out{0};
    std::atomic<std::int64_t> connections{0}, streams{0};
};

// Serves the connection until it ends; returns at once.
void serve_connection(Loop& loop, Socket socket, std::string remote);

} // namespace sangu::http
