#pragma once

// Two profiles of one person become one, and apart again, as organisations do (merge.h), with the same journal.

#include "modules/registry/merge.h"
#include "modules/registry/person_service.h"

#include <string_view>
#include <vector>

namespace sangu::registry {

inline constexpr std::string_view person_merge_permission = "registry.person.merge";

// Two profiles that say of themselves that they are not one person: other ORCID iDs, or other accounts own them.
struct Disagreement {
    bool orcid = false, account = false;

    bool any() const { return orcid || account; }
};
Disagreement disagreement(Person const& one, Person const& other);

// One transaction: references moved, fields taken, dropped profile deleted, journal and audit written; the merge's id.
// The kept profile belongs to the account that owns either (its own first), and is public if that owner wants it so.
// Refuses "registry.person_merge.reason_needed" in the problem of `reason` when the profiles disagree and no reason is
// given, "registry.person_merge.erased" when the data of either were erased, "error.stale" when either was changed
// since it was looked at.
Result<std::string> merge_people(Context& context, MergeWish const& wish);
// Restores the dropped profile and every reference that still points where the merge moved it; fields of the kept
// profile go back unless somebody changed them since. Refuses "registry.merge.later", and "registry.merge.erased" when
// the person had the data erased.
Result<void> undo_people(Context& context, Change& change, Merge const& journal);

// Takes what merges remember of a person out of the journal, through chains; those merges cannot be undone any more.
void forget_merges(db::Transaction& transaction, std::string_view person_id);

// Others who may be the same person: of the same name in Chinese or Latin letters; at most `limit`, erased ones and
// `person` itself left out.
std::vector<Person> namesakes(db::Session& session, Person const& person, std::int64_t limit);

} // namespace sangu::registry
