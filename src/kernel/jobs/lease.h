#pragma once

// Taking and giving back jobs, each as one write command. A lease says until when a server may work on a job; the
// number of attempts tells a holder whose lease ran out that somebody else has the job now.

#include "kernel/jobs/jobs.h"

#include <optional>

namespace sangu::jobs {

inline constexpr std::int64_t lease_ms = 60'000;

struct Lease {
    std::string id, kind, key, payload;
    std::int64_t attempts = 0; // this one included
    std::int64_t every_s = 0;  // 0: runs once
};

// Makes a row for each schedule that has none, due at once.
void create_schedules(db::Database& database, std::vector<Schedule> const& schedules, Instant now);
// The job that has been due longest, or whose holder let its lease run out; nothing when none is due.
std::optional<Lease> take(db::Database& database, Instant now);
// False when the lease was lost.
bool renew(db::Database& database, Lease const& lease, Instant now);
void finish(db::Database& database, Lease const& lease, Instant now);
// Tries again after 30 s, 1, 2, 4 … minutes, at most 1 hour apart; after `attempts_max` attempts the job has failed,
// while a repeated job waits for its next turn.
void give_back(db::Database& database, Lease const& lease, Instant now, std::string_view error, int attempts_max);

} // namespace sangu::jobs
