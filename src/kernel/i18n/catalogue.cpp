#include "kernel/i18n/catalogue.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <stdexcept>

namespace sangu::i18n {
namespace {

constexpr std::uint32_t mo_magic = 0x950412de;

std::uint32_t number_at(std::string_view mo, std::size_t offset) {
    if (offset > mo.size() || mo.size() - offset < 4) throw std::runtime_error{"message catalogue: cut off"};
    std::uint32_t number = 0;
    std::memcpy(&number, mo.data() + offset, 4);
    return number;
}

std::string_view text_at(std::string_view mo, std::size_t table, std::size_t index) {
    std::size_t const length = number_at(mo, table + index * 8);
    std::size_t const start = number_at(mo, table + index * 8 + 4);
    if (start > mo.size() || mo.size() - start < length) throw std::runtime_error{"message catalogue: cut off"};
    return mo.substr(start, length);
}

// Eight bytes at a time: keys are 10 to 40 bytes long and a lookup stands behind every label of a page.
std::uint64_t hash_of(std::string_view key) {
    std::uint64_t hash = key.size() * 0x9e3779b97f4a7c15u;
    auto const mix = [&hash](char const* bytes, std::size_t count) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes, count);
        hash = std::rotl((hash ^ word) * 0xff51afd7ed558ccdu, 31);
    };
    std::size_t at = 0;
    for (; at + 8 <= key.size(); at += 8) mix(key.data() + at, 8);
    if (at < key.size()) mix(key.data() + at, key.size() - at);
    return hash ^ hash >> 32;
}

} // namespace

Catalogue::Catalogue(std::string_view mo) {
    static_assert(std::endian::native == std::endian::little);
    if (number_at(mo, 0) != mo_magic) throw std::runtime_error{"message catalogue: not a little-endian .mo file"};
    std::size_t const count = number_at(mo, 8);
    std::size_t const keys = number_at(mo, 12);
    std::size_t const texts = number_at(mo, 16);
    if (count > mo.size()) throw std::runtime_error{"message catalogue: cut off"};
    table_.assign(std::bit_ceil(count * 4 + 1), {});
    for (std::size_t i = 0; i < count; ++i) {
        std::string_view const key = text_at(mo, keys, i);
        if (!key.empty()) table_[place_of(key)] = {key, text_at(mo, texts, i)};
    }
}

std::size_t Catalogue::place_of(std::string_view key) const {
    std::size_t const mask = table_.size() - 1;
    std::size_t place = hash_of(key) & mask;
    while (!table_[place].key.empty() && table_[place].key != key) place = (place + 1) & mask;
    return place;
}

std::string_view const* Catalogue::find(std::string_view key) const {
    Entry const& entry = table_[place_of(key)];
    return entry.key.empty() ? nullptr : &entry.text;
}

std::vector<std::string_view> Catalogue::keys() const {
    std::vector<std::string_view> all;
    for (Entry const& entry : table_)
        if (!entry.key.empty()) all.push_back(entry.key);
    std::ranges::sort(all);
    return all;
}

} // namespace sangu::i18n
