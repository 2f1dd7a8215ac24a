#include "modules/indicators/pages.h"
#include "modules/indicators/tests/indicators_fixture.h"

namespace sangu::indicators {
namespace {

using WorkPages = OnBothPlans;
SANGU_ON_BOTH_DATABASES(WorkPages);

std::string text_of(http::Reply const& reply) {
    auto const* text = std::get_if<std::string>(&reply.body);
    return text ? *text : std::string{};
}

http::Request form(http::Pairs fields, http::Pairs parameters = {}) {
    http::Request request;
    request.method = http::Method::post;
    request.form = std::move(fields);
    request.parameters = std::move(parameters);
    return request;
}

bool shows(http::Reply const& reply, std::string_view text) { return text_of(reply).find(text) != std::string::npos; }

TEST_P(WorkPages, RefusedFormKeepsWhatWasTyped) {
    Context city = changsha();
    auto request = form({{"indicator", "I01"},
                         {"place", "changsha"},
                         {"period", "2018-02-30"},
                         {"value", "12"},
                         {"unit", "家"},
                         {"source", "CS2018"},
                         {"status", "reported"},
                         {"note", "两个团队待核"}});
    auto const reply = new_figure_post(city, request);
    EXPECT_EQ(reply.status, 422);
    EXPECT_TRUE(shows(reply, "两个团队待核"));
    EXPECT_TRUE(shows(reply, "“2018-02-30”不是有效的统计期"));
    EXPECT_TRUE(shows(reply, "单位“家”与指标的单位“个”不一致"));
    EXPECT_FALSE(shows(reply, "<option value=\"zhuzhou\"")) << "an officer of Changsha enters for Changsha";
}

TEST_P(WorkPages, FigureIsEnteredListedAndTakenThroughItsSteps) {
    Context city = changsha();
    auto request = form({{"indicator", "I01"},
                         {"place", "changsha"},
                         {"period", "2018"},
                         {"value", "12"},
                         {"unit", ""},
                         {"source", "CS2018"},
                         {"status", "reported"}});
    auto const entered = new_figure_post(city, request);
    ASSERT_EQ(entered.status, 303);
    std::string id;
    for (auto const& [name, value] : entered.headers)
        if (name == "Location") id = value.substr(value.rfind('/') + 1, 26);
    http::Request list;
    list.query = {{"state", "draft"}};
    EXPECT_TRUE(shows(work_page(city, list), id));
    http::Request show;
    show.parameters = {{"id", id}};
    EXPECT_TRUE(shows(figure_page(city, show), "/figures/" + id + "/actions/submit"));
    auto step_request = form({}, {{"id", id}, {"action", "submit"}});
    EXPECT_EQ(figure_action(city, step_request).status, 303);
    Context zone = officer();
    EXPECT_TRUE(shows(figure_page(zone, show), "/figures/" + id + "/actions/approve"));
    Context foreign = context(person("zhou", "city_officer", "zone/zhuzhou"));
    EXPECT_EQ(figure_page(foreign, show).status, 404);
}

TEST_P(WorkPages, StaleEditShowsBothVersions) {
    Context city = changsha();
    auto const id = enter(city, teams_in_changsha(12));
    ASSERT_TRUE(id);
    Observation theirs = teams_in_changsha(13);
    ASSERT_TRUE(correct(city, *id, 0, theirs));
    auto request = form({{"indicator", "I01"},
                         {"place", "changsha"},
                         {"period", "2018"},
                         {"value", "14"},
                         {"unit", "个"},
                         {"source", "CS2018"},
                         {"status", "reported"},
                         {"version", "0"}},
                        {{"id", id->text}});
    auto const reply = edit_figure_post(city, request);
    EXPECT_EQ(reply.status, 412);
    EXPECT_TRUE(shows(reply, "<del>13</del>"));
    EXPECT_TRUE(shows(reply, "<ins>14</ins>"));
    EXPECT_TRUE(shows(reply, "name=\"version\" value=\"1\""));
}

TEST_P(WorkPages, ImportPageReportsLineAndColumn) {
    Context zone = officer();
    http::Request request = form({{"kind", "observations"}, {"mode", "store"}});
    http::Upload upload;
    upload.field = "file";
    upload.file_name = "figures.csv";
    upload.data = "indicator,place,period,value,unit,source,status\nI01,changsha,2018,12,家,CS2018,reported\n";
    upload.size = upload.data.size();
    request.uploads.push_back(std::move(upload));
    auto const reply = import_post(zone, request);
    EXPECT_EQ(reply.status, 422);
    EXPECT_TRUE(shows(reply, "<td>2</td><td>5</td>"));
    EXPECT_EQ(count("indicators_observation"), 89);
}

TEST_P(WorkPages, CheckedFileIsImportedWithoutASecondUpload) {
    Context zone = officer();
    http::Request checking = form({{"kind", "observations"}, {"mode", "check"}});
    http::Upload upload;
    upload.field = "file";
    upload.file_name = "figures.csv";
    upload.data = "indicator,place,period,value,unit,source,status\nI01,changsha,2018,12,个,CS2018,reported\n";
    upload.size = upload.data.size();
    checking.uploads.push_back(std::move(upload));
    auto const page = text_of(import_post(zone, checking));
    EXPECT_EQ(count("indicators_observation"), 89);
    auto const at = page.find("name=\"kept\" value=\"");
    ASSERT_NE(at, std::string::npos) << page;
    auto const start = page.find("value=\"", at) + 7;
    zone.refresh();
    auto storing = form({{"kind", "observations"}, {"kept", page.substr(start, page.find('"', start) - start)}});
    auto const stored = import_post(zone, storing);
    EXPECT_EQ(stored.status, 200);
    EXPECT_TRUE(shows(stored, "SHA-256"));
    EXPECT_EQ(count("indicators_observation"), 90);
    EXPECT_EQ(database().read()->text("select file_name from indicators_import where imported_by <> 'system'"),
              "figures.csv");
}

} // namespace
} // namespace sangu::indicators
