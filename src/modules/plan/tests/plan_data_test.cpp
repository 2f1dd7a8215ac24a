#include "modules/plan/tests/plan_fixture.h"
#include "support/schema.h"

#include <algorithm>
#include <map>

namespace sangu::plan {
namespace {

using PlanData = OnBothTaskBooks;
SANGU_ON_BOTH_DATABASES(PlanData);

TEST_P(PlanData, HasTheFortyNineTasksInTheirSections) {
    Context one = context();
    auto const lines = lines_of(one.reader(), "czt-2017");
    ASSERT_EQ(lines.size(), 49u);
    EXPECT_EQ(lines.begin()->code, "T1.1.1");
    EXPECT_EQ(std::prev(lines.end())->code, "G3.3");
    std::map<std::string, int> by_section;
    for (TaskLine const& line : lines) ++by_section[std::string{line.section}];
    EXPECT_EQ(by_section.at("czt-2017-2.2.1"), 7);
    EXPECT_EQ(by_section.at("czt-2017-2.2.3"), 7);
    EXPECT_EQ(by_section.at("czt-2017-3.3"), 3);
    EXPECT_FALSE(by_section.contains("czt-2017-1.1")) << "the general requirements have no tasks";
    auto const sections = sections_of(one.reader(), "czt-2017");
    ASSERT_EQ(sections.size(), 24u);
    auto const talent = std::ranges::find(sections, "czt-2017-2.2.1", &Section::code);
    ASSERT_NE(talent, sections.end());
    EXPECT_EQ(talent->number, "二(二)1");
    EXPECT_EQ(talent->parent, "czt-2017-2.2");
}

TEST_P(PlanData, LeavesOpenWhatThePlanLeavesOpen) {
    Context one = context();
    for (TaskLine const& line : lines_of(one.reader(), "czt-2017")) {
        EXPECT_EQ(line.lead_unit, "");
        EXPECT_FALSE(line.due);
        EXPECT_EQ(line.state, TaskState::drafted);
    }
    EXPECT_EQ(open_milestones_of(one.reader(), "czt-2017"), 147) << "three years of 49 tasks";
    auto const successor = plan_named(one.reader(), "czt-2020");
    ASSERT_TRUE(successor);
    EXPECT_EQ(successor->predecessor, "czt-2017");
    EXPECT_TRUE(lines_of(one.reader(), "czt-2020").empty());
    EXPECT_EQ(plan_with_tasks(one.reader()), "czt-2017");
}

TEST_P(PlanData, KnowsWhereATaskIsDoneAndWhatItCountsFor) {
    EXPECT_EQ(task("T2.1.6").scope, "zone/zhuzhou");
    EXPECT_EQ(task("T2.4.1").scope, "zone") << "three cities";
    EXPECT_EQ(task("T2.1.6").quota, "teams=35;top=3;projects=10-20");
    Context one = context();
    auto const cards = tasks_of_indicator(one.reader(), "I01");
    ASSERT_EQ(cards.size(), 4u);
    EXPECT_EQ(cards[2].code, "T2.1.6");
    EXPECT_EQ(tasks_of_place(one.reader(), "czt-2017", "zhuzhou_htz").size(), 1u);
}

TEST_P(PlanData, IsImportedOnce) {
    Context zone = officer();
    ASSERT_TRUE(
        assign(zone, "T1.1.1", {.lead_unit = "湘潭高新集团", .coop_units = {}, .due = {}}, task("T1.1.1").version));
    seed(services());
    EXPECT_EQ(task("T1.1.1").lead_unit, "湘潭高新集团") << "a restart must not take back what people filled in";
    EXPECT_EQ(count("plan_task"), 49);
    EXPECT_EQ(count("plan_milestone"), 147);
    EXPECT_EQ(count("plan_term"), 2);
}

TEST_P(PlanData, TablesAgreeWithTheDescriptions) {
    Context one = context();
    for (entity::EntityMeta const* meta : plan_module().entities)
        EXPECT_EQ(test::schema_differences(one.reader(), *meta), std::vector<std::string>{}) << meta->name;
}

TEST_P(PlanData, OpenUnitsAreFilledInByFile) {
    Context zone = officer();
    auto const import = [&](std::string const& text) {
        auto const reader = tables::open_text(text);
        return resource::import_rows(zone, resource_named("tasks"), **reader, resource::ImportMode::store);
    };
    auto const wrong = import("code,lead_unit,due\nT2.1.5,长沙智能研究院,2019-06-30\nT2.1.6,无名单位,2019-02-30\n");
    ASSERT_TRUE(wrong);
    EXPECT_FALSE(wrong->stored);
    ASSERT_EQ(wrong->problems.size(), 1u);
    EXPECT_EQ(wrong->problems[0].line, 3);
    EXPECT_EQ(task("T2.1.5").lead_unit, "") << "all or nothing";
    auto const good = import("code,lead_unit,due\nT2.1.5,长沙智能研究院,2019-06-30\n");
    ASSERT_TRUE(good && good->stored) << (good ? good->problems.size() : 0);
    EXPECT_EQ(good->changed, 1);
    EXPECT_EQ(to_text(*task("T2.1.5").due), "2019-06-30");
    EXPECT_EQ(count("plan_task_unit where task = 'T2.1.5' and role = 'lead'"), 1);
    EXPECT_EQ(task("T2.1.5").title_zh, "长沙引才") << "columns that are not in the file stay";
}

} // namespace
} // namespace sangu::plan
