#pragma once

// Two entries of one organisation (or person, person_merge.h) become one, and apart again. Everything that refers to
// the dropped entry moves to the kept one: the columns are found by the descriptions of all modules (`refers_to`),
// every moved row is written into a journal, and undoing a merge puts each of them back.

#include "kernel/context.h"
#include "modules/registry/entities.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::registry {

struct Merge {
    Id<Merge> id;
    std::string entity = "registry.organisation"; // or "registry.person"
    std::string kept_id, dropped_id, dropped_name;
    std::string dropped_row, kept_before, kept_after; // rows as JSON of column values
    std::string reason;
    std::string scope;
    std::string merged_by;
    Instant merged_at;
    std::optional<std::string> undone_by;
    std::optional<Instant> undone_at;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

struct MergeWish {
    std::string kept_id, dropped_id;
    std::int64_t kept_version = 0, dropped_version = 0; // what was seen side by side; others are refused as stale
    std::vector<std::string> from_dropped;              // fields whose value is taken from the dropped entry
    std::string reason;                                 // must be given when the credit codes differ
};

// How many rows refer to one of `entity` ("registry.organisation"), by their own entity ("plan.task" → 3).
std::map<std::string, std::int64_t> references_to(Context& context, std::string_view entity, std::string_view id);

// One transaction: references moved, fields taken, dropped entry deleted, journal and audit written; the merge's id.
// Refuses "registry.merge.reason" when the credit codes differ and no reason is given, "error.stale" when either entry
// was changed since it was looked at.
Result<std::string> merge(Context& context, MergeWish const& wish);
// Restores the dropped entry and every reference that still points where the merge moved it; fields of the kept entry
// go back unless somebody changed them since. Refuses "registry.merge.undone" and "registry.merge.later" (the kept
// entry was itself merged later: undo that first).
Result<void> undo_merge(Context& context, std::string_view merge_id);

// Where an organisation or a person went that was merged away: follows chains; "" when it was not.
std::string merged_into(db::Session& session, std::string_view id);

} // namespace sangu::registry
