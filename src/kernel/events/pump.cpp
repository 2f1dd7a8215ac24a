#include "kernel/events/pump.h"

#include "base/log.h"
#include "kernel/context.h"
#include "kernel/http/server.h"

#include <algorithm>
#include <exception>

namespace sangu::events {

namespace {

constexpr int batch_size = 50;
constexpr int poll_ms = 1000;

std::int64_t cursor_of(db::Session& session, Listener const& listener) {
    return session.integer("select sequence from kernel_event_cursor where listener = ?", {std::string{listener.name}})
        .value_or(0);
}

} // namespace

Pump::Pump(Services& services, std::vector<Listener> listeners)
    : services_{services}, listeners_{std::move(listeners)}, positions_(listeners_.size(), 0) {}

Pump::~Pump() { stop(); }

void Pump::start() {
    thread_ = std::thread{[this] { loop(); }};
}

void Pump::stop() {
    stop_ = true;
    services_.wake_waiters();
    if (thread_.joinable()) thread_.join();
    stop_ = false; // run_once() may still be called
}

void Pump::loop() {
    std::uint64_t seen = 0;
    while (!stop_) {
        seen = services_.wait_for_commit(seen, stop_, poll_ms);
        if (stop_) return;
        try {
            run_once();
        } catch (std::exception const& fault) {
            log::error("feed.fault", {{"what", fault.what()}});
            services_.wait_for_commit(services_.data_version, stop_,
                                      poll_ms); // no busy loop while the database is gone
        }
    }
}

void Pump::run_once() {
    create_cursors();
    std::int64_t const last = look_at_heads();
    send_to_streams(last);
    run_listeners(last);
}

void Pump::create_cursors() {
    if (has_cursors_) return;
    services_.database.write([&](db::Transaction& transaction) {
        for (Listener const& listener : listeners_)
            transaction.execute(
                "insert into kernel_event_cursor (listener, sequence) values (?, 0) on conflict (listener) do nothing",
                {std::string{listener.name}});
    });
    auto const reader = services_.database.read();
    std::ranges::transform(listeners_, positions_.begin(),
                           [&](Listener const& listener) { return cursor_of(*reader, listener); });
    has_cursors_ = true;
}

std::int64_t Pump::look_at_heads() {
    std::int64_t last = 0, audited = 0;
    services_.database.read()->query(
        "select e.sequence, a.sequence from kernel_event_head e, kernel_audit_head a where e.id = 1 and a.id = 1", {},
        [&](db::Row const& row) { last = row.integer(0), audited = row.integer(1); });
    bool const moved = last != last_ || audited != audited_;
    bool const first = last_ < 0;
    last_ = last;
    audited_ = audited;
    if (moved && !first) services_.note_commit(); // perhaps another server's: cached pages are made anew
    return last;
}

void Pump::run_listeners(std::int64_t last) {
    for (std::size_t i = 0; i < listeners_.size(); ++i) {
        try {
            while (positions_[i] < last && !stop_) positions_[i] = run_batch(listeners_[i]);
        } catch (std::exception const& fault) { // its events wait; the others go on
            log::error("feed.listener_failed", {{"listener", std::string{listeners_[i].name}}, {"what", fault.what()}});
        }
    }
}

std::int64_t Pump::run_batch(Listener const& listener) {
    std::int64_t position = 0;
    bool handled = false;
    services_.database.write([&](db::Transaction& transaction) {
        position = cursor_of(transaction, listener); // another server may have moved it
        handled = false;
        for (Event const& event : after(transaction, position, batch_size)) {
            position = event.sequence;
            if (!event.kind.starts_with(listener.kind_prefix)) continue;
            listener.on_event(services_, transaction, event);
            handled = true;
        }
        transaction.execute("update kernel_event_cursor set sequence = ? where listener = ?",
                            {position, std::string{listener.name}});
    });
    if (handled) services_.note_commit();
    return position;
}

void Pump::send_to_streams(std::int64_t last) {
    if (streamed_ < 0 || !services_.server) streamed_ = last;
    while (streamed_ < last) {
        auto const events = after(*services_.database.read(), streamed_, batch_size);
        if (events.empty()) return;
        for (Event const& event : events)
            services_.server->publish(topic_of(event), to_frame(event), event.visibility, event.scope);
        streamed_ = events.back().sequence;
    }
}

} // namespace sangu::events
