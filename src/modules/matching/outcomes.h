#pragma once

// What becomes of suggestions: shown → opened → shortlisted or hidden → contacted → met → agreed or failed. A step is
// taken from the acts of people, never asked for; counted hourly, published as it is, and used for nothing else: it
// changes no order.

#include "kernel/context.h"
#include "kernel/events/events.h"
#include "modules/matching/suggest.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::matching {

// Notes which suggestions stood before somebody, and in which place, the first time.
void note_shown(Context& context, Subject const& subject, Pair const& pair, Suggestions const& suggestions,
                Known const& known);
// Notes that one was opened; nothing when it was not shown to the actor.
void note_opened(Context& context, std::string_view candidate);
// Inside the change that sets or takes back a mark.
void note_mark(db::Transaction& transaction, Instant now, Mark const& mark, bool taken_back);

// The threads of the library are what was contacted, met, agreed and failed.
void on_thread(Services& services, db::Transaction& transaction, events::Event const& event);

// For one pair of kinds.
struct Quality {
    std::string from_kind, to_kind;
    std::int64_t shown = 0, opened = 0, shortlisted = 0, hidden = 0, contacted = 0, met = 0, agreed = 0, failed = 0;
    std::int64_t lists = 0;                     // in which somebody did something
    double precision_5 = -1, precision_10 = -1; // of these lists; below 0: there are none
    Instant as_of;
};
std::vector<Quality> quality(db::Session& session);
Result<void> quality_job(Context& context, std::string_view key, std::string_view payload);

} // namespace sangu::matching
