#pragma once

// Rules are pure: no clock, no database. They are tested without either.

#include "base/result.h"
#include "modules/greetings/entities.h"

namespace sangu::greetings {

// A greeting is not written ahead: "greetings.error.future_day" at the field.
Problems check(Greeting const& greeting, Date today);

} // namespace sangu::greetings
