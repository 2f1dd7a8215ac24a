#pragma once

// The use cases: enter a figure, take it through approval by a second person, restate it.

#include "modules/indicators/indicators.h"

namespace sangu::indicators {

// Permissions
inline constexpr std::string_view enter_permission = "indicators.observation.enter";
inline constexpr std::string_view approve_permission = "indicators.observation.approve";

// Stores a draft. The place decides the scope. Problems name the fields; a locked period is refused.
Result<Id<Observation>> enter(Context& context, Observation observation);
// Changes a draft or returned figure; `version` is the one the form was made from.
Result<void> correct(Context& context, Id<Observation> const& id, std::int64_t version, Observation typed);
// submit, approve, return, publish, discard. Approving and publishing need another person than the one who entered.
Result<Observation> step(Context& context, Id<Observation> const& id, std::string_view action, std::string comment);
// A correction of a published figure: a new row, submitted for approval, that names the old one and the reason.
Result<Id<Observation>> restate(Context& context, Id<Observation> const& id, Observation typed, std::string reason);

// What the feed says of a figure: name, place and period in both languages, and where to read more.
std::string event_payload(Change& change, Observation const& observation);
// The revision that a restatement of this figure takes.
std::int64_t next_revision(db::Session& session, Observation const& figure);
std::string scope_of(db::Session& session, std::string_view place);
// The steps of the flow the actor may take now; four-eyes reasons included.
std::vector<flow::Offer> offers_for(Context& context, Observation const& observation, std::string_view scope);

} // namespace sangu::indicators
