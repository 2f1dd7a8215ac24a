#pragma once

// When two names mean the same organisation. Pure: no clock, no database.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::registry {

// A name without what people write differently: folded (full and half width, traditional and simplified, capitals),
// without punctuation and blanks, without the legal form (股份有限公司, 有限责任公司, Co., Ltd.) and without 省 and 市.
struct NameCore {
    std::vector<std::string> characters;
    std::vector<std::string> sounds; // of each character, without tones

    bool empty() const { return characters.empty(); }
};
NameCore core_of(std::string_view name);

// How alike two names are, weakest first.
enum class Likeness : std::uint8_t {
    none,
    near,  // a character more, less or in another order
    sound, // other characters that sound the same
    same,  // the same name written differently
};
// `same_region`: both are known to be in one city; `other_region`: known to be in different cities.
struct Region {
    bool same = false, other = false;
};
Likeness likeness(NameCore const& a, NameCore const& b, Region region);

// Keys under which a name is stored and asked for: sums of the hashes of its sounds, in any order. Two names that are
// alike (likeness() above `none`) share a key of stored_blocks(a) and asked_blocks(b), unless the character that one of
// them lacks is no letter and has no reading. Hardly any others do, however many names begin or end alike. One key is
// stored; some five hundred are asked for.
std::vector<std::int64_t> stored_blocks(NameCore const& core);
std::vector<std::int64_t> asked_blocks(NameCore const& core);

} // namespace sangu::registry
