#pragma once

// Copies of many short texts side by side in a few blocks, for rows that live as long as one page: one allocation for
// hundreds of texts, and the rows themselves hold views.

#include <cstddef>
#include <cstring>
#include <memory>
#include <memory_resource>
#include <string_view>

namespace sangu {

class TextPool {
public:
    explicit TextPool(std::size_t first_block = 16384)
        : memory_{std::make_unique<std::pmr::monotonic_buffer_resource>(first_block)} {}

    // A copy of the text that lasts as long as the pool, also when the pool is moved.
    std::string_view keep(std::string_view text) {
        if (text.empty()) return {};
        auto* const copy = static_cast<char*>(memory_->allocate(text.size(), 1));
        std::memcpy(copy, text.data(), text.size());
        return {copy, text.size()};
    }

private:
    std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_;
};

} // namespace sangu
