#pragma once

// What a new observation must satisfy, for the form, the API and the import alike.

#include "modules/indicators/indicators.h"

#include <unordered_map>

namespace sangu::indicators {

// Everything the checks look up, loaded once.
struct Known {
    std::unordered_map<std::string, Indicator> indicators;
    std::unordered_map<std::string, registry::PlaceCard> places;
    std::unordered_map<std::string, Source> sources;
    std::unordered_map<std::string, std::vector<PeriodLock>> locks; // by place

    static Known load(db::Session& session);
};

// Fills what follows from the rest (period from its label, vintage from the source or `today`) and gives everything
// that is wrong: unknown indicator, place or source, wrong unit, a value that its parts do not give, a locked period
// (unless it restates).
Problems check_observation(Observation& observation, Known const& known, Date today);

// Unknown indicator, place or source of a target.
Problems check_target(Target const& target, Known const& known);

// From which day a published figure counts: the day of publication for what was published elsewhere, the day of
// approval for what was reported here or restates.
Date known_from(Observation const& observation, Date approved_on);

} // namespace sangu::indicators
