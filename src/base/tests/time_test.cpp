#include "base/time.h"
#include "base/time_zone.h"

#include <gtest/gtest.h>

namespace sangu {

TEST(Date, refuses_days_that_do_not_exist) {
    EXPECT_FALSE(parse_date("2023-02-30"));
    EXPECT_FALSE(parse_date("2023-02-29"));
    EXPECT_TRUE(parse_date("2024-02-29"));
    EXPECT_FALSE(parse_date("2024-2-9"));
    EXPECT_FALSE(parse_date("2024-02-29 "));
    EXPECT_FALSE(parse_date("2023-04-31"));
    EXPECT_FALSE(parse_date("2023-13-01"));
    EXPECT_FALSE(parse_date("2023-00-10"));
    EXPECT_FALSE(parse_date("2023-10-00"));
    EXPECT_FALSE(parse_date("0000-01-01"));
}

TEST(Date, takes_no_byte_that_is_not_a_digit) {
    std::string const right = "2017-11-11";
    for (std::size_t at = 0; at < right.size(); ++at)
        for (int byte = 0; byte < 256; ++byte) {
            std::string text = right;
            text[at] = static_cast<char>(byte);
            bool const is_dash = at == 4 || at == 7;
            bool const fits = is_dash ? byte == '-' : byte >= '0' && byte <= '9';
            if (fits) continue;
            EXPECT_FALSE(parse_date(text)) << at << " " << byte;
        }
}

TEST(Date, text_reads_back) {
    for (char const* text : {"1970-01-01", "2017-04-06", "2019-12-31", "1899-03-01"})
        EXPECT_EQ(to_text(*parse_date(text)), text);
}

TEST(Instant, reads_offsets_and_fractions) {
    EXPECT_EQ(to_text(*parse_instant("2025-03-31T16:00:00+08:00")), "2025-03-31T08:00:00.000Z");
    EXPECT_EQ(to_text(*parse_instant("2025-03-31T08:00:00.1239Z")), "2025-03-31T08:00:00.123Z");
    EXPECT_FALSE(parse_instant("2025-03-31T08:00:00"));
    EXPECT_FALSE(parse_instant("2025-03-31T24:00:00Z"));
}

TEST(TimeZone, knows_summer_time_of_1988) {
    EXPECT_EQ(local(*parse_instant("1988-07-01T00:00:00Z")).hour, 9);
    EXPECT_EQ(local(*parse_instant("2025-07-01T00:00:00Z")).hour, 8);
    EXPECT_EQ(to_text(local_date(*parse_instant("2025-06-30T16:00:00Z"))), "2025-07-01");
    EXPECT_EQ(to_text(start_of(*parse_date("2025-07-01"))), "2025-06-30T16:00:00.000Z");
}

} // namespace sangu
