#pragma once

// A fast fingerprint of large texts, to see whether a page is still the one a browser has. It tells accidents apart,
// not forgeries: whatever must resist people uses sha256.h.

#include <string>
#include <string_view>

namespace sangu::hash {

std::string fingerprint(std::string_view bytes); // 128 bits as 32 lower-case hexadecimal characters

} // namespace sangu::hash
