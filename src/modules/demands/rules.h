#pragma once

// What demands and talent postings must be and what makes them good ones. Pure; the hints are tables.

#include "modules/demands/entities.h"

namespace sangu::demands {

Problems check_demand(library::Filled const& entry);
Problems check_talent(library::Filled const& entry);
std::vector<library::Hint> demand_hints();
std::vector<library::Hint> talent_hints();

} // namespace sangu::demands
