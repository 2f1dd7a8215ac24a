#pragma once

// SHA-256 of secrets and comparison in constant time.

#include "kernel/hash/sha256.h"

#include <string>
#include <string_view>

namespace sangu::auth {

using hash::sha256_hex;
std::string sha256(std::string_view data); // 32 bytes
// Takes the same time wherever the first difference is; different lengths are unequal.
bool equal_in_constant_time(std::string_view a, std::string_view b);

} // namespace sangu::auth
