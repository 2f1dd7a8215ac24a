#pragma once

// A fast checksum against torn and rotten bytes (not against forgery): 64 bits, about the speed of memory.

#include <cstdint>
#include <string_view>

namespace sangu::search {

std::uint64_t checksum(std::string_view bytes);
// The identity of a term: equal on every machine and in every segment.
std::uint64_t term_hash(std::string_view term);

} // namespace sangu::search
