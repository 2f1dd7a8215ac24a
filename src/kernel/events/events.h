#pragma once

// The change feed: one row per published event, written in the act's transaction, numbered by commit order
// without gaps (the writer numbers them). Listeners of other modules run after the commit from the feed, at
// least once, in order; each keeps its cursor in the database, so a restart or a second server loses nothing.

#include "base/time.h"
#include "kernel/db/db.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu {
struct Services;
}

namespace sangu::events {

struct Event {
    std::int64_t sequence = 0;
    Instant at;
    std::string kind; // "plan.task.reported"
    std::string object_id;
    std::string scope;
    std::string visibility; // permission a reader needs; "public": everyone; "own": the account of scope "account/<id>"
    std::string payload;    // JSON, small
    std::string actor;      // account that did it; not part of what readers see; empty: unknown
};

std::int64_t publish(db::Transaction& transaction, Instant now, std::string_view kind, std::string_view object_id,
                     std::string_view scope, std::string_view visibility, std::string_view payload = "{}",
                     std::string_view actor = {});

std::vector<Event> after(db::Session& session, std::int64_t sequence, int limit);
// Public ones only, newest first, below `before`.
std::vector<Event> public_before(db::Session& session, std::int64_t before, int limit);
std::int64_t last_sequence(db::Session& session);

std::string to_json(Event const& event);
// One server-sent event: the id is the sequence, for Last-Event-ID.
std::string to_frame(Event const& event);
// The stream topic an event goes to: the first word of its kind ("plan"). Who may see it is decided per event and
// client by its visibility and scope.
std::string topic_of(Event const& event);

// Runs on the event pump inside a write command of its own together with the cursor's move; must be repeatable.
struct Listener {
    std::string_view name;        // "notices.inbox": the cursor's key
    std::string_view kind_prefix; // "plan." or "" for all
    void (*on_event)(Services& services, db::Transaction& transaction, Event const& event) = nullptr;
};

} // namespace sangu::events
