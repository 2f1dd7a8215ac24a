#include "kernel/http/server.h"

#include "base/log.h"
#include "base/text.h"
#include "kernel/http/rate_limit.h"
#include "kernel/http/server_loop.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address.hpp>
#include <malloc.h>
#include <sys/socket.h>

#include <csignal>
#include <ctime>

namespace sangu::http {

using namespace std::chrono_literals;

struct Server::State : Shared {
    using Shared::Shared;
    void open();
};

namespace {

constexpr std::size_t stream_queue_max = 64;
constexpr std::size_t completed_max = 32; // pages that wait to be sent; more would leave the caches before they are

// The event id of a framed event, so that a replayed one is not sent again.
std::int64_t id_of(std::string_view framed) {
    if (!framed.starts_with("id:")) return 0;
    auto const line = framed.substr(3, framed.find('\n') - 3);
    return parse_integer(trim(line)).value_or(0);
}

// Keeps the allocator from giving pages back and forth on every large page, and from growing one heap per thread.
void tune_allocator() {
    mallopt(M_ARENA_MAX, 4);
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
}

void open_acceptor(Acceptor& acceptor, tcp::endpoint const& endpoint, bool is_shared) {
    acceptor.open(endpoint.protocol());
    acceptor.set_option(asio::socket_base::reuse_address(true));
    int const one = 1;
    if (is_shared && ::setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &one, sizeof one) != 0)
        throw std::system_error{errno, std::generic_category(), "SO_REUSEPORT"};
    acceptor.bind(endpoint);
    acceptor.listen(4096);
}

// A shared port may be bound twice by the same user, so a second server would go unnoticed.
void require_free(tcp::endpoint const& endpoint) {
    asio::io_context io;
    Acceptor probe{io.get_executor()};
    open_acceptor(probe, endpoint, false);
}

Task<void> accept_connections(Loop& loop) {
    auto& shared = loop.shared;
    for (;;) {
        Socket socket{loop.io.get_executor()};
        auto const [error] = co_await loop.acceptor.async_accept(socket, quietly);
        if (shared.is_stopping) co_return;
        if (error == asio::error::operation_aborted) co_return;
        if (error) {
            // Out of file descriptors: without a pause the loop would spin on the same error.
            Timer pause{loop.io.get_executor(), 50ms};
            co_await pause.async_wait(quietly);
            continue;
        }
        if (shared.connections >= shared.options.connections_max) {
            ++shared.refused;
            continue;
        }
        boost::system::error_code ignored;
        auto const remote = socket.remote_endpoint(ignored);
        if (!ignored) serve_connection(loop, std::move(socket), remote.address().to_string());
    }
}

Task<void> sweep(Loop& loop) {
    Timer timer{loop.io.get_executor()};
    for (;;) {
        loop.refresh_clock();
        for (auto& peer : loop.peers) {
            if (peer.deadline >= loop.now) continue;
            boost::system::error_code ignored;
            peer.socket->cancel(ignored);
        }
        timer.expires_after(500ms);
        auto const [error] = co_await timer.async_wait(quietly);
        if (error) co_return;
    }
}

void deliver(Loop& loop, std::shared_ptr<Published const> const& event) {
    for (auto* const stream : loop.streams) {
        if (!stream->source.topic.empty() && stream->source.topic != event->topic) continue;
        auto const& may_see = stream->source.may_see;
        if (may_see ? !may_see(event->visibility, event->scope) : event->visibility != "public") continue;
        // A client that cannot keep up gets the latest only; its page reloads what it shows anyway.
        if (stream->queue.size() >= stream_queue_max) stream->queue.clear();
        stream->queue.push_back(event);
        stream->signal.cancel();
    }
}

void configure_tls(asio::ssl::context& context, ServerOptions const& options) {
    context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                        asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
    context.use_certificate_chain_file(options.tls_certificate);
    context.use_private_key_file(options.tls_key, asio::ssl::context::pem);
}

void close_idle(Loop& loop) {
    boost::system::error_code ignored;
    loop.acceptor.close(ignored);
    for (auto& peer : loop.peers)
        if (peer.is_idle) peer.socket->cancel(ignored);
    for (auto* const stream : loop.streams) stream->signal.cancel();
}

} // namespace

