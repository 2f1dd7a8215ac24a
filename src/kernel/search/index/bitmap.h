#pragma once

// A set of documents of one segment.

#include <bit>
#include <cstdint>
#include <vector>

namespace sangu::search {

class Bitmap {
public:
    explicit Bitmap(std::uint32_t size = 0, bool all = false)
        : words_((size + 63) / 64, all ? ~std::uint64_t{0} : 0), size_{size} {
        trim();
    }

    std::uint32_t size() const { return size_; }
    bool has(std::uint32_t at) const { return (words_[at / 64] >> (at % 64) & 1) != 0; }
    void add(std::uint32_t at) { words_[at / 64] |= std::uint64_t{1} << (at % 64); }
    void remove(std::uint32_t at) { words_[at / 64] &= ~(std::uint64_t{1} << (at % 64)); }
    std::uint32_t count() const {
        std::uint32_t count = 0;
        for (std::uint64_t const word : words_) count += static_cast<std::uint32_t>(std::popcount(word));
        return count;
    }
    Bitmap& operator&=(Bitmap const& other) {
        for (std::size_t at = 0; at < words_.size(); ++at) words_[at] &= other.words_[at];
        return *this;
    }
    Bitmap& operator|=(Bitmap const& other) {
        for (std::size_t at = 0; at < words_.size(); ++at) words_[at] |= other.words_[at];
        return *this;
    }
    Bitmap& invert() {
        for (std::uint64_t& word : words_) word = ~word;
        trim();
        return *this;
    }
    template <class F> void for_each(F const& function) const {
        for (std::size_t at = 0; at < words_.size(); ++at)
            for (std::uint64_t word = words_[at]; word != 0; word &= word - 1)
                function(static_cast<std::uint32_t>(at * 64 + static_cast<std::size_t>(std::countr_zero(word))));
    }
    std::vector<std::uint64_t> const& words() const { return words_; }
    bool operator==(Bitmap const&) const = default;

private:
    void trim() {
        if (size_ % 64 != 0) words_.back() &= (std::uint64_t{1} << (size_ % 64)) - 1;
    }

    std::vector<std::uint64_t> words_;
    std::uint32_t size_;
};

} // namespace sangu::search
