#pragma once

// One step of an entry inside a change that is already being written.

#include "modules/library/service.h"

namespace sangu::library {

// Checks the actor, takes the step, stores the entry with audit record and event. Refuses as flow::take does, and
// "library.error.own_entry" when an officer decides about an entry of their own.
Result<Entry> take_step(Context const& context, Change& change, Entry const& before, bool owner,
                        std::string_view action, StepInput const& input, Terms const& terms);

} // namespace sangu::library
