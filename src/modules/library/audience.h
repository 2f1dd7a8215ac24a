#pragma once

#include "kernel/events/audience.h"

#include <vector>

namespace sangu::library {

// Owners and officers of an entry.
std::vector<events::Notice> concerned_by_entry(db::Session& session, events::Event const& event);
// The other party of a thread, and the officer it is handed to.
std::vector<events::Notice> concerned_by_thread(db::Session& session, events::Event const& event);
// Those who keep a view on which a published entry appears.
std::vector<events::Notice> concerned_by_view(db::Session& session, events::Event const& event);
// Who was given access, and the owner whose undertaking somebody signed.
std::vector<events::Notice> concerned_by_access(db::Session& session, events::Event const& event);

} // namespace sangu::library
