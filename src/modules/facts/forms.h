#pragma once

// Figures in the shape of the forms that ask for them.

#include "modules/facts/rules.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::facts {

struct FormCell {
    std::string label, value;
};
inline constexpr std::string_view form_names[] = {"high_tech_filing", "tech_sme_assessment",
                                                  "innovative_sme_assessment"};
// The cells of a form for a year, in the reader's language and the form's units (10,000 yuan); an empty value: nobody
// gave the figure. Nothing for a form that does not exist.
std::vector<FormCell> form_cells(std::string_view form, Context const& context,
                                 registry::OrganisationCard const& organisation, Years const& years,
                                 std::vector<Score> const& scores);

} // namespace sangu::facts
