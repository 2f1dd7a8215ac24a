#pragma once

// The SQL that the generic store cannot say. Every query behind a page is bounded and follows an index.

#include "modules/indicators/definitions.h"

#include <span>

namespace sangu::indicators {

std::vector<Target> targets_of(db::Session& session, std::string_view plan);
std::vector<Source> all_sources(db::Session& session); // at most 1,000

// Published figures of every series of a plan, sorted by series, place and period, newest first: of each period the
// newest vintage known on `on`, from at most `per_place` rows for each series and place.
std::vector<Figure> figures_of_plan(db::Session& session, PlanAims const& plan, std::optional<Date> on,
                                    int per_place = 60);
// The same for one series (at most 200 rows a place), provinces included.
std::vector<Figure> figures_of_series(db::Session& session, std::string_view series, std::optional<Date> on);
// Everything published for one figure, newest vintage first: what the receipt shows as older vintages.
std::vector<Observation> vintages_of(db::Session& session, Observation const& observation);

// Observations in the given state in these places (codes, at most 200), newest entry first, at most `limit`.
std::vector<Observation> in_state(db::Session& session, ObservationState state, std::span<std::string const> places,
                                  int limit);
// Imports by people, newest first, at most 50, with the number of observations that still await approval.
struct WaitingImport {
    Import import;
    std::int64_t waiting = 0;
};
std::vector<WaitingImport> waiting_imports(db::Session& session);

} // namespace sangu::indicators
