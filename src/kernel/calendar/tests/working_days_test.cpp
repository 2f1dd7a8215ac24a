#include "kernel/calendar/calendar.h"

#include <gtest/gtest.h>

#include <random>

namespace sangu::calendar {
namespace {

Date day(std::string_view text) { return parse_date(text).value(); }

// Autumn 2017 of the official table.
WorkingDays autumn_2017() {
    std::vector<DayException> days{{day("2017-09-30"), false, "国庆节"}};
    for (int i = 1; i <= 8; ++i) days.push_back({*make_date(2017, 10, i), true, "国庆节"});
    return {std::move(days), {2017}};
}

TEST(WorkingDays, TheTwentiethDayCountedFromTheFirstIsTheOneOfTheRules) {
    EXPECT_EQ(to_text(autumn_2017().nth_from(day("2017-09-25"), 20)), "2017-10-26");
}

TEST(WorkingDays, AMakeUpSaturdayIsWorkedAndAHolidayMondayIsNot) {
    auto const days = autumn_2017();
    EXPECT_TRUE(days.is_working_day(day("2017-09-30")));
    EXPECT_FALSE(days.is_working_day(day("2017-10-02")));
    EXPECT_TRUE(days.is_working_day(day("2017-10-09")));
    EXPECT_FALSE(days.is_working_day(day("2017-10-14")));
}

TEST(WorkingDays, CountingFromADayOffStartsOnTheNextWorkingDay) {
    EXPECT_EQ(to_text(autumn_2017().nth_from(day("2017-10-01"), 1)), "2017-10-09");
    EXPECT_EQ(to_text(autumn_2017().add(day("2017-09-30"), 1)), "2017-10-09");
}

TEST(WorkingDays, YearsWithoutAnOfficialTableAreNamed) {
    auto const days = autumn_2017();
    EXPECT_TRUE(days.unofficial_years(day("2017-01-01"), day("2017-12-31")).empty());
    EXPECT_EQ(days.unofficial_years(day("2016-12-31"), day("2018-01-01")), (std::vector<int>{2016, 2018}));
}

TEST(WorkingDays, AddAndCountAgreeForAnyTable) {
    std::mt19937 random{20171026};
    for (int round = 0; round < 300; ++round) {
        std::vector<DayException> exceptions;
        for (int i = 0; i < 40; ++i)
            exceptions.push_back({Date{17000 + static_cast<int>(random() % 400)}, random() % 3 != 0, ""});
        WorkingDays const days{std::move(exceptions), {}};
        Date const from{17000 + static_cast<int>(random() % 300)};
        int const n = 1 + static_cast<int>(random() % 60);
        Date const to = days.add(from, n);
        EXPECT_TRUE(days.is_working_day(to));
        EXPECT_EQ(days.count_between(from + 1, to + 1), n);
        EXPECT_EQ(days.nth_from(from + 1, n), to);
        EXPECT_LE(days.add(from, n), days.add(from + 1, n));
        EXPECT_EQ(days.add(days.add(from, n), 1), days.add(from, n + 1));
    }
}

TEST(PeriodClock, RunsFromTheDayAfterItStarted) {
    auto const days = autumn_2017();
    auto const state = state_of({.started = day("2017-09-28"), .days = 5}, days, day("2017-10-09"));
    EXPECT_EQ(to_text(state.due), "2017-10-11");
    EXPECT_EQ(state.used, 3); // 29 and 30 September, 9 October
    EXPECT_EQ(state.left, 2);
    EXPECT_FALSE(state.paused);
    EXPECT_TRUE(state.unofficial_years.empty());
}

TEST(PeriodClock, IsOverdueByWorkingDays) {
    auto const state = state_of({.started = day("2017-09-18"), .days = 5}, autumn_2017(), day("2017-10-09"));
    EXPECT_EQ(to_text(state.due), "2017-09-25");
    EXPECT_EQ(state.left, -6); // 26 to 30 September and 9 October
}

TEST(PeriodClock, AClosedPauseMovesTheDueDate) {
    PeriodClock const clock{
        .started = day("2017-09-18"), .days = 5, .pauses = {{day("2017-09-20"), day("2017-09-27")}}};
    auto const state = state_of(clock, autumn_2017(), day("2017-09-27"));
    EXPECT_EQ(state.used, 2); // 19 and 27 September
    EXPECT_FALSE(state.paused);
    EXPECT_EQ(to_text(state.due), "2017-09-30");
}

TEST(PeriodClock, AnOpenPauseStopsTheCountAndMovesTheDueDateEveryDay) {
    PeriodClock const clock{.started = day("2017-09-18"), .days = 5, .pauses = {{day("2017-09-20"), std::nullopt}}};
    auto const state = state_of(clock, autumn_2017(), day("2017-09-22"));
    EXPECT_TRUE(state.paused);
    EXPECT_EQ(state.used, 1);
    EXPECT_EQ(to_text(state.due), "2017-09-28"); // resumed on Monday 25 September at the earliest
    EXPECT_EQ(state_of(clock, autumn_2017(), day("2017-09-28")).left, 4);
}

TEST(PeriodClock, WarnsWhenItRunsIntoAYearWithoutATable) {
    auto const state = state_of({.started = day("2017-12-20"), .days = 20}, autumn_2017(), day("2017-12-21"));
    EXPECT_EQ(state.unofficial_years, std::vector<int>{2018});
}

TEST(PeriodClock, UsedAndLeftAlwaysAddUp) {
    std::mt19937 random{7};
    auto const days = autumn_2017();
    for (int round = 0; round < 300; ++round) {
        PeriodClock clock{.started = Date{17400 + static_cast<int>(random() % 60)},
                          .days = 1 + static_cast<int>(random() % 30)};
        Date const pause = clock.started + static_cast<int>(random() % 20);
        clock.pauses.emplace_back(pause,
                                  random() % 2 ? std::optional{pause + static_cast<int>(random() % 15)} : std::nullopt);
        Date const today = clock.started + static_cast<int>(random() % 60);
        auto const state = state_of(clock, days, today);
        EXPECT_EQ(state.used + state.left, clock.days);
        EXPECT_TRUE(days.is_working_day(state.due));
        EXPECT_EQ(state.left <= 0, state.due <= today);
        EXPECT_GE(state.due, state_of({.started = clock.started, .days = clock.days}, days, today).due);
    }
}

} // namespace
} // namespace sangu::calendar
