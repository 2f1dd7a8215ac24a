#pragma once

// Dates as people write them in files, beyond what forms take (entity::from_plain_text).

#include "base/time.h"
#include "kernel/imports/mapping.h"

#include <optional>
#include <string>
#include <string_view>

namespace sangu::imports {

// "2017-09-01", "2017/9/1", "2017年9月1日", "20170901", "1 Sep 2017", "September 1, 2017", each also followed by a time
// of day, which is cut; "9/1/2017", "9-1-2017" and "9.1.2017" only when `order` is known. Years have four digits.
std::optional<Date> parse_file_date(std::string_view text, DateOrder order);
// Whether the text begins with two small numbers before the year: "03/04/2015". `month_first` and `day_first` say what
// it could mean.
struct TwoNumbers {
    bool month_first = false, day_first = false;
};
std::optional<TwoNumbers> two_numbers(std::string_view text);

// What the values of one column say about the order.
class OrderEvidence {
public:
    void add(std::string_view text, std::int64_t line);
    // True when there are dates whose order must be known and no value or only contradicting values decide it.
    bool is_ambiguous() const { return dates_ > 0 && known() == DateOrder::unknown; }
    bool is_contradicting() const { return month_first_line_ && day_first_line_; }
    DateOrder known() const;
    std::int64_t line() const { return month_first_line_ ? month_first_line_ : day_first_line_; } // that decides it
    std::string const& text() const { return text_; } // of that line, or the first date without a known order

private:
    std::int64_t dates_ = 0, month_first_line_ = 0, day_first_line_ = 0;
    std::string text_;
};

} // namespace sangu::imports
