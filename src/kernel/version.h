#pragma once

#include <string_view>

namespace sangu {

// The version of this program, set by the build.
extern std::string_view const version;

} // namespace sangu
