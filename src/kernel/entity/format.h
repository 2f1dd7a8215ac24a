#pragma once

// Named formats of text fields: field<&P::mail>().format("email"). Each check takes a text that is not empty.
// The refusal of a text is the message "error.format.<name>"; of an identifier with a check (identifiers.h)
// "error.format.<name>.<problem>".

#include "kernel/entity/identifiers.h"

#include <array>
#include <string>
#include <string_view>

namespace sangu::entity {

bool is_email(std::string_view text); // ASCII addresses without comments or quoted parts
bool is_url(std::string_view text);   // http and https only, without user name and password
bool is_phone(std::string_view text); // Chinese mobile and fixed numbers, service numbers, "+" and 6–15 digits
bool is_uscc(std::string_view text);  // see uscc_problem
bool is_slug(std::string_view text);  // a–z, 0–9, "_" and "-"

struct Format {
    std::string_view name;
    bool (*accepts)(std::string_view text);
    std::string_view (*problem)(std::string_view text) = nullptr; // instead of `accepts`
};

inline constexpr std::array formats{Format{"doi", nullptr, doi_problem},
                                    Format{"email", is_email},
                                    Format{"issn", nullptr, issn_problem},
                                    Format{"orcid", nullptr, orcid_problem},
                                    Format{"patent_application", nullptr, patent_application_problem},
                                    Format{"phone", is_phone},
                                    Format{"slug", is_slug},
                                    Format{"url", is_url},
                                    Format{"uscc", nullptr, uscc_problem}};

constexpr bool is_known_format(std::string_view name) {
    for (Format const& format : formats)
        if (format.name == name) return true;
    return false;
}

// The message of what is wrong with `text`; "" when it has the named format. Names that do not exist accept nothing.
std::string format_problem(std::string_view name, std::string_view text);
bool has_format(std::string_view name, std::string_view text);

} // namespace sangu::entity
