#include "kernel/imports/cell.h"
#include "kernel/imports/dates.h"

#include <gtest/gtest.h>

namespace sangu::imports {
namespace {

std::string date(std::string_view text, DateOrder order = DateOrder::unknown) {
    auto const parsed = parse_file_date(text, order);
    return parsed ? to_text(*parsed) : "-";
}

TEST(FileDates, that_begin_with_the_year_or_name_the_month_need_no_order) {
    for (char const* text : {"2017-09-01", "2017/9/1", "2017.9.1", "2017年9月1日", "２０１７年９月１日", "20170901",
                             "1 Sep 2017", "September 1, 2017", "1st September 2017", "01-SEP-2017", "2017-09-01 08:30",
                             "2017-09-01T08:30:00", "2017/9/1 8:30:00"})
        EXPECT_EQ(date(text), "2017-09-01") << text;
}

TEST(FileDates, with_two_small_numbers_in_front_are_read_by_the_order_alone) {
    EXPECT_EQ(date("03/04/2015"), "-");
    EXPECT_EQ(date("03/04/2015", DateOrder::month_first), "2015-03-04");
    EXPECT_EQ(date("03/04/2015", DateOrder::day_first), "2015-04-03");
    EXPECT_EQ(date("24/06/2016", DateOrder::month_first), "-") << "never turned round silently";
    EXPECT_EQ(date("2016-06-24", DateOrder::day_first), "2016-06-24");
}

TEST(FileDates, that_do_not_exist_or_have_short_years_are_no_dates) {
    for (char const* text :
         {"2017-02-30", "20170230", "1/2/15", "31 Feb 2017", "soon", "", "2017", "99999999", "0/0/2017"})
        EXPECT_EQ(date(text, DateOrder::month_first), "-") << text;
}

TEST(OrderOfDates, is_decided_by_a_number_above_twelve_and_by_nothing_else) {
    OrderEvidence open;
    open.add("03/04/2015", 2);
    open.add("2017-01-01", 3);
    EXPECT_TRUE(open.is_ambiguous());
    open.add("10/24/2015", 4);
    EXPECT_EQ(open.known(), DateOrder::month_first);
    EXPECT_EQ(open.line(), 4);
    EXPECT_EQ(open.text(), "10/24/2015");
    open.add("24/10/2015", 5);
    EXPECT_TRUE(open.is_contradicting());
    EXPECT_TRUE(open.is_ambiguous());
    OrderEvidence none;
    none.add("2017-01-01", 2);
    EXPECT_FALSE(none.is_ambiguous()) << "no date needs an order";
}

TEST(Numbers, are_moved_exactly_by_their_unit) {
    EXPECT_EQ(shifted_number("1,234.5", 4), "12345000");
    EXPECT_EQ(shifted_number("0.1234567", 4), "01234.567");
    EXPECT_EQ(shifted_number("12.5万元", 0), "125000");
    EXPECT_EQ(shifted_number("3亿", 4), "300000000") << "the cell's own unit wins";
    EXPECT_EQ(shifted_number("￥1,200 元", 0), "1,200");
    EXPECT_EQ(shifted_number("12,34", 4), "12,34") << "a wrong separator is left for the parser to refuse";
    EXPECT_EQ(shifted_number("1,23,456", 4), "1,23,456");
    EXPECT_EQ(shifted_number("-2", 4), "-20000");
    EXPECT_EQ(shifted_number("many", 0), "many");
}

TEST(Mappings, survive_being_stored) {
    Mapping const mapping{{{"名称", "name"},
                           {"日期 \"x\"", "since", DateOrder::day_first},
                           {"金额（万元）", "price", DateOrder::unknown, 4}},
                          {{"kind", "university"}},
                          true};
    EXPECT_EQ(mapping_from(to_json(mapping)), mapping);
    EXPECT_EQ(mapping_from("not json"), Mapping{});
}

TEST(NamesOfColumns, are_compared_without_case_width_script_and_brackets) {
    EXPECT_EQ(bare_name("統一社會信用代碼"), bare_name("统一社会信用代码"));
    EXPECT_EQ(bare_name("项目 金额（万元）"), "项目金额");
    EXPECT_EQ(bare_name("Ｎａｍｅ_EN"), "nameen");
    EXPECT_EQ(shift_of("金额（万元）"), 4);
    EXPECT_EQ(shift_of("產值（億元）"), 8);
    EXPECT_EQ(shift_of("人数"), 0);
}

} // namespace
} // namespace sangu::imports
