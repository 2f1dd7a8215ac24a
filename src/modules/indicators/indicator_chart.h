#pragma once

// The chart of one indicator: its figures by place, the required path, the forecast with its band.

#include "modules/indicators/page_parts.h"

namespace sangu::indicators {

struct ChartInput {
    View const& view;
    Indicator const& indicator;
    std::vector<Figure> const& figures; // newest first
    Card const* card = nullptr;
    std::string_view place; // the chosen one
    std::optional<Forecast> const& forecast;
};

std::string chart_option(ChartInput const& input);
// For the ends of the three years after the last figure; nothing with too few figures.
std::optional<Forecast> forecast_of(Indicator const& indicator, std::span<Figure const> own);

} // namespace sangu::indicators
