#include "base/id.h"

#include "base/wide.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <random>
#include <string_view>

namespace sangu {

namespace {

constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

struct Bits {
    std::uint64_t high;
    std::uint64_t low;
};

// 128 bits in 26 digits of 5 bits; the first digit holds the top 3 bits.
std::string encode(Bits bits) {
    std::string text(26, '0');
    UnsignedWide value = (static_cast<UnsignedWide>(bits.high) << 64) | bits.low;
    for (std::size_t i = text.size(); i-- > 0; value >>= 5) text[i] = alphabet[static_cast<std::size_t>(value & 31)];
    return text;
}

std::uint64_t random_bits() {
    thread_local std::mt19937_64 generator = [] {
        std::random_device device;
        std::array<std::uint32_t, 8> seed{};
        for (auto& word : seed) word = device();
        std::seed_seq sequence(seed.begin(), seed.end());
        return std::mt19937_64{sequence};
    }();
    return generator();
}

} // namespace

std::string new_id() {
    using namespace std::chrono;
    static std::mutex mutex;
    static std::uint64_t last_ms = 0;
    static std::uint32_t counter = 0; // 12 bits of rand_a used as a counter (RFC 9562, 6.2 method 1)

    std::uint64_t ms =
        static_cast<std::uint64_t>(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
    std::uint32_t sequence = 0;
    {
        std::lock_guard lock{mutex};
        if (ms <= last_ms) {
            ms = last_ms;
            if (++counter > 0xFFF) {
                counter = 0;
                ++ms;
            }
        } else {
            counter = static_cast<std::uint32_t>(random_bits() & 0x7F);
        }
        last_ms = ms;
        sequence = counter;
    }
    return encode({(ms << 16) | 0x7000 | sequence, (random_bits() >> 2) | 0x8000'0000'0000'0000});
}

bool is_id(std::string_view text) {
    return text.size() == 26 && text.find_first_not_of(alphabet) == std::string_view::npos;
}

} // namespace sangu
