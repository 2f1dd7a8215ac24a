#pragma once

// Drawings: ECharts figures with the table that says the same, and small lines for tiles.

#include "base/function_ref.h"
#include "kernel/context.h"
#include "kernel/html/html.h"

#include <optional>
#include <span>
#include <string_view>

namespace sangu::html {

// An ECharts chart from a JSON option object (colours, fonts and dark mode are added by web/src/chart.ts), with the
// table beside it that says the same (required). The page needs Feature::chart.
void chart(Out& out, Context const& context, std::string_view id, std::string_view label, std::string_view option_json,
           FunctionRef<void(Out&)> table);

// A line of 240 × 32 units without axes; gaps (no value) are bridged. `label` says the trend in words. Nothing without
// values.
void sparkline(Out& out, std::span<std::optional<double> const> values, std::string_view label);

} // namespace sangu::html
