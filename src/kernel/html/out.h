#pragma once

// The buffer pages are written into. It grows without being cleared first; take() copies what was written, once.
// Everything but raw() escapes; raw() is for markup this program made itself.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sangu::html {

class Out {
public:
    // Takes the thread's spare buffer when that is large enough, and leaves its own as the spare in the end: a page
    // needs some 64 KB, which an allocator gives and takes back at a price.
    explicit Out(std::size_t capacity = 16384);
    ~Out();
    Out(Out const&) = delete;
    Out& operator=(Out const&) = delete;

    // Makes room for `more` further bytes at once.
    void reserve(std::size_t more) {
        if (static_cast<std::size_t>(end_ - next_) < more) [[unlikely]]
            grow(more);
    }
    void raw(std::string_view trusted) {
        reserve(trusted.size());
        __builtin_memcpy(next_, trusted.data(), trusted.size());
        next_ += trusted.size();
    }
    // The same for a length known to the compiler: becomes a few plain stores.
    template <std::size_t N> void fixed(char const* trusted) {
        reserve(N);
        __builtin_memcpy(next_, trusted, N);
        next_ += N;
    }
    void text(std::string_view untrusted); // & < > " ' escaped: right between tags and inside quoted attributes
    void integer(std::int64_t number);
    void natural(std::uint64_t number);
    void real(double number);
    // JSON inside <script type="application/json">: no '<' survives, so nothing can end the element.
    void json(std::string_view serialised);

    std::string_view view() const { return {buffer_.get(), size()}; }
    std::size_t size() const { return static_cast<std::size_t>(next_ - buffer_.get()); }
    std::string take(); // what was written; the buffer is empty afterwards

    // Writes any content: text, numbers, elements, callbacks (html.h).
    template <class Content> Out& operator<<(Content const& content);

private:
    void grow(std::size_t more);

    std::unique_ptr<char[]> buffer_;
    char* next_; // the end of what was written
    char* end_;  // of what is reserved
};

} // namespace sangu::html
