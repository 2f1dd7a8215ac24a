// What the plan leaves open is filled in with a spreadsheet program: download, fill in, save, import.

#include "kernel/module.h"
#include "modules/indicators/indicators.h"
#include "modules/plan/store.h"
#include "support/test_app.h"
#include "support/workbook.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sangu {
Module registry_module();
Module indicators_module();
Module plan_module();
} // namespace sangu

namespace sangu::plan {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string& cell(Rows& rows, std::string_view code, std::string_view column) {
    auto const code_at = std::ranges::find(rows[0], "code") - rows[0].begin();
    auto const at = std::ranges::find(rows[0], column) - rows[0].begin();
    auto const row = std::ranges::find_if(rows, [&](auto const& one) { return one[code_at] == code; });
    if (row == rows.end() || at == static_cast<std::ptrdiff_t>(rows[0].size()))
        throw std::runtime_error{"no cell " + std::string{code} + " " + std::string{column}};
    return (*row)[static_cast<std::size_t>(at)];
}

class FillIn : public ::testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !test::has_postgres()) GTEST_SKIP();
        app_.emplace(std::vector<Module>{registry_module(), indicators_module(), plan_module()}, GetParam());
        app_->write([](db::Transaction& transaction) {
            for (auto const& [id, name] : {std::pair{"01jbh0000000000000000000an", "湘潭高新集团"},
                                           std::pair{"01jbh0000000000000000000bn", "长沙智能研究院"}})
                transaction.execute("insert into registry_organisation (id, name, kind, scope, version) values "
                                    "(?, ?, 'government', 'zone', 1)",
                                    {std::string{id}, std::string{name}});
        });
        officer_.emplace(app_->as(app_->account("wang", {{"zone_officer", {"zone"}}})));
    }
    test::TestApp& app() { return *app_; }
    Rows downloaded(std::string_view list) {
        auto const answer = officer_->get(std::string{list} + "/download/xlsx");
        EXPECT_EQ(answer.status, 200);
        return test::rows_of_bytes(answer.body);
    }
    // Of a list of the plan: checked at once, then run.
    test::Answer imported(std::string const& page, Rows const& rows) {
        return officer_->import(page, test::workbook_upload(rows, "补录.xlsx"));
    }
    test::Answer imported_targets(Rows const& rows) {
        std::vector<http::Upload> files;
        files.push_back(test::workbook_upload(rows, "补录.xlsx"));
        return officer_->upload("/figures/import", {{"kind", "targets"}, {"mode", "store"}}, std::move(files));
    }
    Task task(std::string_view code) { return task_named(*app().database().read(), code).value(); }
    test::Browser& officer() { return *officer_; }

