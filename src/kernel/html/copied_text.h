#pragma once

// Text that an element keeps until it is written. Most texts of a page are short, so they are kept without allocation.

#include <cstddef>
#include <cstring>
#include <string_view>

namespace sangu::html::detail {

class CopiedText {
public:
    explicit CopiedText(std::string_view text) : size_{text.size()} {
        if (is_long()) {
            char* const copy = new char[size_];
            std::memcpy(copy, text.data(), size_);
            std::memcpy(bytes_, &copy, sizeof copy);
        } else if (size_ > 0)
            std::memcpy(bytes_, text.data(), size_);
    }
    CopiedText(CopiedText const& other) : CopiedText{std::string_view{other}} {}
    CopiedText(CopiedText&& other) noexcept : size_{other.size_} {
        std::memcpy(bytes_, other.bytes_, sizeof bytes_); // all of them: without a branch
        other.size_ = 0;
    }
    CopiedText& operator=(CopiedText const&) = delete;
    CopiedText& operator=(CopiedText&&) = delete;
    ~CopiedText() {
        if (is_long()) delete[] allocated();
    }

    operator std::string_view() const { // NOLINT(google-explicit-constructor)
        return {is_long() ? allocated() : bytes_, size_};
    }

private:
    bool is_long() const { return size_ > sizeof bytes_; }
    char const* allocated() const {
        char const* result = nullptr;
        std::memcpy(&result, bytes_, sizeof result);
        return result;
    }

    std::size_t size_;
    char bytes_[56]{}; // the text (18 Chinese characters fit), or the address of a longer one
};

} // namespace sangu::html::detail
