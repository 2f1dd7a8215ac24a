#pragma once

// Figures are entered by members of the organisation (or officers), approved by a second person, then reused.

#include "modules/facts/entities.h"
#include "modules/facts/rules.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::facts {

inline constexpr std::string_view see_permission = "facts.see";         // officers
inline constexpr std::string_view approve_permission = "facts.approve"; // officers

// An organisation whose figures the actor may see and enter: a member, or an officer of its place; otherwise
// "error.not_found".
Result<registry::OrganisationCard> organisation_of_figures(Context& context, std::string_view organisation_id);

std::vector<Figures> figures_of(db::Session& session, std::string_view organisation_id); // latest year first
std::optional<Figures> figures_of_year(db::Session& session, std::string_view organisation_id, std::int64_t year);

// Stores a draft for a year that has begun; approved and submitted figures are closed ("facts.closed").
Result<void> save_figures(Context& context, registry::OrganisationCard const& organisation, Figures typed);
Result<void> submit_figures(Context& context, Figures const& figures);
// A second person: an officer or another member, never whoever submitted ("facts.second_person").
Result<void> approve_figures(Context& context, Figures const& figures);
Result<void> return_figures(Context& context, Figures const& figures, std::string_view reason);
// Opens approved figures again to correct them.
Result<void> reopen_figures(Context& context, Figures const& figures, std::string_view reason);

// The lines of every scoring table in force on a day.
std::vector<Band> bands_on(db::Session& session, Date day);
// The three schemes for a year, from approved figures only.
std::vector<Score> scores_of(Context& context, std::string_view organisation_id, std::int64_t year,
                             std::vector<Figures> const& all, std::vector<Band> const& bands);

// Stores the tables that ship with the module; rows that exist are kept.
void seed(Services& services);

} // namespace sangu::facts
