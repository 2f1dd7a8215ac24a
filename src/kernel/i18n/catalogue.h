#pragma once

// One language's messages: the string table of a compiled gettext catalogue (.mo) behind a hash table.

#include <cstdint>
#include <string_view>
#include <vector>

namespace sangu::i18n {

class Catalogue {
public:
    Catalogue() = default;
    // `mo` must outlive the catalogue: nothing is copied. Throws std::runtime_error when it is not a little-endian
    // .mo file or points outside itself.
    explicit Catalogue(std::string_view mo);

    // The text, or nullptr when the key is missing. Thread-safe.
    std::string_view const* find(std::string_view key) const;
    std::vector<std::string_view> keys() const; // sorted

private:
    // Told apart by the hash of the key alone, which saves looking at the key: the constructor refuses two keys of one
    // hash, and a key that is in no catalogue meets the hash of one that is once in 2^50 times.
    struct Entry {
        std::uint64_t hash = 0; // 0: a free place
        std::string_view text;
    };
    std::size_t place_of(std::uint64_t hash) const;

    std::vector<Entry> table_ = std::vector<Entry>(1); // a power of two, at most a quarter full
    std::vector<std::string_view> keys_;               // sorted
};

} // namespace sangu::i18n
