#pragma once

// Carries the feed to listeners, to live streams and to the page cache. Listeners run in the writer together with
// the move of their cursor: with several servers each event is handled by one of them, in order, at least once.

#include "kernel/events/events.h"

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace sangu {
struct Services;
}

namespace sangu::events {

class Pump {
public:
    Pump(Services& services, std::vector<Listener> listeners);
    ~Pump();
    Pump(Pump const&) = delete;
    Pump& operator=(Pump const&) = delete;

    // Creates missing cursors and carries everything that waits, in the calling thread.
    void run_once();
    // Wakes on commits of this server at once and looks for those of others every second.
    void start();
    void stop(); // blocks until the running batch is done

private:
    void loop();
    void create_cursors();
    void run_listeners(std::int64_t last);
    std::int64_t run_batch(Listener const& listener); // the listener's new position
    void send_to_streams(std::int64_t last);
    std::int64_t look_at_heads(); // the feed's last number

    Services& services_;
    std::vector<Listener> listeners_;
    std::vector<std::int64_t> positions_;   // of each listener, as last seen in the database
    std::int64_t streamed_ = -1;            // last event sent to this server's streams; -1: not started
    std::int64_t last_ = -1, audited_ = -1; // last numbers of feed and audit log seen: their move shows writes
    bool has_cursors_ = false;
    std::atomic<bool> stop_{false};
    std::thread thread_;
};

} // namespace sangu::events
