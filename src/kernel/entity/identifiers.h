#pragma once

// Identifiers that carry a check. Each function says what is wrong with a text that is not empty: "" when nothing is,
// else the end of the message "error.format.<format>.<problem>", so that a person knows which character to look at.

#include <string>
#include <string_view>

namespace sangu::entity {

// Unified social credit code (GB 32100-2015): 18 upper-case characters without I, O, S, V, Z. "length", "character",
// "organisation_check" (character 17, GB 11714, of the organisation code in 9 to 17), "check" (character 18).
std::string_view uscc_problem(std::string_view text);
// Patent application number (ZC 0006-2003) as "201310699744.2", or as before 1 October 2003 "95115608.X": year, kind
// (1 invention, 2 utility model, 3 design, 8 and 9 from a PCT application), serial, check. "length", "character",
// "year", "kind", "check". "CN" or "ZL" before it is allowed.
std::string_view patent_application_problem(std::string_view text);
// The bare form of a patent application number: no prefix, no blanks, upper case.
std::string bare_patent_application(std::string_view text);
// ORCID iD "0000-0002-1825-0097" (ISO 7064 MOD 11-2): "form", "check".
std::string_view orcid_problem(std::string_view text);
// ISSN "0317-8471" (ISO 3297): "form", "check".
std::string_view issn_problem(std::string_view text);
// DOI "10.1000/182" (ISO 26324), which has no check: "form".
std::string_view doi_problem(std::string_view text);

} // namespace sangu::entity
