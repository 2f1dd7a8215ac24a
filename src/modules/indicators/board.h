#pragma once

// Puts targets and figures together into cards. Pure: everything it needs is given.

#include "modules/indicators/indicators.h"

#include <map>
#include <span>

namespace sangu::indicators {

// What the board is made from. Figures: published ones, newest vintage of each period first within the period.
struct BoardInput {
    std::span<Indicator const> indicators;
    std::span<registry::PlaceCard const> places;
    std::span<Target const> targets;
    std::span<Figure const> figures;
};

std::vector<Card> make_cards(BoardInput const& input, std::string_view only_place = {});

// Keeps the first of each (indicator, place, start, end): the newest vintage when sorted so.
std::vector<Figure> newest_of_each_period(std::span<Figure const> figures);
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
