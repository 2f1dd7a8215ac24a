#pragma once

// Checks of the library of standards before and after something is stored.

#include "kernel/context.h"
#include "modules/standards/entities.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::standards {

// "gb/t42748—2023" → "GB/T 42748-2023": half width, capitals before the digits, one blank, a plain hyphen.
std::string tidy_number(std::string_view typed);
// The lines of a text without blank ones and repetitions.
std::vector<std::string> lines_of(std::string_view text);

// Tidies number and lists, gives the scope of the leading organisation, and refuses a chain of replacements that comes
// back to where it began ("standards.error.cycle").
Result<void> before_standard(Context& context, db::Session& session, void const* before_or_null, void* after);
// Keeps the rows of standards_drafter.
Result<void> after_standard(Context& context, Change& change, void const* before_or_null, void const* after);

std::string scope_of_standard(void const* standard);

} // namespace sangu::standards
