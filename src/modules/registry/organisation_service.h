#pragma once

// Organisations as officers and their own members keep them.

#include "kernel/context.h"
#include "kernel/resource/resource.h"
#include "modules/registry/entities.h"

#include <string>

namespace sangu::registry {

inline constexpr std::string_view organisation_edit = "registry.organisation.edit";

// What generic lists, import and API know about organisations.
resource::Resource const& organisation_resource();

// An officer of the organisation's place, or a member who speaks for it.
bool may_edit(Context& context, Organisation const& organisation);

Result<std::string> create_organisation(Context& context, Organisation organisation);
// Stores `after`; "error.stale" when `before` is no longer what is stored. A member cannot move the organisation to
// another place or change its credit code: these are an officer's.
Result<void> save_organisation(Context& context, Organisation const& before, Organisation after);
// Somebody who may edit says that all is still right: the page then shows the day.
Result<void> confirm_organisation(Context& context, Organisation const& organisation);

} // namespace sangu::registry
