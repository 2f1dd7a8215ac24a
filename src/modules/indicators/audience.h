#pragma once

// Whom figures on their way and imports concern.

#include "kernel/events/audience.h"

#include <vector>

namespace sangu::indicators {

// Submitted: those who approve in the place's scope. Returned or published: who entered the figure.
std::vector<events::Notice> concerned_by_figure(db::Session& session, events::Event const& event);
// Waiting for approval: those who approve. Approved: who imported the file.
std::vector<events::Notice> concerned_by_import(db::Session& session, events::Event const& event);

} // namespace sangu::indicators
