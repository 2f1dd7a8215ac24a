#include "modules/intermediaries/rules.h"

#include <gtest/gtest.h>

namespace sangu::intermediaries {
namespace {

std::optional<Date> day(std::string_view text) { return text.empty() ? std::nullopt : parse_date(text); }

TEST(Validity, FollowsFromTheDay) {
    struct Row {
        std::string_view today, from, until;
        Validity validity;
    };
    Row const rows[] = {
        {"2026-11-23", "", "", Validity::valid},
        {"2026-11-23", "2026-11-24", "", Validity::not_yet},
        {"2026-11-23", "2026-11-23", "", Validity::valid},
        {"2026-11-23", "", "2026-11-23", Validity::ending}, // the last day is inside
        {"2026-11-23", "", "2026-11-22", Validity::expired},
        {"2026-11-23", "", "2027-01-21", Validity::ending}, // 59 days
        {"2026-11-23", "", "2027-01-22", Validity::valid},  // 60 days
        {"2026-11-23", "2020-01-01", "2024-01-01", Validity::expired},
    };
    for (Row const& row : rows)
        EXPECT_EQ(validity_on(*day(row.today), day(row.from), day(row.until)), row.validity)
            << row.from << "–" << row.until;
}

std::vector<std::string> wrong(Price const& price) {
    Intermediary const one;
    std::vector<std::vector<entity::AnyObject>> rows(3);
    rows[1].emplace_back(Price::meta);
    *static_cast<Price*>(rows[1].back().get()) = price;
    std::vector<std::string> fields;
    for (Problem const& problem : check({.title = "一家机构",
                                         .abstract = "",
                                         .meta = &Intermediary::meta,
                                         .content = &one,
                                         .rows = rows,
                                         .today = *day("2026-11-23")}))
        fields.push_back(problem.field);
    return fields;
}

TEST(Tariff, SaysWhatItIsReckonedBy) {
    using Fields = std::vector<std::string>;
    EXPECT_EQ(wrong({.service = "居间", .basis = Basis::share, .percent = 3}), Fields{});
    EXPECT_EQ(wrong({.service = "居间", .basis = Basis::share}), Fields{"tariff-1-percent"});
    EXPECT_EQ(wrong({.service = "居间", .basis = Basis::share, .amount = Money{100}, .percent = 3}),
              Fields{"tariff-1-amount"});
    EXPECT_EQ(wrong({.service = "起草", .basis = Basis::fixed}), Fields{"tariff-1-amount"});
    EXPECT_EQ(wrong({.service = "起草", .basis = Basis::hourly, .amount = Money{100}, .percent = 3}),
              Fields{"tariff-1-percent"});
    EXPECT_EQ(wrong({.service = "起草", .basis = Basis::agreed}), Fields{});
}

} // namespace
} // namespace sangu::intermediaries
