#include "kernel/hash/fingerprint.h"

#include "base/text.h"
#include "base/wide.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace sangu::hash {

namespace {

using Words = std::array<std::uint64_t, 4>;

constexpr Words keys{0xa0761d6478bd642f, 0xe7037ed1a0b428db, 0x8ebc6af09c88c6e3, 0x589965cc75374cc3};

// Both halves of the product of two words, folded: every bit of the result depends on every bit of both.
std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    UnsignedWide const product = static_cast<UnsignedWide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

Words words_at(char const* bytes, std::size_t size = sizeof(Words)) {
    Words words{};
    std::memcpy(words.data(), bytes, size);
    return words;
}

} // namespace

std::string fingerprint(std::string_view bytes) {
    std::uint64_t first = keys[2] ^ bytes.size(), second = keys[3];
    auto const add = [&](Words const& words) {
        first = mix(words[0] ^ keys[0], words[1] ^ first);
        second = mix(words[2] ^ keys[1], words[3] ^ second);
    };
    std::size_t at = 0;
    for (; bytes.size() - at >= sizeof(Words); at += sizeof(Words)) add(words_at(bytes.data() + at));
    if (at < bytes.size()) add(words_at(bytes.data() + at, bytes.size() - at));
    Words const result{mix(first ^ keys[2], second ^ keys[3]), mix(first ^ keys[1], second ^ keys[0])};
    return to_hex({reinterpret_cast<char const*>(result.data()), 16});
}

} // namespace sangu::hash
