#include "modules/rights/freedom.h"

#include <algorithm>

namespace sangu::rights {

namespace {

template <class Rule> bool applies(Rule const& rule, EncumbranceKind wanted, Date day) {
    return rule.wanted == wanted && rule.since <= day && (!rule.until || day < *rule.until);
}

// True when the right does not meet the condition for this request.
bool fails(Condition condition, RightFacts const& facts, EncumbranceRequest const& request) {
    switch (condition) {
    case Condition::granted: return facts.right.legal_status != LegalStatus::granted;
    case Condition::disclosed: return facts.right.disclosure == Disclosure::undisclosed;
    case Condition::co_owners_consent: return facts.holders > 1 && !request.co_owners_consent;
    case Condition::fees_paid: return facts.fees_in_arrears;
    case Condition::within_term:
        return facts.right.expires_on && request.until && *request.until >= *facts.right.expires_on;
    }
    return true;
}

} // namespace

std::vector<Obstacle> obstacles_of(RightFacts const& facts, FreedomRules const& rules,
                                   EncumbranceRequest const& request, Date since) {
    if (has_ended(facts.right.legal_status))
        return {{.key = "rights.obstacle.ended", .arguments = {}, .law = {}, .confirmed = true, .curable = false}};
    std::vector<Obstacle> found;
    for (Requirement const& rule : rules.requirements)
        if (applies(rule, request.kind, since) && fails(rule.condition, facts, request))
            found.push_back({.key = "rights.obstacle." + std::string{name_of(rule.condition)},
                             .arguments = {},
                             .law = rule.law,
                             .confirmed = rule.confirmed,
                             .curable = rule.condition == Condition::co_owners_consent});
    for (Encumbrance const& held : facts.live)
        for (Compatibility const& rule : rules.compatibilities) {
            if (!applies(rule, request.kind, since) || rule.held != held.kind) continue;
            bool const curable = rule.verdict == Verdict::consent;
            if (curable && request.holders_consent) continue;
            found.push_back({.key = (curable ? "rights.obstacle.needs_consent_" : "rights.obstacle.held_") +
                                    std::string{name_of(held.kind)},
                             .arguments = {held.holder_name, to_text(held.since)},
                             .law = rule.law,
                             .confirmed = rule.confirmed,
                             .curable = curable});
        }
    return found;
}

EncumbranceState state_of(LegalStatus status, std::span<Encumbrance const> live) {
    if (has_ended(status)) return EncumbranceState::lapsed;
    EncumbranceState state = EncumbranceState::free;
    for (Encumbrance const& one : live)
        state = std::max(state, static_cast<EncumbranceState>(static_cast<int>(one.kind) + 1));
    return state;
}

} // namespace sangu::rights
