#pragma once

// What all plans aim at, put together once and held in memory (kernel/held.h) until something in the database changes.

#include "modules/indicators/indicators.h"

namespace sangu::indicators {

// The aims of one plan, in the order of the indicators, then of the places.
struct PlanAims {
    std::string plan;
    std::vector<Aim> aims;
    std::vector<std::string> series; // where their figures are recorded, each once, as far as any is published
};

struct Definitions {
    std::vector<Indicator> indicators; // in their order, at most 1,000
    std::vector<registry::PlaceCard> places;
    std::vector<Target> targets; // of all plans, at most 20,000
    std::vector<PlanAims> plans; // those with targets, by code

    static Definitions load(db::Session& session);
    Indicator const* find(std::string_view code) const;
    PlanAims const* plan(std::string_view code) const;
};

Definitions const& definitions(Context const& context);

} // namespace sangu::indicators
