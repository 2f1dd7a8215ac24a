#pragma once

// What a segment knows of one document, exactly: its boost, the lengths of its fields, and each term with its count in
// each field; then the order of the terms (sequence.h). Exact scores, reasons and "more like this" come from here; the
// postings only say where to look.

#include "kernel/search/score/schema.h"
#include "kernel/search/segment/bytes.h"
#include "kernel/search/segment/layout.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace sangu::search {

struct RecordHead {
    double boost = 1;
    FieldCounts lengths{};
    std::uint32_t terms = 0;

    std::size_t main_field() const {
        return static_cast<std::size_t>(std::ranges::max_element(lengths) - lengths.begin());
    }
};

// Terms must be added in ascending order of their numbers.
class RecordWriter {
public:
    RecordWriter(std::string& bytes, RecordHead const& head) : bytes_{bytes}, main_{head.main_field()} {
        append_value(bytes, static_cast<float>(head.boost));
        for (std::uint32_t const length : head.lengths) append_varint(bytes, length);
        append_varint(bytes, head.terms);
    }

    void add(std::uint32_t term, FieldCounts const& counts) {
        std::uint64_t const gap = term - next_;
        next_ = term + 1;
        bool const is_plain = counts[main_] == 1 && std::ranges::count(counts, 0U) == static_cast<long>(fields_max) - 1;
        append_varint(bytes_, gap << 1 | (is_plain ? 1U : 0U));
        if (!is_plain) append_counts(counts);
    }

private:
    // One byte a field: number, "one more follows", and the count when it is below 16.
    void append_counts(FieldCounts const& counts) {
        auto fields = static_cast<std::size_t>(fields_max) - static_cast<std::size_t>(std::ranges::count(counts, 0U));
        for (std::size_t field = 0; field < fields_max; ++field) {
            if (counts[field] == 0) continue;
            unsigned const small = counts[field] < 16 ? counts[field] : 0;
            bytes_ += static_cast<char>(field | (--fields > 0 ? 8U : 0U) | small << 4);
            if (small == 0) append_varint(bytes_, counts[field]);
        }
    }

    std::string& bytes_;
    std::size_t main_;
    std::uint32_t next_ = 0;
};

class RecordReader {
public:
    // Throws CorruptIndex here or in next() when the bytes are no record; the footer of the segment lies behind them,
    // so what is looked at before that can be read.
    explicit RecordReader(std::string_view bytes)
        : at_{bytes.data() + sizeof(float)}, end_{bytes.data() + bytes.size()} {
        if (bytes.size() < sizeof(float)) fail();
        head_.boost = static_cast<double>(load<float>(bytes.data()));
        for (std::uint32_t& length : head_.lengths) length = static_cast<std::uint32_t>(read_varint(at_));
        head_.terms = static_cast<std::uint32_t>(read_varint(at_));
        main_ = head_.main_field();
        left_ = head_.terms;
        if (at_ > end_ || !(head_.boost > 0 && head_.boost <= 1)) fail();
    }

    RecordHead const& head() const { return head_; }
    // False after the last; else term() and counts() are those of the next.
    bool next() {
        if (left_ == 0) return false;
        --left_;
        std::uint64_t const code = read_varint(at_);
        term_ = next_ + static_cast<std::uint32_t>(code >> 1);
        next_ = term_ + 1;
        is_plain_ = (code & 1) != 0;
        place_ = at_;
        if (!is_plain_) skip_counts();
        if (at_ > end_) fail();
        return true;
    }
    // What stands behind the last term.
    std::string_view rest() const { return {at_, static_cast<std::size_t>(end_ - at_)}; }
    std::uint32_t term() const { return term_; }
    // Most terms stand once, in the longest field alone.
    bool is_plain() const { return is_plain_; }
    std::size_t main_field() const { return main_; }
    FieldCounts counts() const {
        FieldCounts counts{};
        if (is_plain_)
            counts[main_] = 1;
        else
            read_counts(place_, counts);
        return counts;
    }

private:
    [[noreturn]] static void fail() { throw CorruptIndex{"the record of a document is not whole"}; }

    void skip_counts() {
        unsigned code = 8;
        while ((code & 8U) != 0 && at_ <= end_) {
            code = static_cast<unsigned char>(*at_++);
            if (code >> 4 == 0) read_varint(at_);
        }
    }
    static void read_counts(char const* at, FieldCounts& counts) {
        unsigned code = 8;
        while ((code & 8U) != 0) {
            code = static_cast<unsigned char>(*at++);
            counts[code & 7U] = code >> 4 != 0 ? code >> 4 : static_cast<std::uint32_t>(read_varint(at));
        }
    }

    char const* at_;
    char const* end_;
    char const* place_ = nullptr;
    RecordHead head_;
    std::size_t main_ = 0;
    std::uint32_t left_ = 0, next_ = 0, term_ = 0;
    bool is_plain_ = false;
};

} // namespace sangu::search
