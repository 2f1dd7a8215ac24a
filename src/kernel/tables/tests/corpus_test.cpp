// Files that nobody wrote for sangu.

#include "kernel/json/json.h"
#include "kernel/tables/tables.h"
#include "kernel/tables/tests/read.h"
#include "support/database.h"
#include "support/files.h"

#include <algorithm>

namespace sangu::tables {
namespace {

// The rows as csv-spectrum writes them in JSON: an array of objects with the first row as names.
void expect_equals_json(std::vector<Row> const& rows, json::Node expected) {
    ASSERT_EQ(rows.size(), expected.size() + 1);
    for (std::size_t i = 0; i < expected.size(); ++i)
        for (std::size_t column = 0; column < rows[0].size(); ++column)
            EXPECT_EQ(rows[i + 1][column], expected.at(i).text_of(rows[0][column])) << "row " << i;
}

// The repository of csv-spectrum lost the CR of its files to line end conversion.
std::string with_carriage_returns(std::string const& text) {
    std::string result;
    for (char const c : text) result += c == '\n' ? std::string{"\r\n"} : std::string{c};
    return result;
}

TEST(Corpus, CsvSpectrum) {
    auto const archive = test::shared_data("conformance/csv-spectrum.tar.xz");
    if (archive.empty()) GTEST_SKIP() << "csv-spectrum is not here";
    test::TemporaryDirectory const folder;
    ASSERT_TRUE(test::unpack(archive, folder.path()));
    int count = 0;
    for (auto const& entry : std::filesystem::directory_iterator{folder.path() / "csvs"}) {
        std::string const name = entry.path().stem();
        SCOPED_TRACE(name);
        std::string const content = test::read_file(entry.path());
        Read const result = read(open_text(name.ends_with("_crlf") ? with_carriage_returns(content) : content));
        ASSERT_EQ(result.problem.key, "");
        auto const expected = json::Document::parse(test::read_file(folder.path() / "json" / (name + ".json")));
        ASSERT_TRUE(expected);
        ++count;
        if (expected->root().kind() == json::Kind::array) {
            expect_equals_json(result.rows, expected->root());
        } else { // its JSON holds another telephone number than its CSV
            ASSERT_EQ(name, "location_coordinates");
            EXPECT_EQ(result.rows[1][1], expected->root().text_of("Location Coordinates"));
        }
    }
    EXPECT_EQ(count, 12);
}

std::vector<Row> naughty_rows(std::filesystem::path const& folder) {
    std::string const text = test::read_file(folder / "blns.json");
    auto const strings = json::Document::parse(text);
    std::vector<Row> rows{{"number", "naughty"}};
    for (std::size_t i = 0; strings && i < strings->root().size(); ++i) {
        std::string naughty{strings->root().at(i).text()};
        std::erase(naughty, '\0'); // no column of a database can hold it
        rows.push_back({std::to_string(i), naughty});
    }
    return rows;
}

TEST(Corpus, NaughtyStringsSurviveCsvAndXlsx) {
    auto const archive = test::shared_data("conformance/blns.tar.xz");
    if (archive.empty()) GTEST_SKIP() << "the naughty strings are not here";
    test::TemporaryDirectory const folder;
    ASSERT_TRUE(test::unpack(archive, folder.path()));
    std::vector<Row> const rows = naughty_rows(folder.path());
    ASSERT_EQ(rows.size(), 516u);

    std::string csv;
    auto const csv_out = csv_writer([&csv](std::string_view piece) { csv += piece; });
    std::string const xlsx = folder.path() / "naughty.xlsx";
    auto const xlsx_out = xlsx_writer(xlsx, "strings");
    for (Row const& row : rows) {
        csv_out->row(row);
        xlsx_out->row(row);
    }
    csv_out->finish();
    xlsx_out->finish();
    for (Read const& result : {read(open_text(csv)), read(open(xlsx))}) {
        EXPECT_EQ(result.refusal(), "@0:0");
        ASSERT_EQ(result.rows.size(), rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(result.rows[i], rows[i]);
    }
}

TEST(Corpus, NasaPatents) {
    auto const path = test::shared_data("nasa-patents/NASA_Patents.csv");
    if (path.empty()) GTEST_SKIP() << "NASA_Patents.csv is not here";
    Read const result = read(open(path));
    EXPECT_EQ(result.refusal(), "@0:0");
    ASSERT_EQ(result.rows.size(), 1394u);
    EXPECT_EQ(result.rows[0].front(), "Center");
    EXPECT_EQ(result.lines.back(), 1395) << "one cell holds a line break";
}

TEST(Corpus, CallsForProposals) {
    auto const archive = test::shared_data("zh-funding-calls/cnki-apply-project-2017-9-26.csv.gz");
    if (archive.empty()) GTEST_SKIP() << "the calls for proposals are not here";
    test::TemporaryDirectory const folder;
    ASSERT_TRUE(test::unpack(archive, folder.path()));
    Read const result = read(open(folder.path() / "cnki-apply-project-2017-9-26.csv"));
    EXPECT_EQ(result.refusal(), "@0:0");
    ASSERT_GT(result.rows.size(), 15'000u);
    EXPECT_TRUE(std::ranges::find(result.rows[0], "项目名称") != result.rows[0].end());
}

} // namespace
} // namespace sangu::tables
