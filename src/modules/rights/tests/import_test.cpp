#include "modules/rights/import.h"
#include "modules/rights/tests/rights_fixture.h"
#include "support/files.h"

#include <filesystem>

namespace sangu::rights {
namespace {

class Imports : public OnBothRegisters {
protected:
    Result<RightsReport> import_text(std::string_view text, ImportMode mode, std::string_view mapping = {}) {
        auto const path = folder.path() / "rights.csv";
        test::write_file(path, text);
        Context context = app.context(officer_id);
        return import_rights(context, path.string(), mapping, mode);
    }
    test::TemporaryDirectory folder;
};
SANGU_ON_BOTH_DATABASES(Imports);

constexpr std::string_view three_rows =
    "kind,title,application_number,application_date,legal_status,holders,inventors\n"
    "invention,牵引变流器,201310699744.2,2013-12-18,published,株洲中车时代电气股份有限公司 60%；中南大学 "
    "40%,李明；王芳\n"
    "invention,另一项,201310699744.3,2013-12-18,published,中南大学,\n"
    "trademark,时代,,,pending,株洲中车时代电气股份有限公司,\n";

TEST_P(Imports, report_every_wrong_row_and_store_nothing_or_the_rest) {
    auto const checked = import_text(three_rows, ImportMode::check);
    ASSERT_TRUE(checked);
    EXPECT_EQ(checked->rows, 3);
    EXPECT_EQ(checked->left_out, 1);
    ASSERT_EQ(checked->problems.size(), 1u);
    EXPECT_EQ(checked->problems[0].line, 3);
    EXPECT_EQ(checked->problems[0].key, "rights.number.check_digit");
    EXPECT_EQ(count("rights_right"), 0);
    EXPECT_FALSE(import_text(three_rows, ImportMode::store_all)->stored);
    EXPECT_EQ(count("rights_right"), 0);
    EXPECT_EQ(count("rights_tally"), 0);
    auto const stored = import_text(three_rows, ImportMode::store_good);
    EXPECT_TRUE(stored->stored);
    EXPECT_EQ(stored->created, 2);
    EXPECT_EQ(count("rights_right"), 2);
    EXPECT_EQ(count("rights_holder"), 3);
}

TEST_P(Imports, of_the_same_file_change_nothing) {
    std::string_view const rows = "kind,title,application_number,legal_status,holders\n"
                                  "invention,牵引变流器,201310699744.2,published,中南大学\n";
    ASSERT_EQ(import_text(rows, ImportMode::store_all)->created, 1);
    EXPECT_EQ(import_text(rows, ImportMode::store_all)->unchanged, 1);
    auto const changed = import_text("kind,title,application_number,legal_status,holders\n"
                                     "invention,新名称,201310699744.2,published,中南大学\n",
                                     ImportMode::store_all);
    EXPECT_EQ(changed->changed, 1);
    EXPECT_EQ(count("rights_right"), 1);
    auto const twice =
        import_text("kind,title,application_number,legal_status,holders\n"
                    "invention,甲,95115608.X,published,中南大学\ninvention,乙,95115608.X,published,中南大学\n",
                    ImportMode::store_good);
    EXPECT_EQ(twice->created, 1);
    EXPECT_EQ(twice->problems.at(0).key, "rights.error.twice_in_file");
}

TEST_P(Imports, refuse_broken_files_and_strangers) {
    EXPECT_FALSE(import_text("", ImportMode::store_all));
    EXPECT_FALSE(import_text("no_such_column\nx\n", ImportMode::store_all));
    EXPECT_FALSE(import_text("title\nx\n", ImportMode::store_all, "no_such_mapping"));
    EXPECT_FALSE(import_text("title\nx\n", ImportMode::store_all, "nasa_patents")) << "columns are missing";
    auto const cut = import_text("kind,title,holders\ninvention,\"甲", ImportMode::store_good);
    EXPECT_TRUE(!cut || !cut->problems.empty());
    EXPECT_EQ(count("rights_right"), 0);
    Context stranger = app.context(member_id);
    EXPECT_EQ(import_rights(stranger, "/nothing", {}, ImportMode::check).error().refusal, Refusal::forbidden);
    EXPECT_EQ(app.as(member_id).get("/rights/import").status, 403);
}

TEST_P(Imports, by_the_page_check_first_and_store_by_one_click) {
    auto browser = app.as(officer_id);
    EXPECT_EQ(browser.get("/rights/import").status, 200);
    std::vector<http::Upload> files(1);
    files[0].field = "file";
    files[0].file_name = "rights.csv";
    files[0].data = three_rows;
    files[0].size = files[0].data.size();
    auto const page = browser.upload("/rights/import", {{"mode", "check"}}, std::move(files));
    EXPECT_EQ(page.status, 422);
    EXPECT_TRUE(page.contains("校验位"));
    auto const token = browser.hidden_field("kept");
    ASSERT_FALSE(token.empty());
    EXPECT_EQ(browser.post("/rights/import", {{"kept", token}, {"mapping", ""}, {"mode", "store_good"}}).status, 200);
    EXPECT_EQ(count("rights_right"), 2);
}

TEST_P(Imports, mappings_are_checked_before_they_are_stored) {
    auto browser = app.as(officer_id);
    http::Pairs const typed{{"code", "own"}, {"name", "自有"}, {"rules", "title = 名称\nnonsense"}};
    auto const refused = browser.post("/right-mappings", typed);
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("第 2 行"));
    EXPECT_EQ(browser.post("/right-mappings", with(typed, "rules", "title = 名称")).status, 303);
}

// 1,393 rows with dates in two forms, numbers twice, one status that means nothing to us.
TEST_P(Imports, take_the_patents_of_nasa_through_its_mapping) {
    auto const file = test::shared_data("nasa-patents/NASA_Patents.csv");
    if (file.empty()) GTEST_SKIP() << "the real data is not here";
    Context context = app.context(officer_id);
    auto const report = import_rights(context, file.string(), "nasa_patents", ImportMode::store_good);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->rows, 1393);
    EXPECT_EQ(report->created + report->changed + report->unchanged + report->left_out, 1393);
    EXPECT_EQ(report->changed, 0);
    EXPECT_EQ(count("rights_right"), report->created);
    std::map<std::string, int> why;
    for (Problem const& one : report->problems) {
        EXPECT_GT(one.line, 1);
        ++why[one.key];
    }
    EXPECT_EQ(why["rights.mapping.value"], 1) << "the status GM";
    EXPECT_EQ(why["rights.error.twice_in_file"], report->left_out - 1) << "numbers that come twice";
    EXPECT_LT(report->left_out, 20);
    auto const again = import_rights(context, file.string(), "nasa_patents", ImportMode::store_good);
    EXPECT_EQ(again->created, 0);
    EXPECT_EQ(again->changed, 0);
    auto const card = find_right(context, "5694939");
    ASSERT_TRUE(card);
    EXPECT_EQ(to_text(card->expires_on.value()), "2015-10-03");
    EXPECT_EQ(card->legal_status, "expired");
    EXPECT_TRUE(app.get("/rights/" + card->id.text).contains("NASA open data, US government work"));
}

} // namespace
} // namespace sangu::rights
