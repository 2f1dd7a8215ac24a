#pragma once

// Text inside XML that this program writes.

#include <string>
#include <string_view>

namespace sangu::xml {

// & < > and quotes escaped; characters that XML 1.0 cannot carry (controls, U+FFFE, U+FFFF) become U+FFFD.
std::string text(std::string_view utf8);

} // namespace sangu::xml
