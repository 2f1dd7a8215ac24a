#pragma once

// What the page of a report shows of its restatements.

#include "modules/plan/page_parts.h"

namespace sangu::plan {

// One restatement as it is shown, whether asked for at the report or at the figure itself.
struct Restated {
    Restatement row; // without an id: made at the figure
};

// Those of a report that the actor may see, oldest first: everybody the approved ones, officers all of them.
std::vector<Restated> restated_of(Context& context, Report const& report,
                                  std::span<indicators::DueFigure const> due);
// The figure as it counts now, with the reported value struck out when it was restated. `reported`: by the report.
void value_now(html::Out& out, Context const& context, indicators::DueFigure const& due,
               std::optional<double> reported, std::span<Restated const> restated);
void restatements_part(html::Out& out, Context& context, std::span<indicators::DueFigure const> due,
                       std::span<Restated const> restated);

http::Reply restatement_page(Context& context, http::Request& request);
http::Reply restatement_post(Context& context, http::Request& request);
http::Reply restatement_step_post(Context& context, http::Request& request);

} // namespace sangu::plan
