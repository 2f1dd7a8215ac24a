#include "kernel/imports/imports.h"
#include "modules/registry/registry.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

namespace sangu {
Module registry_module();
}

namespace sangu::registry {
namespace {

class Imports : public ::testing::TestWithParam<char const*> {
protected:
    test::TestApp app{{registry_module()}, GetParam()};
    test::Browser officer = app.as(app.account("he.lan", {{"zone_officer", {"zone"}}}));

    static http::Upload file(std::string_view name, std::string_view content) {
        http::Upload upload;
        upload.field = "file";
        upload.file_name = name;
        upload.data = content;
        upload.size = content.size();
        return upload;
    }
    // Uploads; gives the address of the import's page.
    std::string upload(std::string_view name, std::string_view content, std::string_view source = {}) {
        std::vector<http::Upload> files;
        files.push_back(file(name, content));
        auto const answer =
            officer.upload("/organisations/import", {{"source", std::string{source}}}, std::move(files));
        EXPECT_TRUE(answer.status == 303 || answer.status == 422) << answer.body;
        return "/organisations/import/" +
               app.database().read()->text("select id from kernel_table_import order by id desc limit 1").value_or("");
    }
    test::Answer check(std::string const& page, http::Pairs form) { return officer.post(page + "/check", form); }
    test::Answer run(std::string const& page) { return officer.post(page + "/run"); }
    std::int64_t count(std::string const& sql) { return app.database().read()->integer(sql).value(); }
    std::int64_t organisations() { return count("select count(*) from registry_organisation"); }
    std::string state(std::string const& page) {
        return app.database()
            .read()
            ->text("select state from kernel_table_import where id = ?", {page.substr(page.rfind('/') + 1)})
            .value_or("");
    }
    static constexpr std::string_view works =
        "单位名称,类型,备注\n麓谷精密机械有限公司,企业,a\n湘潭智造有限公司,enterprise,b\n";
    http::Pairs const as_works{{"field_0", "name"}, {"field_1", "kind"}, {"field_2", ""}};
};
INSTANTIATE_TEST_SUITE_P(databases, Imports, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(Imports, show_the_first_rows_with_fields_guessed_from_the_names_of_columns) {
    auto const page = officer.get(upload("works.csv", works));
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.contains("麓谷精密机械有限公司"));
    EXPECT_TRUE(page.contains("<option value=\"name\" selected"));
    EXPECT_TRUE(page.contains("<option value=\"kind\" selected"));
    EXPECT_EQ(organisations(), 0);
}

TEST_P(Imports, are_checked_at_once_when_their_columns_bear_names_of_fields) {
    auto const done = officer.import("/organisations/import", file("a.csv", "name,kind,id\n麓谷有限公司,bank,\n"));
    EXPECT_EQ(done.status, 200);
    EXPECT_TRUE(done.contains("新增 1")) << done.body;
    EXPECT_EQ(organisations(), 1);
    auto const refused = officer.import("/organisations/import", file("b.csv", "name,kind\n岳麓,bank\n,bank\n"));
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("<td class=\"num\">3</td><td>1 name</td>")) << refused.body;
    EXPECT_TRUE(refused.contains("<option value=\"name\" selected")) << "the columns can be read otherwise";
    EXPECT_EQ(organisations(), 1);
    EXPECT_EQ(officer.import("/organisations/import", file("c.csv", "name,kind\n")).status, 422) << "no rows";
    auto const choice = upload("d.csv", "name,kind,年份\n某公司,bank,2017\n");
    EXPECT_EQ(state(choice), "mapping") << "a column that is no field is left to people";
}

TEST_P(Imports, are_checked_run_and_undone_as_a_whole) {
    std::string const page = upload("works.csv", works);
    EXPECT_EQ(check(page, as_works).status, 303);
    EXPECT_EQ(state(page), "checked");
    EXPECT_EQ(organisations(), 0) << "a check stores nothing";
    EXPECT_EQ(run(page).status, 303);
    EXPECT_EQ(state(page), "done");
    EXPECT_EQ(organisations(), 2);
    EXPECT_EQ(count("select count(*) from kernel_blob"), 0) << "the file is not needed any more";
    EXPECT_EQ(count("select count(*) from kernel_audit where action = 'registry.organisation.created'"), 2);
    EXPECT_TRUE(officer.get(page).contains("新增 2"));
    EXPECT_EQ(run(page).status, 409) << "once";
    EXPECT_EQ(officer.post(page + "/undo").status, 303);
    EXPECT_EQ(state(page), "undone");
    EXPECT_EQ(organisations(), 0);
}

TEST_P(Imports, leave_what_was_edited_since_when_they_are_undone_and_say_which) {
    ASSERT_EQ(
        officer.post("/organisations", {{"name", "湘潭智造有限公司"}, {"kind", "enterprise"}, {"introduction", "早"}})
            .status,
        303);
    std::string const page =
        upload("works.csv", "name,kind,introduction\n麓谷精密机械有限公司,enterprise,甲\n湘潭智造有限公司,enterprise,"
                            "新\n株洲轨道装备有限公司,enterprise,乙\n");
    check(page, {{"field_0", "name"}, {"field_1", "kind"}, {"field_2", "introduction"}});
    run(page);
    EXPECT_EQ(count("select count(*) from registry_organisation where introduction = '新'"), 1);
    auto const id = find_organisation(*app.database().read(), "麓谷精密机械有限公司")->id.text;
    ASSERT_EQ(
        officer
            .post(
                "/organisations/" + id,
                {{"name", "麓谷精密机械有限公司"}, {"kind", "enterprise"}, {"introduction", "手工"}, {"version", "1"}})
            .status,
        303);
    officer.post(page + "/undo");
    EXPECT_EQ(count("select count(*) from registry_organisation where introduction = '早'"), 1) << "its earlier value";
    EXPECT_EQ(count("select count(*) from registry_organisation where introduction = '手工'"), 1) << "somebody's work";
    EXPECT_FALSE(find_organisation(*app.database().read(), "株洲轨道装备有限公司"));
    auto const shown = officer.get(page);
    EXPECT_TRUE(shown.contains(id)) << "named with a link";
    EXPECT_TRUE(shown.contains("文件第 2 行"));
}

TEST_P(Imports, refuse_the_file_with_line_and_column_or_leave_bad_rows_out) {
    std::string const page =
        upload("works.csv", "name,kind,uscc\n甲公司,企业,\n乙公司,不存在的类型,\n丙公司,企业,123\n甲公司,企业,\n");
    http::Pairs form{{"field_0", "name"}, {"field_1", "kind"}, {"field_2", "uscc"}};
    check(page, form);
    EXPECT_EQ(state(page), "refused");
    auto const shown = officer.get(page);
    EXPECT_TRUE(shown.contains("不存在的类型"));
    auto const report = officer.get(page + "/report.csv");
    EXPECT_TRUE(report.contains("3,2 kind,")) << report.body;
    EXPECT_TRUE(report.contains("4,3 uscc,")) << report.body;
    EXPECT_TRUE(report.contains("5,1 name,")) << "the same name as in line 2: " << report.body;
    EXPECT_EQ(run(page).status, 409);
    form.emplace_back("leave_out", "true");
    check(page, form);
    EXPECT_EQ(state(page), "checked");
    run(page);
    EXPECT_EQ(organisations(), 1);
    EXPECT_EQ(count("select left_out from kernel_table_import"), 3);
}

TEST_P(Imports, remember_how_the_columns_of_a_source_are_read) {
    std::string const page = upload("a.csv", "x,y\n甲公司,企业\n", "省厅名单");
    check(page, {{"field_0", "name"}, {"field_1", "kind"}});
    run(page);
    auto const next = officer.get(upload("b.csv", "x,y\n乙公司,企业\n", "省厅名单"));
    EXPECT_TRUE(next.contains("<option value=\"name\" selected"));
    EXPECT_TRUE(next.contains("省厅名单"));
}

TEST_P(Imports, give_every_row_what_the_file_does_not_say) {
    std::string const page = upload("a.jsonl", "{\"名称\":\"某大学\"}\n{\"名称\":\"另一所𠮷大学\"}\n");
    EXPECT_EQ(check(page, {{"field_0", "name"}}).status, 303) << "the kind has a default";
    check(page, {{"field_0", "name"}, {"constant_kind", "university"}});
    run(page);
    EXPECT_EQ(count("select count(*) from registry_organisation where kind = 'university'"), 2);
    EXPECT_TRUE(find_organisation(*app.database().read(), "另一所𠮷大学"));
}

TEST_P(Imports, find_what_a_cell_refers_to_by_name_or_code) {
    std::string const page =
        upload("a.csv", "name,place_id\n甲公司,株洲市\n乙公司,changsha_htz\n丙公司,Xiangtan\n丁公司,无此地\n");
    http::Pairs const form{
        {"field_0", "name"}, {"field_1", "place_id"}, {"constant_kind", "enterprise"}, {"leave_out", "true"}};
    check(page, form);
    EXPECT_TRUE(officer.get(page + "/report.csv").contains("无此地"));
    run(page);
    EXPECT_EQ(find_organisation(*app.database().read(), "乙公司")->scope, "zone/changsha/changsha_htz");
    EXPECT_FALSE(find_organisation(*app.database().read(), "丁公司"));
    EXPECT_GE(organisations(), 2);
}

TEST_P(Imports, refuse_two_columns_for_one_field_and_keep_the_choice) {
    std::string const page = upload("works.csv", works);
    auto const answer = check(page, {{"field_0", "name"}, {"field_1", "name"}, {"field_2", ""}});
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.contains("<option value=\"name\" selected"));
    EXPECT_EQ(state(page), "mapping");
}

