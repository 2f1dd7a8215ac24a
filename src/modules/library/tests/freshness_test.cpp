#include "modules/library/freshness.h"

#include <gtest/gtest.h>

namespace sangu::library {
namespace {

Date day(std::string_view text) { return parse_date(text).value(); }

Entry confirmed_on(std::string_view date) {
    Entry entry;
    entry.state = EntryState::published;
    confirm(entry, day(date), {});
    return entry;
}

TEST(Freshness, FromConfirmationToTheEnd) {
    Entry entry = confirmed_on("2026-01-01");
    EXPECT_EQ(to_text(*entry.confirm_by), "2026-04-01") << "90 days";
    EXPECT_EQ(to_text(*entry.check_on), "2026-03-18") << "a reminder 14 days before";
    EXPECT_EQ(due_on(entry, day("2026-03-17")), Due::nothing);
    ASSERT_EQ(due_on(entry, day("2026-03-18")), Due::remind);
    pass(entry, Due::remind, {});
    EXPECT_EQ(due_on(entry, day("2026-04-01")), Due::nothing) << "the last day is still in time";
    ASSERT_EQ(due_on(entry, day("2026-04-02")), Due::overdue);
    pass(entry, Due::overdue, {});
    EXPECT_EQ(entry.freshness, Freshness::overdue);
    EXPECT_EQ(due_on(entry, day("2026-05-01")), Due::nothing);
    EXPECT_EQ(due_on(entry, day("2026-05-02")), Due::expire) << "30 days of grace";
    confirm(entry, day("2026-05-02"), {});
    EXPECT_EQ(entry.freshness, Freshness::fresh);
    EXPECT_EQ(due_on(entry, day("2026-05-02")), Due::nothing);
}

TEST(Freshness, NothingIsDueOfWhatIsNotPublished) {
    Entry entry = confirmed_on("2026-01-01");
    entry.state = EntryState::withdrawn;
    EXPECT_EQ(due_on(entry, day("2027-01-01")), Due::nothing);
}

TEST(Freshness, TermsAreDatedRows) {
    auto const term = [](TermKind kind, std::int64_t days, std::string_view from) {
        Term one;
        one.kind = kind;
        one.days = days;
        one.valid_from = day(from);
        return one;
    };
    std::vector<Term> const all{term(TermKind::confirm_days, 90, "2017-01-01"),
                                term(TermKind::confirm_days, 60, "2026-07-01"),
                                term(TermKind::remind_days, 100, "2017-01-01")};
    EXPECT_EQ(terms_on(all, day("2026-06-30")).confirm_days, 90);
    EXPECT_EQ(terms_on(all, day("2026-07-01")).confirm_days, 60);
    EXPECT_EQ(terms_on(all, day("2016-01-01")).confirm_days, 90) << "the built-in one before any row";
    Entry entry;
    confirm(entry, day("2026-07-01"), terms_on(all, day("2026-07-01")));
    EXPECT_EQ(entry.check_on, entry.confirmed_on) << "a reminder is never before the confirmation";
}

TEST(IndustryCodes, AreSectionsAndTheirParts) {
    for (std::string_view const good : {"C", "C37", "C371", "C3711", "T"}) EXPECT_TRUE(is_industry_code(good)) << good;
    for (std::string_view const bad : {"", "c37", "U", "C3", "C37111", "37", "C3A"})
        EXPECT_FALSE(is_industry_code(bad)) << bad;
}

} // namespace
} // namespace sangu::library
