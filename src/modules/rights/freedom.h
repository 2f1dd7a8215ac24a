#pragma once

// Whether a right is free for something: the rules over what lies on it. Pure.

#include "modules/rights/rule_entities.h"
#include "modules/rights/terms.h"

#include <span>
#include <vector>

namespace sangu::rights {

struct FreedomRules {
    std::vector<Compatibility> compatibilities;
    std::vector<Requirement> requirements;
};

// What is known about a right when somebody wants to lay something on it.
struct RightFacts {
    Right const& right;
    int holders = 1;
    bool fees_in_arrears = false; // a fee is in its grace period or overdue, by what is recorded
    std::span<Encumbrance const> live;
};

// Everything that stands in the way of `request`, by the rules in force on `since`; empty: it is free.
std::vector<Obstacle> obstacles_of(RightFacts const& facts, FreedomRules const& rules,
                                   EncumbranceRequest const& request, Date since);

// The state of a right by what lies on it.
EncumbranceState state_of(LegalStatus status, std::span<Encumbrance const> live);

} // namespace sangu::rights
