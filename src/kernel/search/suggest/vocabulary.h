#pragma once

// The values of one facet in one segment, as suggestions need them: folded, sorted, and with their documents. Made when
// a segment is first asked, some microseconds a value; 4 bytes for each character and 24 for each value.

#include "kernel/search/index/bitmap.h"
#include "kernel/search/segment/segment.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::search {

// Which letters a text has, as a set that is a little too small: 64 classes.
std::uint64_t letters_of(std::u32string_view text);
// Longer texts are cut.
std::u32string folded(std::string_view text);

class Vocabulary {
public:
    struct Value {
        std::uint32_t number; // in the facet
        std::uint32_t begin, size;
        std::uint64_t letters;
    };

    Vocabulary(Segment const& segment, std::size_t facet);

    std::vector<Value> const& values() const { return values_; } // by folded text
    std::u32string_view text(Value const& value) const {
        return std::u32string_view{text_}.substr(value.begin, value.size);
    }
    // How many of the documents have it.
    std::uint64_t count(Value const& value, Bitmap const& documents) const;

private:
    std::u32string text_;
    std::vector<Value> values_;
    std::vector<std::uint32_t> starts_, documents_; // of each number
};

} // namespace sangu::search