TEST_P(Imports, that_nobody_runs_are_forgotten_after_a_day) {
    upload("works.csv", works);
    app.clock().advance_ms(2LL * 86'400'000);
    app.host().run_background_once();
    EXPECT_EQ(count("select count(*) from kernel_table_import"), 0);
    EXPECT_EQ(count("select count(*) from kernel_blob"), 0);
}

TEST_P(Imports, belong_to_those_who_may_import) {
    std::string const page = upload("works.csv", works);
    auto other = app.as(app.account("chen.jing", {{"city_officer", {"zone/changsha"}}}));
    EXPECT_EQ(other.get(page).status, 403);
    EXPECT_EQ(other.post(page + "/check", as_works).status, 403);
    EXPECT_EQ(app.get("/organisations/import").status, 303);
    EXPECT_EQ(officer.get("/organisations/import/nothing").status, 404);
}

// What the job thread does after the server that ran the import has died.
TEST_P(Imports, go_on_after_the_last_stored_batch_when_their_server_dies) {
    std::string text = "name,kind\n";
    for (int i = 0; i < 1200; ++i) text += "公司" + std::to_string(i) + ",enterprise\n";
    std::string const page = upload("many.csv", text);
    check(page, {{"field_0", "name"}, {"field_1", "kind"}});
    ASSERT_EQ(state(page), "checked");
    std::string const id = page.substr(page.rfind('/') + 1);
    app.write([&](db::Transaction& transaction) {
        transaction.execute("update kernel_table_import set state = 'running', rows_done = 0, created = 0 where id = ?",
                            {id});
    });
    auto const& resource = app.services().modules[0].resources[0];
    imports::work(app.services(), resource, id, 0); // one slice without time for more than a look
    app.host().run_background_once();
    app.clock().advance_ms(120'000);
    app.host().run_background_once();
    EXPECT_EQ(state(page), "done");
    EXPECT_EQ(organisations(), 1200);
    EXPECT_EQ(count("select created from kernel_table_import"), 1200);
    EXPECT_EQ(count("select count(*) from kernel_table_import_row"), 1200);
}

TEST_P(Imports, take_back_what_they_stored_when_a_row_is_refused_after_the_check) {
    std::string text = "name,kind\n";
    for (int i = 0; i < 1200; ++i) text += "公司" + std::to_string(i) + ",enterprise\n";
    std::string const page = upload("many.csv", text);
    check(page, {{"field_0", "name"}, {"field_1", "kind"}});
    std::string const id = page.substr(page.rfind('/') + 1);
    // The right to import is lost between check and run.
    app.write([&](db::Transaction& transaction) {
        transaction.execute("update kernel_table_import set state = 'running', rows_done = 0, created = 0, account_id "
                            "= 'gone' where id = ?",
                            {id});
    });
    imports::work(app.services(), app.services().modules[0].resources[0], id, 60'000);
    EXPECT_EQ(state(page), "stopped");
    EXPECT_EQ(organisations(), 0);
}

} // namespace
} // namespace sangu::registry
