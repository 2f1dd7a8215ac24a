#pragma once

// A record as people and files write it: fields by name, holders with shares, names of inventors, classes. Shared by
// form, API and import.

#include "kernel/http/message.h"
#include "modules/rights/store.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sangu::rights {

// What was typed for the parts of a right, kept as it was for showing the form again.
struct TypedParts {
    std::vector<std::pair<std::string, std::string>> holders; // name, share
    std::string inventors;                                    // one a line, or separated by ; ； 、
    std::string classes;                                      // likewise: "B61F 5/38", "cpc B61F 5/38"
};

TypedParts parts_in(http::Pairs const& form);
TypedParts parts_in(RightRecord const& record);
// "中车株洲所 60%；中南大学 40%": the share is what follows the last blank or "|" and looks like one.
std::vector<std::pair<std::string, std::string>> holders_in(std::string_view text);
std::string holders_text(std::vector<Holder> const& holders); // what holders_in reads

// Fills in the parts of `record`; what cannot be read goes to `problems`.
void read_parts(TypedParts const& typed, RightRecord& record, Problems& problems);
// The fields of a right out of a form (blank ones keep the default) and its parts.
Problems read_form(http::Pairs const& form, RightRecord& record);

} // namespace sangu::rights
