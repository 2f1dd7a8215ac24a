#include "kernel/audit/retention.h"

#include "base/time_zone.h"
#include "kernel/audit/audit.h"

#include <algorithm>

namespace sangu::audit {

namespace {

constexpr int piece = 5000;

// The last record of the run of records that may go; the anchor itself when there is none.
Anchor last_to_go(db::Session& session, Anchor const& anchor, Instant kept_from, int limit) {
    Anchor last = anchor;
    bool kept = false;
    session.query("select sequence, at, hash from kernel_audit where sequence > ? order by sequence limit ?",
                  {anchor.sequence, std::int64_t{limit}}, [&](db::Row const& row) {
                      kept = kept || parse_instant(row.text(1)).value_or(kept_from) >= kept_from;
                      if (!kept) last = {row.integer(0), std::string{row.text(2)}};
                  });
    return last;
}

} // namespace

Anchor anchor_of(db::Session& session) {
    Anchor anchor;
    session.query("select sequence, hash from kernel_audit_anchor where id = 1", {},
                  [&](db::Row const& row) { anchor = {row.integer(0), std::string{row.text(1)}}; });
    return anchor;
}

Instant kept_from(Instant now, int months) {
    CivilDate const today = civil(local_date(now));
    int const month = today.year * 12 + today.month - 1 - std::max(months, keep_months_min);
    std::optional<Date> day;
    for (int number = today.day; !day; --number) day = make_date(month / 12, month % 12 + 1, number);
    return start_of(*day);
}

std::int64_t prune(db::Transaction& transaction, auth::Actor const& actor, Instant now, Instant kept_from, int limit) {
    Anchor const before = anchor_of(transaction);
    Anchor const after = last_to_go(transaction, before, kept_from, limit);
    if (after.sequence == before.sequence) return 0;
    std::int64_t const removed = transaction.execute("delete from kernel_audit where sequence <= ?", {after.sequence});
    transaction.execute("update kernel_audit_anchor set sequence = ?, hash = ? where id = 1",
                        {after.sequence, after.hash});
    std::string const number = std::to_string(after.sequence);
    append(transaction, actor, now, "", "",
           {.action = pruned_action, .object_kind = "audit.anchor", .object_id = number, .comment = after.hash});
    return removed;
}

std::int64_t prune_all(db::Database& database, auth::Actor const& actor, Instant now, int months) {
    Instant const from = kept_from(now, months);
    std::int64_t all = 0, removed = 0;
    do {
        database.write([&](db::Transaction& transaction) { removed = prune(transaction, actor, now, from, piece); });
        all += removed;
    } while (removed > 0);
    return all;
}

} // namespace sangu::audit
