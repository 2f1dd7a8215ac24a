#pragma once

// A company's figures of a year, entered once: what later forms read instead of asking again.

#include "base/money.h"
#include "kernel/context.h"
#include "kernel/html/html.h"

#include <optional>
#include <string>
#include <string_view>

namespace sangu::facts {

// The approved figures of one year; a figure nobody gave is empty, not zero.
struct FiguresCard {
    std::string organisation_id;
    std::int64_t year = 0;
    std::optional<std::int64_t> staff, rd_staff;
    std::optional<Money> revenue, rd_spend, assets, net_assets, tax, exports;
    std::string source;
};
// Of the latest approved year not after `year`.
std::optional<FiguresCard> latest_figures(db::Session& session, std::string_view organisation_id, std::int64_t year);
// The card for a later form: the figures, their year, source and approval, and where to correct them.
void figures_card(html::Out& out, Context& context, std::string_view organisation_id);

} // namespace sangu::facts
