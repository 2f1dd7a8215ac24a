#include "modules/rights/freedom.h"
#include "modules/rights/input.h"
#include "modules/rights/mapping.h"
#include "modules/rights/numbers.h"
#include "modules/rights/shares.h"
#include "modules/rights/terms.h"

#include <gtest/gtest.h>

namespace sangu::rights {
namespace {

Date day(std::string_view text) { return parse_date(text).value(); }

std::string problem_of(std::string_view number) {
    auto const read = read_application_number(number, "application_number");
    return read ? "" : read.error().problems.at(0).key;
}

TEST(ApplicationNumbers, real_ones_pass_in_every_way_people_write_them) {
    for (std::string_view const number :
         {"95115608.X", "97101765.4", "90101673.X", "201310699744.2", "CN201310699744.2", "ZL201310699744.2",
          "ZL 2013 1 0699744.2", "2013106997442", "zl95115608.x", "２０１３１０６９９７４４.２"})
        EXPECT_EQ(problem_of(number), "") << number;
    EXPECT_EQ(read_application_number("cn 95115608.x", "")->text, "95115608.X");
    EXPECT_EQ(read_application_number("95115608.X", "")->year, 1995);
    EXPECT_EQ(read_application_number("201310699744.2", "")->year, 2013);
}

TEST(ApplicationNumbers, wrong_ones_say_what_is_wrong) {
    EXPECT_EQ(problem_of("201310699744.3"), "rights.number.check_digit");
    EXPECT_EQ(problem_of("201310699745.2"), "rights.number.check_digit");
    EXPECT_EQ(problem_of("201310699744"), "rights.number.no_check_digit");
    EXPECT_EQ(problem_of("201340699744.2"), "rights.number.kind_digit");
    for (std::string_view const number :
         {"", "CN", "12/345,678", "20131069974.2", "201310699744.", "2013X0699744.2", "𠮷"})
        EXPECT_EQ(problem_of(number), "rights.number.form") << number;
}

Problems problems_of(Right right) {
    Problems problems;
    check_numbers(right, problems);
    return problems;
}

TEST(ApplicationNumbers, agree_with_kind_date_and_each_other) {
    Right right{.application_number = "201310699744.2", .application_date = day("2013-12-18")};
    EXPECT_TRUE(problems_of(right).empty());
    right.kind = RightKind::design;
    EXPECT_EQ(problems_of(right).at(0).key, "rights.number.other_kind");
    right.kind = RightKind::invention;
    right.application_date = day("2014-01-02");
    EXPECT_EQ(problems_of(right).at(0).key, "rights.number.year");
    right.application_date = day("2010-01-02"); // a divisional: the date of its parent
    EXPECT_TRUE(problems_of(right).empty());
    right.grant_number = "ZL95115608.X";
    EXPECT_EQ(problems_of(right).at(0).key, "rights.number.differs");
    right.grant_number = "201310699744.2";
    right.publication_number = "CN110569471A";
    EXPECT_TRUE(problems_of(right).empty());
    right.publication_number = "110569471";
    EXPECT_EQ(problems_of(right).at(0).key, "rights.number.publication");
}

TEST(ApplicationNumbers, of_other_offices_are_taken_as_they_are) {
    Right right{.country = "US", .application_number = " 08/543,093 ", .grant_number = "RE45,123"};
    Problems problems;
    check_numbers(right, problems);
    EXPECT_TRUE(problems.empty());
    EXPECT_EQ(right.application_number, "08/543,093");
}

TEST(Classes, take_the_form_of_the_classification) {
    EXPECT_EQ(tidy_ipc("b61f5/38"), "B61F 5/38");
    EXPECT_EQ(tidy_ipc("H02M 7/487"), "H02M 7/487");
    EXPECT_EQ(tidy_ipc("A01B"), "A01B");
    for (std::string_view const wrong :
         {"", "61F5/38", "I61F 5/38", "B61F 5", "B61F 5/3", "B6AF 5/38", "B61F 55555/38"})
        EXPECT_FALSE(tidy_ipc(wrong)) << wrong;
}

std::string shares(std::vector<std::string> const& typed) {
    auto const ppm = ppm_of_shares(typed);
    if (!ppm) return ppm.error().problems.at(0).key;
    std::string text;
    for (std::int64_t const one : *ppm) text += (text.empty() ? "" : " ") + std::to_string(one);
    return text;
}

TEST(Shares, make_exactly_the_whole) {
    EXPECT_EQ(shares({"100"}), "1000000");
    EXPECT_EQ(shares({"60", "40%"}), "600000 400000");
    EXPECT_EQ(shares({"1/3", "1/3", "1/3"}), "333334 333333 333333");
    EXPECT_EQ(shares({"1/7", "6/7"}), "142857 857143");
    EXPECT_EQ(shares({"50", "1/2"}), "500000 500000");
    EXPECT_EQ(shares({"", "", ""}), "333334 333333 333333");
    EXPECT_EQ(shares({"６０％", "40"}), "600000 400000");
}

TEST(Shares, that_do_not_are_refused) {
    EXPECT_EQ(shares({"60", "39.99"}), "rights.share.sum");
    EXPECT_EQ(shares({"33.33", "33.33", "33.33"}), "rights.share.sum");
    EXPECT_EQ(shares({"1/3", "1/3"}), "rights.share.sum");
    EXPECT_EQ(shares({"60", ""}), "rights.share.blank");
    for (std::string_view const wrong : {"0", "-5", "101", "half", "1/0", "3/2", "1e2", "33.33333", "NaN", "𠮷"})
        EXPECT_EQ(shares({std::string{wrong}}), "rights.share.form") << wrong;
}

TEST(Holders, are_read_out_of_one_cell) {
    auto const read = holders_in("中车株洲所 60%；中南大学|40\nNASA Ames Research Center");
    ASSERT_EQ(read.size(), 3u);
    EXPECT_EQ(read[0], (std::pair<std::string, std::string>{"中车株洲所", "60%"}));
    EXPECT_EQ(read[1], (std::pair<std::string, std::string>{"中南大学", "40"}));
    EXPECT_EQ(read[2].first, "NASA Ames Research Center");
}

std::vector<TermRule> term_table() {
    auto const rule = [](RightKind kind, TermStart from, std::int64_t years, std::string_view since,
                         std::optional<Date> until = {}, bool year_end = false) {
        return TermRule{.kind = kind,
                        .counted_from = from,
                        .years = years,
                        .to_year_end = year_end,
                        .since = day(since),
                        .until = until,
                        .law = "测试"};
    };
    return {rule(RightKind::invention, TermStart::application, 20, "1985-04-01"),
            rule(RightKind::design, TermStart::application, 10, "1985-04-01", day("2021-06-01")),
            rule(RightKind::design, TermStart::application, 15, "2021-06-01"),
            rule(RightKind::software, TermStart::publication, 50, "1991-10-01", {}, true)};
}

std::string end_of(RightKind kind, std::string_view date) {
    auto const rules = term_table();
    Right right{.kind = kind, .application_date = day(date), .publication_date = day(date)};
    auto const term = term_of(right, rules);
    return term ? to_text(term->ends) : "";
}

TEST(Terms, follow_the_rule_in_force_on_the_first_day) {
    EXPECT_EQ(end_of(RightKind::invention, "2013-12-18"), "2033-12-18");
    EXPECT_EQ(end_of(RightKind::design, "2021-05-31"), "2031-05-31");
    EXPECT_EQ(end_of(RightKind::design, "2021-06-01"), "2036-06-01");
    EXPECT_EQ(end_of(RightKind::invention, "2004-02-29"), "2024-02-29");
    EXPECT_EQ(end_of(RightKind::software, "2000-03-05"), "2051-01-01") << "until 31 December of the fiftieth year";
    EXPECT_EQ(end_of(RightKind::geographical_indication, "2000-03-05"), "") << "no end is computed";
    EXPECT_EQ(to_text(years_after(day("2004-02-29"), 1)), "2005-02-28");
    EXPECT_EQ(to_text(months_after(day("2026-08-31"), 6)), "2027-02-28");
    EXPECT_EQ(to_text(months_after(day("2026-03-31"), -1)), "2026-02-28");
}

TEST(Terms, of_other_offices_are_what_they_declare) {
    auto const rules = term_table();
    Right right{.country = "US", .application_date = day("2013-12-18")};
    EXPECT_FALSE(expiry_of(right, rules));
    right.declared_expiry = day("2034-01-01");
    EXPECT_EQ(expiry_of(right, rules), day("2034-01-01"));
}

FeeRules fee_table() {
    FeeRules rules;
    auto const fee = [&](std::int64_t from, std::int64_t to, std::int64_t yuan) {
        rules.fees.push_back({.kind = RightKind::invention,
                              .year_from = from,
                              .year_to = to,
                              .amount = {yuan * 100},
                              .since = day("2018-08-01"),
                              .until = {},
                              .law = "测试"});
    };
    fee(1, 3, 900);
    fee(4, 6, 1200);
    fee(7, 20, 2000);
    for (int month = 1; month <= 6; ++month)
        rules.surcharges.push_back(
            {.month = month, .percent = (month - 1) * 5, .since = day("1900-01-01"), .until = {}, .law = "测试"});
    return rules;
}

Fee fee_on(std::string_view today, std::optional<std::int64_t> paid, int year) {
    calendar::WorkingDays const days{{}, {}};
    Right right{.application_date = day("2019-03-05"),
                .grant_date = day("2021-06-01"),
                .expires_on = day("2039-03-05"),
                .legal_status = LegalStatus::granted,
                .fee_year_paid = paid};
    for (Fee const& fee : fees_of(right, fee_table(), days, day(today)))
        if (fee.year == year) return fee;
    ADD_FAILURE() << "no fee for year " << year;
    return {};
}

TEST(AnnualFees, are_due_when_the_year_before_ends) {
    EXPECT_EQ(year_of_term(day("2019-03-05"), day("2021-06-01")), 3) << "paid with the grant";
    Fee const fourth = fee_on("2021-07-01", {}, 4);
    EXPECT_EQ(to_text(fourth.due), "2022-03-05") << "a Saturday";
    EXPECT_EQ(to_text(fourth.pay_by), "2022-03-07") << "the next working day";
    EXPECT_EQ(fourth.rule->amount.fen, 120'000);
    EXPECT_EQ(fourth.state, FeeState::future);
    EXPECT_EQ(fee_on("2022-01-01", {}, 4).state, FeeState::due_soon);
    EXPECT_EQ(fee_on("2022-03-07", {}, 4).state, FeeState::due_soon) << "the last day";
}

struct SurchargeCase {
    std::string_view today;
    int month;
    std::int64_t fen;
};

TEST(AnnualFees, cost_five_per_cent_more_for_each_month_of_delay_up_to_a_quarter) {
    // Due on Tuesday 5 March 2024: the fee of year 6, 1,200 yuan.
    for (auto const& [today, month, fen] :
         {SurchargeCase{"2024-03-06", 1, 0}, SurchargeCase{"2024-04-05", 1, 0}, SurchargeCase{"2024-04-06", 2, 6'000},
          SurchargeCase{"2024-07-05", 4, 18'000}, SurchargeCase{"2024-08-06", 6, 30'000},
          SurchargeCase{"2024-09-05", 6, 30'000}}) {
        Fee const fee = fee_on(today, 5, 6);
        EXPECT_EQ(fee.state, FeeState::grace) << today;
        EXPECT_EQ(fee.grace_month, month) << today;
        EXPECT_EQ(fee.surcharge.fen, fen) << today;
    }
    EXPECT_EQ(fee_on("2024-09-06", 5, 6).state, FeeState::overdue) << "the right ended on the due date";
    EXPECT_EQ(fee_on("2024-09-06", {}, 6).state, FeeState::unknown) << "nobody recorded payments";
    EXPECT_EQ(fee_on("2024-09-06", 6, 6).state, FeeState::paid);
}

TEST(Mappings, say_which_line_is_wrong) {
    auto const wrong =
        parse_mapping("title = Title\nnonsense\nno_field = X\ntitle = Again\nkind = Kind | colours red\nversion = V");
    ASSERT_FALSE(wrong);
    std::string lines;
    for (Problem const& one : wrong.error().problems) lines += one.key.substr(15) + one.arguments.at(0) + " ";
    EXPECT_EQ(lines, "line2 field3 twice4 line5 field6 ");
    EXPECT_FALSE(parse_mapping(""));
    EXPECT_TRUE(parse_mapping("# remark\ntitle = Title # another\n\nkind = \"invention\""));
}

TEST(Mappings, read_dates_in_several_forms_and_translate_values) {
    auto const rules = parse_mapping(
        "declared_expiry = End | dates mdy ymd | blank 0000-00-00\nlegal_status = S | values Issued>granted");
    ASSERT_TRUE(rules);
    std::vector<std::string> const header{"S", "End"};
    auto const end = [&](std::string const& text) {
        auto const row = map_row(*rules, header, std::vector<std::string>{"Issued", text});
        return row.problems.empty() ? row.fields.at(0).second : row.problems.at(0).key;
    };
    EXPECT_EQ(end("10/03/2015"), "2015-10-03");
    EXPECT_EQ(end("2015-10-03"), "2015-10-03");
    EXPECT_EQ(end("0000-00-00"), "");
    EXPECT_EQ(end(""), "");
    for (std::string const wrong : {"13/13/2015", "2015", "soon", "02/30/2015", "1//2"})
        EXPECT_EQ(end(wrong), "rights.mapping.date") << wrong;
    auto const row = map_row(*rules, header, std::vector<std::string>{"GM", ""});
    EXPECT_EQ(row.problems.at(0).key, "rights.mapping.value");
}

} // namespace
} // namespace sangu::rights