private:
    std::optional<test::TestApp> app_;
    std::optional<test::Browser> officer_;
};
INSTANTIATE_TEST_SUITE_P(databases, FillIn, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(FillIn, UnitsAndDatesOfTasks) {
    EXPECT_TRUE(officer().get("/tasks/import").contains("/tasks/download/xlsx")) << "the file to fill in is offered";
    Rows rows = downloaded("/tasks");
    ASSERT_EQ(rows.size(), 50u) << "a header and the 49 tasks";
    Task const before = task("T2.1.6");
    cell(rows, "T2.1.6", "lead_unit") = "湘潭高新集团";
    cell(rows, "T2.1.6", "coop_units") = "长沙智能研究院";
    cell(rows, "T2.1.6", "due") = "2019-12-31";
    auto const done = imported("/tasks/import", rows);
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_TRUE(done.contains("共 49 行：新增 0，修改 1，未变 48。")) << "the other 48 are unchanged";
    Task const after = task("T2.1.6");
    EXPECT_EQ(after.lead_unit, "湘潭高新集团");
    ASSERT_TRUE(after.lead_unit_id) << "an organisation of the register, not only a name";
    EXPECT_EQ(after.coop_units, "长沙智能研究院");
    EXPECT_EQ(after.due, parse_date("2019-12-31"));
    EXPECT_EQ(after.title_zh, before.title_zh);
    EXPECT_EQ(after.deliverables_zh, before.deliverables_zh) << "several lines in one cell stay several lines";
    EXPECT_EQ(after.state, before.state);
    auto const session = app().database().read();
    EXPECT_EQ(session->integer("select count(*) from kernel_audit where object_kind = 'plan.task' and action = "
                               "'import.changed'"),
              1);
    EXPECT_TRUE(app().get("/tasks/T2.1.6").contains("湘潭高新集团"));
}

TEST_P(FillIn, RefusesAWholeWorkbookWithLineAndColumn) {
    Rows rows = downloaded("/tasks");
    cell(rows, "T2.1.5", "lead_unit") = "湘潭高新集团";
    cell(rows, "T2.1.6", "lead_unit") = "无名单位";
    cell(rows, "T2.1.7", "due") = "2019年2月30日";
    auto const refused = imported("/tasks/import", rows);
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("补录.xlsx")) << "the file stays, with the choice of its columns";
    EXPECT_TRUE(refused.contains("无名单位"));
    auto const place_of = [&](std::string_view code, std::string_view column) {
        auto const line = &cell(rows, code, column) - &cell(rows, code, rows[0][0]) + 1;
        auto const row =
            std::ranges::find_if(rows, [&](auto const& one) { return std::ranges::find(one, code) != one.end(); });
        return "<td class=\"num\">" + std::to_string(row - rows.begin() + 1) + "</td><td>" + std::to_string(line) +
               " " + std::string{column} + "</td>";
    };
    EXPECT_TRUE(refused.contains(place_of("T2.1.6", "lead_unit")));
    EXPECT_TRUE(refused.contains(place_of("T2.1.7", "due")));
    EXPECT_FALSE(refused.contains("/run\"")) << "nothing to run is offered";
    EXPECT_EQ(task("T2.1.5").lead_unit, "") << "all or nothing";
}

TEST_P(FillIn, YearlyMilestonesOfTasks) {
    Rows rows = downloaded("/milestones");
    cell(rows, "T2.1.6-2018", "text") = "引进十二个团队\n其中顶尖团队一个";
    auto const done = imported("/milestones/import", rows);
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_TRUE(app().get("/tasks/T2.1.6").contains("引进十二个团队"));
}

TEST_P(FillIn, YearlyTargetsOfIndicators) {
    EXPECT_TRUE(officer().get("/figures/import?kind=targets").contains("/targets/download/xlsx"));
    Rows rows = downloaded("/targets");
    auto const column = [&](std::string_view name) {
        return static_cast<std::size_t>(std::ranges::find(rows[0], name) - rows[0].begin());
    };
    auto const open = std::ranges::find_if(rows.begin() + 1, rows.end(), [&](auto const& one) {
        return one[column("place")] == "zone" && one[column("value")].empty() && one[column("year")] != "2019";
    });
    ASSERT_NE(open, rows.end()) << "the plan leaves yearly targets open";
    std::string const indicator = (*open)[column("indicator")], year = (*open)[column("year")];
    (*open)[column("value")] = "17";
    auto const done = imported_targets(rows);
    ASSERT_EQ(done.status, 200) << done.body;
    auto const session = app().database().read();
    EXPECT_EQ(session
                  ->text("select cast(value as text) from indicators_target where plan = 'czt-2017' and place = "
                         "'zone' and indicator = ? and year = " +
                             year,
                         {indicator})
                  .value_or("")
                  .substr(0, 2),
              "17");
    EXPECT_EQ(session->integer("select count(*) from kernel_audit where action = 'indicators.target.imported'"), 1);

    // A file with the key and the value alone leaves everything else as it is.
    Rows const small{{"plan", "indicator", "place", "from_year", "year", "comparator", "value", "status"},
                     {(*open)[column("plan")], indicator, "zone", (*open)[column("from_year")], year,
                      (*open)[column("comparator")], "18", (*open)[column("status")]}};
    auto const again = imported_targets(small);
    ASSERT_EQ(again.status, 200) << again.body;
    EXPECT_EQ(app().database().read()->text("select note from indicators_target where plan = 'czt-2017' and place = "
                                            "'zone' and indicator = ? and year = " +
                                                year,
                                            {indicator}),
              (*open)[column("note")]);

    Rows wrong = rows;
    wrong[1][column("value")] = "十七";
    auto const refused = imported_targets(wrong);
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("<td>2</td><td>" + std::to_string(column("value") + 1) + "</td>"));
}

} // namespace
} // namespace sangu::plan
