#pragma once

// What a good entry of an expert has, and when an expert has to keep out of a matter. Pure: no clock, no database.

#include "modules/experts/entities.h"

#include <span>
#include <vector>

namespace sangu::experts {

Problems check(library::Filled const& entry);
std::vector<library::Hint> hints();

// The words of a text that finding compares: pairs of neighbouring Chinese characters, and words of letters and digits
// from two on; folded, each once, at most 400. Words that stand in every description are none.
std::vector<std::string> terms_of(std::string_view text);
// The pieces of the question that an expert's terms cover, the longest first, at most `limit`: neighbouring pairs are
// one piece again ("减振" and "振材" and "材料" are "减振材料").
std::vector<std::string> shared_pieces(std::string_view question, std::span<std::string const> terms,
                                       std::size_t limit);

// Why an expert is left out.
struct Conflict {
    Ground ground = Ground::other;
    std::string name;      // the party it is about
    bool declared = false; // only the owner of the entry and officers may know of it
};
// The parties are names of organisations and people. Names count as the same when they are written differently only in
// width, capitals and characters, or when one of four characters or more is contained in the other: rather one expert
// too many is left out.
std::optional<Conflict> conflict_of(Expert const& expert, std::span<Avoidance const> declared,
                                    std::span<std::string const> parties);

} // namespace sangu::experts
