#pragma once

// Named formats of text fields: field<&P::mail>().format("email"). Each check takes a text that is not empty.
// The refusal of a text is the message "error.format.<name>".

#include <array>
#include <string_view>

namespace sangu::entity {

bool is_email(std::string_view text); // ASCII addresses without comments or quoted parts
bool is_url(std::string_view text);   // http and https only, without user name and password
bool is_phone(std::string_view text); // Chinese mobile and fixed numbers, service numbers, "+" and 6–15 digits
// Unified social credit code (GB 32100-2015): 18 upper-case characters; both the check character of the
// code and that of the organisation code within it (GB 11714) must be right.
bool is_uscc(std::string_view text);
bool is_slug(std::string_view text); // a–z, 0–9, "_" and "-"

struct Format {
    std::string_view name;
    bool (*accepts)(std::string_view text);
};

inline constexpr std::array formats{Format{"email", is_email}, Format{"phone", is_phone}, Format{"slug", is_slug},
                                    Format{"url", is_url}, Format{"uscc", is_uscc}};

constexpr bool is_known_format(std::string_view name) {
    for (Format const& format : formats)
        if (format.name == name) return true;
    return false;
}

// True when `text` has the named format; a name that does not exist accepts nothing.
bool has_format(std::string_view name, std::string_view text);

} // namespace sangu::entity
