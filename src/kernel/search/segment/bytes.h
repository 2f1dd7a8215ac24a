#pragma once

// Little-endian numbers and variable-length integers in the bytes of a segment.

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace sangu::search {

static_assert(std::endian::native == std::endian::little, "segments are mapped as they are");

template <class T>
    requires std::is_trivially_copyable_v<T>
T load(char const* bytes) {
    T value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

template <class T>
    requires std::is_trivially_copyable_v<T>
void append_value(std::string& bytes, T value) {
    bytes.append(reinterpret_cast<char const*>(&value), sizeof value);
}

inline void append_varint(std::string& bytes, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
    bytes += static_cast<char>(value);
}

// Reads what append_varint wrote, and moves on: at most ten bytes, so whoever reads where somebody else may have
// written sees to it that ten more can be read.
inline std::uint64_t read_varint(char const*& bytes) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        auto const byte = static_cast<unsigned char>(*bytes++);
        value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if (byte < 0x80) break;
    }
    return value;
}

} // namespace sangu::search
