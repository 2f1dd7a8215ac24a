#pragma once

// The expert finder: from a text or a demand to experts, with plain reasons. Scoring is simple on purpose: every shared
// word counts, rare ones more, and a shared field or industry adds to it. Who can tell better offers a Ranking
// (experts.h).

#include "kernel/context.h"
#include "modules/experts/experts.h"
#include "modules/experts/rules.h"

#include <map>

namespace sangu::experts {

struct Found {
    library::Card card;
    Expert expert;
    std::vector<std::string> shared; // pieces of the question
    bool same_field = false;
    std::string shared_industry; // the part of the code both have; empty: none
};
struct Excluded {
    library::Card card;
    Conflict conflict;
};
struct Findings {
    std::vector<Found> found;       // best first
    std::vector<Excluded> excluded; // those whose reason the reader may see
    int hidden = 0;                 // left out for reasons the reader may not see
};
inline constexpr int findings_max = 20;

// Three queries, and one that asks who is asking. Only what everybody may read of an expert is compared; declared
// conflicts leave experts out for everybody, and say why to whom library::Layer::own is open.
Findings find_experts(Context& context, Question const& question);

// Stores what finding looks up; runs with the entry.
void store_terms(db::Transaction& transaction, std::string_view entry_id, library::Filled const& entry);

// What the references of evidence name, as far as this reader may know of it: entries of the libraries and rights with
// their state.
std::vector<library::About> evidence_found(Context& context, std::span<entity::AnyObject const> rows);

} // namespace sangu::experts
