#include "kernel/i18n/catalogue.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <stdexcept>
#include <string>

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
    hash ^= hash >> 32;
    return hash ? hash : 1;
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
        if (key.empty()) continue;
        std::uint64_t const hash = hash_of(key);
        Entry& entry = table_[place_of(hash)];
        if (entry.hash) throw std::runtime_error{"message catalogue: twice, or of one hash: " + std::string{key}};
        entry = {hash, text_at(mo, texts, i)};
        keys_.push_back(key);
    }
    std::ranges::sort(keys_);
}

std::size_t Catalogue::place_of(std::uint64_t hash) const {
    std::size_t const mask = table_.size() - 1;
    std::size_t place = hash & mask;
    while (table_[place].hash && table_[place].hash != hash) place = (place + 1) & mask;
    return place;
}

std::string_view const* Catalogue::find(std::string_view key) const {
    if (key.empty()) return nullptr;
    Entry const& entry = table_[place_of(hash_of(key))];
    return entry.hash ? &entry.text : nullptr;
}

std::vector<std::string_view> Catalogue::keys() const { return keys_; }

} // namespace sangu::i18n
