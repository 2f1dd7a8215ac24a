#include "kernel/search/segment/checksum.h"

#include "base/wide.h"

#include <algorithm>
#include <cstring>

namespace sangu::search {
namespace {

constexpr std::uint64_t keys[] = {0xa0761d6478bd642f, 0xe7037ed1a0b428db, 0x8ebc6af09c88c6e3, 0x589965cc75374cc3};

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    UnsignedWide const product = static_cast<UnsignedWide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t word_at(char const* bytes, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, std::min<std::size_t>(size, 8));
    return word;
}

} // namespace

std::uint64_t checksum(std::string_view bytes) {
    std::uint64_t first = keys[2] ^ bytes.size(), second = keys[3];
    std::size_t at = 0;
    for (; bytes.size() - at >= 32; at += 32) {
        char const* const place = bytes.data() + at;
        first = mix(word_at(place, 8) ^ keys[0], word_at(place + 8, 8) ^ first);
        second = mix(word_at(place + 16, 8) ^ keys[1], word_at(place + 24, 8) ^ second);
    }
    for (; at < bytes.size(); at += 8) first = mix(word_at(bytes.data() + at, bytes.size() - at) ^ keys[1], first);
    return mix(first ^ keys[2], second ^ keys[0]);
}

std::uint64_t term_hash(std::string_view term) { return checksum(term); }

} // namespace sangu::search
