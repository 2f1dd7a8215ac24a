#pragma once

// Harvesting: records of other servers into exchange_harvested.

#include "kernel/context.h"
#include "modules/exchange/entities.h"
#include "modules/exchange/oai_document.h"

#include <string>
#include <string_view>

namespace sangu::exchange {

// True for http and https without user name. Only the system administrator names servers (exchange.repository.edit), so
// that nobody else makes this server fetch anything.
bool may_harvest(std::string_view address);
// For the form of a repository.
Result<void> before_repository(Context& context, db::Session& session, void const* before_or_null, void* after);

// The address of the next request of a harvest: by its token, else from the last harvest on.
std::string next_address(Repository const& repository);
// Stores the records of one answer: new ones wait, changed ones wait again unless they were dismissed, deleted ones say
// so.
std::int64_t store_records(db::Transaction& transaction, Instant now, Repository const& repository,
                           oai::Document const& document);

// One harvest of the repository with this id, at most `requests_max` requests; a longer one goes on with the next job.
inline constexpr int requests_max = 200;
Result<void> harvest_job(Context& context, std::string_view key, std::string_view payload);
// Lets harvests begin that are due (schedule).
Result<void> harvest_due_job(Context& context, std::string_view key, std::string_view payload);

} // namespace sangu::exchange