bool StreamClients::enter(std::string const& client) {
    std::lock_guard const lock{mutex_};
    int& count = counts_[client];
    if (count >= each_max_ && !is_loopback(client)) return false;
    ++count;
    return true;
}

void StreamClients::leave(std::string const& client) {
    std::lock_guard const lock{mutex_};
    if (auto const found = counts_.find(client); --found->second == 0) counts_.erase(found);
}

void Loop::complete(Completion& completion) {
    bool is_first = false;
    {
        std::unique_lock lock{mutex_};
        has_room_.wait(lock, [&] { return completed_.size() < completed_max; });
        is_first = completed_.empty();
        completed_.push_back(&completion);
    }
    if (!is_first) return;
    asio::post(io, [this] {
        std::vector<Completion*> batch;
        {
            std::lock_guard const lock{mutex_};
            batch.swap(completed_);
        }
        if (batch.size() >= completed_max) has_room_.notify_all();
        for (auto* const one : batch) one->finish();
    });
}

void Loop::refresh_clock() {
    now = Steady::now();
    std::time_t const seconds = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[64];
    date.assign(text, std::strftime(text, sizeof text, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts));
}

// Binds every loop's socket and prepares what runs on it.
void Server::State::open() {
    if (!options.tls_certificate.empty()) {
        tls.emplace(asio::ssl::context::tls_server);
        configure_tls(*tls, options);
    }
    int const cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    int const count = options.loops > 0 ? options.loops : std::min(cores, 4);
    tcp::endpoint endpoint{asio::ip::make_address(options.address), options.port};
    if (options.port != 0) require_free(endpoint);
    for (int i = 0; i < count; ++i) {
        auto& loop = *loops.emplace_back(std::make_unique<Loop>(*this));
        open_acceptor(loop.acceptor, endpoint, count > 1);
        endpoint.port(loop.acceptor.local_endpoint().port());
        loop.refresh_clock();
        asio::co_spawn(loop.io, sweep(loop), asio::detached);
        asio::co_spawn(loop.io, accept_connections(loop), asio::detached);
    }
    port = endpoint.port();
}

Server::Server(ServerOptions options, Application application)
    : state_{std::make_unique<State>(std::move(options), std::move(application))} {}

Server::~Server() { stop(); }

void Server::start() {
    std::signal(SIGPIPE, SIG_IGN);
    tune_allocator();
    try {
        state_->open();
    } catch (boost::system::system_error const& failure) {
        throw std::system_error{failure.code(), failure.what()};
    }
    for (auto& loop : state_->loops) loop->thread = std::thread{[&io = loop->io] { io.run(); }};
}

std::uint16_t Server::port() const { return state_->port; }

void Server::publish(std::string_view topic, std::string framed, std::string_view visibility, std::string_view scope) {
    if (state_->streams == 0) return;
    auto const id = id_of(framed);
    auto const event = std::make_shared<Published const>(
        Published{std::string{topic}, std::move(framed), std::string{visibility}, std::string{scope}, id});
    for (auto& loop : state_->loops) asio::post(loop->io, [&loop = *loop, event] { deliver(loop, event); });
}

void Server::stop() {
    if (state_->loops.empty() || state_->is_stopping.exchange(true)) return;
    for (auto& loop : state_->loops) asio::post(loop->io, [&loop = *loop] { close_idle(loop); });
    auto const end = Steady::now() + std::chrono::seconds{state_->options.shutdown_grace_s};
    while (state_->connections > 0 && Steady::now() < end) std::this_thread::sleep_for(10ms);
    if (state_->connections > 0)
        log::warning("http.stop.cut", {{"connections", std::to_string(state_->connections.load())}});
    // Workers first: what they finish is posted to loops that still run, and nothing of theirs is left behind.
    state_->workers.stop();
    for (auto& loop : state_->loops) loop->io.stop();
    for (auto& loop : state_->loops)
        if (loop->thread.joinable()) loop->thread.join();
}

Server::Counters Server::counters() const {
    Counters now;
    now.requests = state_->requests;
    now.refused = state_->refused;
    now.bytes_out = state_->bytes_out;
    now.connections = state_->connections;
    now.streams = state_->streams;
    now.queued = state_->workers.queued();
    now.worker_threads = state_->workers.threads();
    return now;
}

} // namespace sangu::http
