#include "modules/plan/task_filter.h"

#include <gtest/gtest.h>

namespace sangu::plan {
namespace {

// In an order in which equal values do not stand together.
std::vector<TaskLine> tasks() {
    Date const past = *parse_date("2017-06-30");
    return {
        {.code = "A", .section = "p.1.1", .places = "changsha;zhuzhou", .state = TaskState::assigned},
        {.code = "B", .section = "p.2", .places = "xiangtan", .lead_unit = "x", .due = past},
        {.code = "C", .section = "p.1.2", .places = "changsha;zhuzhou", .lead_unit = "y", .state = TaskState::closed},
        {.code = "D", .section = "p.1.1", .places = "zhuzhou", .state = TaskState::assigned},
        {.code = "E", .section = "", .places = "", .state = TaskState::drafted}};
}

std::string codes(TaskList const& list) {
    std::string text;
    for (TaskLine const* line : list.lines) text += line->code;
    return text;
}

Date const today = *parse_date("2018-01-02");

TEST(TaskFilter, CountsWhatEachChoiceWouldShow) {
    auto const all = tasks();
    TaskList const list = listed(all, {}, today);
    EXPECT_EQ(codes(list), "ABCDE");
    EXPECT_EQ(list.places, (Counts{{"changsha", 2}, {"zhuzhou", 3}, {"xiangtan", 1}}));
    EXPECT_EQ(list.states, (Counts{{"assigned", 2}, {"drafted", 2}, {"closed", 1}}));
    EXPECT_EQ(list.units, (Counts{{"open", 3}, {"given", 2}}));
    EXPECT_EQ(list.sections, (Counts{{"p", 4}, {"p.1", 3}, {"p.1.1", 2}, {"p.1.2", 1}, {"p.2", 1}}));
    EXPECT_EQ(list.overdue, 1);
}

TEST(TaskFilter, AFacetCountsUnderTheOtherFiltersButNotItsOwn) {
    auto const all = tasks();
    TaskList const list = listed(all, {.place = "changsha"}, today);
    EXPECT_EQ(codes(list), "AC");
    EXPECT_EQ(list.places, (Counts{{"changsha", 2}, {"zhuzhou", 3}, {"xiangtan", 1}}))
        << "the other places stay to choose";
    EXPECT_EQ(list.states, (Counts{{"assigned", 1}, {"closed", 1}}));
    EXPECT_EQ(list.overdue, 0);
}

TEST(TaskFilter, OverdueIsAChoiceOfItsOwn) {
    auto const all = tasks();
    TaskList const list = listed(all, {.overdue = true}, today);
    EXPECT_EQ(codes(list), "B");
    EXPECT_EQ(list.places, (Counts{{"xiangtan", 1}}));
    EXPECT_EQ(list.overdue, 1);
}

} // namespace
} // namespace sangu::plan
