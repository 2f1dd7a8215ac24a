#pragma once

// Whom tasks, supervision notices and reports concern.

#include "kernel/events/audience.h"

#include <vector>

namespace sangu::plan {

// The lead unit's officers and the followers; a reported task also those who verify it.
std::vector<events::Notice> concerned_by_task(db::Session& session, events::Event const& event);
// Open: the lead unit's officers (without a unit: who reports in the task's scope) and the followers. Answered: who
// issued it.
std::vector<events::Notice> concerned_by_notice(db::Session& session, events::Event const& event);
// Due or returned: the officers of the place. Submitted: who accepts. Accepted: who publishes, and who submitted.
std::vector<events::Notice> concerned_by_report(db::Session& session, events::Event const& event);
std::vector<events::Notice> concerned_by_restatement(db::Session& session, events::Event const& event);

} // namespace sangu::plan
