#pragma once

// The hash-chained audit log: who did what to what, when, before and after. Each record carries the hash of
// the one before it, so that a changed, missing or inserted record is found by `sangu audit verify`.
// Written inside the transaction of the act; the writer orders commits, so the chain has no forks.

#include "kernel/auth/actor.h"
#include "kernel/db/db.h"
#include "kernel/entity/derive.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::audit {

struct Record {
    std::int64_t sequence = 0; // 1, 2, 3 … without gaps
    Instant at;
    std::string actor_id, actor_name;
    std::string action;      // "plan.task.report"
    std::string object_kind; // "plan.task"; may be empty
    std::string object_id;
    std::string scope;
    std::string remote, request_id;
    std::string details; // JSON: {"changes": […], "comment": …}
    std::string hash;    // SHA-256, hex, of the previous hash and every field above
};

struct Entry {
    std::string_view action;
    std::string_view object_kind = {};
    std::string_view object_id = {};
    std::string_view scope = {};
    std::string_view comment = {};
    std::vector<entity::FieldChange> changes = {};
};

// Appends inside the writer: number and hash are given when the batch ends.
void append(db::Transaction& transaction, auth::Actor const& actor, Instant now, std::string_view remote,
            std::string_view request_id, Entry const& entry);

struct Verdict {
    bool whole = true;
    std::int64_t records = 0;
    std::int64_t first_bad = 0; // sequence of the first record that does not fit; 0: none
    std::string reason;         // message key
    std::string last_hash;
    std::int64_t pruned = 0; // records before the first that is kept, removed when their time was over
};
// Walks the whole chain in one snapshot, from the anchor that pruning left.
Verdict verify(db::Session& session);

// Newest first; for history pages. `before` = 0: from the end.
std::vector<Record> history(db::Session& session, std::string_view object_kind, std::string_view object_id, int limit,
                            std::int64_t before = 0);

} // namespace sangu::audit
