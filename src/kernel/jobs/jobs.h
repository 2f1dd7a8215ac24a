#pragma once

// Work that runs later: timers of flows, schedules, retries. A job is a row; a server takes it by a lease in
// the writer, so it survives a restart and runs once with two servers. Handlers are idempotent by their key.

#include "base/time.h"
#include "kernel/db/db.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sangu {
class Context;
}

namespace sangu::jobs {

// Adds a job inside the transaction of the act that needs it. The same (kind, key) waiting twice is one job:
// the later call moves its due time.
void schedule(db::Transaction& transaction, std::string_view kind, std::string_view key, Instant due,
              std::string_view payload = "{}");
void cancel(db::Transaction& transaction, std::string_view kind, std::string_view key);

// What a module offers. `run` is called on the job thread with the system actor; a thrown exception or an Error
// retries with growing pauses, at most `attempts_max` times, then the job stays as "failed" for the administrator.
struct Handler {
    std::string_view kind; // "plan.supervision.due"
    Result<void> (*run)(Context& context, std::string_view key, std::string_view payload) = nullptr;
    int attempts_max = 8;
};

// A repeated job: due again every `every_s` seconds after it has run.
struct Schedule {
    std::string_view kind;
    int every_s = 3600;
};

struct Job {
    std::string id, kind, key, payload, state, last_error; // state: waiting, running, done, failed
    Instant due, lease_until;
    std::int64_t attempts = 0;
};
std::vector<Job> list(db::Session& session, std::string_view state, int limit);

} // namespace sangu::jobs
