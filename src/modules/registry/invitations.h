#pragma once

// Making somebody a member, by whichever proof.

#include "kernel/context.h"
#include "modules/registry/entities.h"

#include <string>

namespace sangu::registry {

// From today. Refuses "registry.membership.already" for somebody who is one.
Result<void> become_member(Context& context, Change& change, Id<Organisation> const& organisation,
                           std::string const& account_id, std::string const& position, std::string const& scope);

} // namespace sangu::registry
