#pragma once

// Puts aims and figures together into cards. Pure: everything it needs is given.

#include "modules/indicators/indicators.h"

#include <map>
#include <span>

namespace sangu::indicators {

// What the board is made from. Figures: published ones, those of one series and place side by side, one a period.
struct BoardInput {
    std::span<Aim const> aims;
    std::span<registry::PlaceCard const> places;
    std::span<Figure const> figures;
};

// A card for each aim in the given place and of the given indicator; empty: any.
std::vector<Card> make_cards(BoardInput const& input, std::string_view only_place = {},
                             std::string_view only_indicator = {});

// True when both are of one series, place and period: of such figures the newest vintage counts.
bool is_same_period(Figure const& a, Figure const& b);
// Pooled figures of the three cities for periods in which each has numerator and denominator and nobody published the
// pooled value.
std::vector<Figure> pooled_figures(Indicator const& indicator, std::span<registry::PlaceCard const> places,
                                   std::span<Figure const> figures);
// The growth since the base of a CAGR indicator, in percent a year, for each later figure of the series.
std::vector<Figure> growth_figures(Target const& target, std::span<Figure const> series);

inline constexpr std::string_view three_cities = "three_cities"; // the group whose members are the zone's cities

std::string_view series_of(Indicator const& indicator);
Goal goal_of(Indicator const& indicator, Target const& target);
// Only whole years count against the yearly target of a flow.
bool counts_for(Goal const& goal, Figure const& figure);

} // namespace sangu::indicators
