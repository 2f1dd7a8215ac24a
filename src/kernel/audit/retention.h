#pragma once

// Removing audit records when their time is over. The chain stays verifiable: the anchor keeps number and hash of the
// last record removed, and every pruning is itself a record that names the anchor, so that a moved anchor is found.

#include "base/time.h"
#include "kernel/auth/actor.h"
#include "kernel/db/db.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sangu::audit {

inline constexpr std::string_view pruned_action = "audit.pruned"; // object: number of the anchor; comment: its hash
inline constexpr int keep_months_min = 6; // Cybersecurity Law of the PRC, article 21: logs are kept at least six months

struct Anchor {
    std::int64_t sequence = 0; // 0: nothing was ever removed
    std::string hash;
};
Anchor anchor_of(db::Session& session);

// The first moment that is kept: the same day of the month, `months` (at least keep_months_min) earlier.
Instant kept_from(Instant now, int months);
// Removes at most `limit` of the oldest records, none that is from `kept_from` on or follows such a one; the number
// removed. Without any there is no record of it either.
std::int64_t prune(db::Transaction& transaction, auth::Actor const& actor, Instant now, Instant kept_from, int limit);
// The same until nothing is left to remove, in commands that do not hold up others for long.
std::int64_t prune_all(db::Database& database, auth::Actor const& actor, Instant now, int months);

} // namespace sangu::audit
