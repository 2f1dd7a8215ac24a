#include "kernel/tables/tables.h"
#include "kernel/tables/tests/read.h"
#include "kernel/tables/tests/workbook.h"
#include "kernel/tables/xlsx_parts.h"
#include "support/database.h"
#include "support/files.h"

namespace sangu::tables {
namespace {

using Rows = std::vector<Row>;

class Xlsx : public ::testing::Test {
protected:
    Read read_entries(Entries const& entries, Limits limits = {}) {
        return read(open(zipped(folder_.path() / "book.xlsx", entries), limits));
    }
    Read read_sheet(std::string_view sheet_data, Limits limits = {}) {
        return read_entries(workbook(sheet_data), limits);
    }
    std::string refusal(Entries const& entries, Limits limits = {}) {
        return read_entries(entries, limits).problem.key;
    }

    test::TemporaryDirectory folder_;
};

TEST_F(Xlsx, ReadsEveryKindOfCellOfTheFirstSheet) {
    Read const result = read_sheet(
        "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='C1' t='s'><v>2</v></c></row>"
        "<row r='4'><c r='A4'><v>0.30000000000000004</v></c><c r='B4' t='b'><v>1</v></c>"
        "<c r='C4' t='inlineStr'><is><r><t>在</t></r><t>线</t></is></c></row>"
        "<row><c t='str'><f>A1&amp;B1</f><v>joined</v></c><c t='e'><v>#N/A</v></c><c><f>1+1</f><v>2</v></c></row>");
    EXPECT_EQ(result.refusal(), "@0:0");
    EXPECT_EQ(result.rows,
              (Rows{{"名称", "长 沙", "line\rend"}, {"0.30000000000000004", "true", "在线"}, {"joined", "#N/A", "2"}}));
    EXPECT_EQ(result.lines, (std::vector<std::int64_t>{1, 4, 5}));
}

TEST_F(Xlsx, DatesComeByTheirStyle) {
    Read const result =
        read_sheet("<row><c s='1'><v>42831</v></c><c s='2'><v>42831.5</v></c><c s='3'><v>0.354166666666667</v></c>"
                   "<c s='4'><v>42831</v></c><c s='5'><v>42831</v></c><c s='0'><v>42831</v></c></row>");
    EXPECT_EQ(result.rows, (Rows{{"2017-04-06", "2017-04-06T12:00:00", "08:30:00", "2017-04-06", "42831", "42831"}}));
    EXPECT_EQ(read_sheet("<row><c s='1'><v>1</v></c><c s='1'><v>59</v></c><c s='1'><v>61</v></c></row>").rows,
              (Rows{{"1900-01-01", "1900-02-28", "1900-03-01"}}));
    Entries const mac = workbook("<row><c s='1'><v>0</v></c></row>",
                                 {{"xl/workbook.xml", "<workbook xmlns:r='r'><workbookPr date1904='1'/><sheets>"
                                                      "<sheet r:id='rId7'/></sheets></workbook>"}});
    EXPECT_EQ(read_entries(mac).rows, (Rows{{"1904-01-01"}}));
}

TEST(XlsxFormats, DatesAreToldFromNumbers) {
    EXPECT_EQ(kind_of_format("General"), NumberKind::number);
    EXPECT_EQ(kind_of_format("#,##0.00;[Red]-#,##0.00"), NumberKind::number);
    EXPECT_EQ(kind_of_format("0\"d\""), NumberKind::number);
    EXPECT_EQ(kind_of_format("[$-804]yyyy\"年\"m\"月\";@"), NumberKind::date);
    EXPECT_EQ(kind_of_format("mmm-yy"), NumberKind::date);
    EXPECT_EQ(kind_of_format("[h]:mm:ss"), NumberKind::time);
    EXPECT_EQ(kind_of_format("yyyy/m/d h:mm"), NumberKind::date_and_time);
    EXPECT_EQ(kind_of_format(31), NumberKind::date);
    EXPECT_EQ(kind_of_format(4), NumberKind::number);
}

TEST_F(Xlsx, ShortRowsAreFilledLongOnesRefused) {
    std::string const head = "<row><c><v>1</v></c><c><v>2</v></c><c s='1'/></row>";
    EXPECT_EQ(
        read_sheet(head +
                   "<row><c r='B2'><v>5</v></c><c r='E2' s='1'/></row><row r='3'/><row r='9'><c><v>6</v></c></row>")
            .rows,
        (Rows{{"1", "2"}, {"", "5"}, {"6", ""}}));
    EXPECT_EQ(read_sheet(head + "<row><c r='C2'><v>5</v></c></row>").refusal(), "error.file.ragged@2:2");
}

TEST_F(Xlsx, LimitsAreRefusalsWithTheirPlace) {
    EXPECT_EQ(read_sheet("<row r='3'><c r='C3'><v>1</v></c></row>", {.columns_max = 2}).refusal(),
              "error.file.too_many_columns@3:3");
    EXPECT_EQ(read_sheet("<row><c r='ZZZZ1'><v>1</v></c></row>").rows, (Rows{{"1"}})) << "a wrong reference counts on";
    EXPECT_EQ(read_sheet("<row><c t='inlineStr'><is><t>abc</t></is></c></row>", {.cell_bytes_max = 2}).refusal(),
              "error.file.cell_too_long@1:1");
    EXPECT_EQ(read_sheet("<row><c><v>1</v></c></row><row><c><v>1</v></c></row>", {.rows_max = 1}).refusal(),
              "error.file.too_many_rows@2:0");
    EXPECT_EQ(read_sheet("<row><c t='s'><v>99</v></c></row>").refusal(), "error.file.xlsx_broken@1:1");
}

TEST_F(Xlsx, BrokenWorkbooksAreRefused) {
    EXPECT_EQ(refusal(workbook("", {{"xl/workbook.xml", ""}})), "error.file.xlsx_broken");
    EXPECT_EQ(refusal(workbook("", {{"xl/_rels/workbook.xml.rels", ""}})), "error.file.xlsx_no_sheet");
    EXPECT_EQ(refusal(workbook("", {{"xl/worksheets/first.xml", ""}})), "error.file.xlsx_no_sheet");
    EXPECT_EQ(refusal(workbook("<row><c></row>")), "error.file.xlsx_broken");
    EXPECT_EQ(refusal({{"readme.txt", "no workbook"}}), "error.file.xlsx_broken");
    test::write_file(folder_.path() / "cut.xlsx", "PK\x03\x04 and then nothing");
    EXPECT_EQ(read(open(folder_.path() / "cut.xlsx")).problem.key, "error.file.xlsx_broken");
}

TEST_F(Xlsx, ChangedBytesAreNoticed) {
    std::string const path = zipped(folder_.path() / "book.xlsx", workbook("<row><c><v>1</v></c></row>"));
    std::string bytes = test::read_file(path);
    std::size_t accepted = 0;
    for (std::size_t i = 0; i < bytes.size(); i += 7) {
        std::string changed = bytes;
        changed[i] = static_cast<char>(changed[i] ^ 0x55);
        test::write_file(path, changed);
        Read const result = read(open(path));
        if (result.problem.key.empty() && result.rows == Rows{{"1"}}) ++accepted; // dates, comments, unused sheets
    }
    EXPECT_LT(accepted, bytes.size() / 7);
}

TEST_F(Xlsx, BombsAndTricksAreRefused) {
    std::string const zeros(32u << 20, ' ');
    EXPECT_EQ(refusal(workbook("", {{"xl/worksheets/first.xml", "<worksheet>" + zeros + "</worksheet>"}})),
              "error.file.xlsx_unpacks");
    EXPECT_EQ(refusal(workbook("<row><c><v>1</v></c></row>"), {.unpacked_bytes_max = 1000}), "error.file.xlsx_unpacks");
    EXPECT_EQ(refusal(workbook("", {{"../../etc/passwd", "x"}})), "error.file.xlsx_forbidden");
    EXPECT_EQ(refusal(workbook("", {{"/etc/passwd", "x"}})), "error.file.xlsx_forbidden");
    EXPECT_EQ(refusal(workbook("", {{"a\\..\\b", "x"}})), "error.file.xlsx_forbidden");
    EXPECT_EQ(refusal(workbook("", {{"XL/Workbook.xml", "<other/>"}})), "error.file.xlsx_broken") << "a name twice";
    Entries many = workbook("");
    for (int i = 0; i < 1001; ++i) many.emplace_back("e" + std::to_string(i), "x");
    EXPECT_EQ(refusal(many), "error.file.xlsx_unpacks");
}

TEST_F(Xlsx, EntitiesAndDepthAreRefused) {
    std::string const doctype = "<!DOCTYPE w [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>";
    EXPECT_EQ(refusal(workbook("", {{"xl/worksheets/first.xml", doctype + "<w>&e;</w>"}})),
              "error.file.xlsx_forbidden");
    EXPECT_EQ(refusal(workbook("", {{"xl/sharedStrings.xml", doctype + "<sst/>"}})), "error.file.xlsx_forbidden");
    std::string deep;
    for (int i = 0; i < 1000; ++i) deep += "<row>";
    EXPECT_EQ(refusal(workbook("", {{"xl/worksheets/first.xml", deep}})), "error.file.xlsx_forbidden");
    std::string token = "<worksheet a='";
    for (std::int64_t i = 0; i < 400'000; ++i) token += std::to_string(i * 7919 % 100'003);
    EXPECT_EQ(refusal(workbook("", {{"xl/worksheets/first.xml", token + "'/>"}})), "error.file.xlsx_forbidden");
}

TEST_F(Xlsx, WhatIsWrittenReadsBack) {
    std::string const path = folder_.path() / "out.xlsx";
    Rows const rows{
        {"名称", "数"}, {"=1+1", "18000"},           {"007", "1.5"},      {"91430100MA4L1ABC2X", "430100199001011234"},
        {"", "-0.25"},  {"a\r\nb\t\x01", "_x000D_"}, {"  padded ", "1e5"}};
    auto const writer = xlsx_writer(path, "计划[2017]/2019");
    for (Row const& row : rows) writer->row(row);
    writer->finish();
    Read const result = read(open(path));
    EXPECT_EQ(result.refusal(), "@0:0");
    EXPECT_EQ(result.rows, rows);
}

TEST_F(Xlsx, ManyRowsTakeLittleMemory) {
    std::string const path = folder_.path() / "many.xlsx";
    auto const writer = xlsx_writer(path, "rows");
    for (int i = 0; i < 100'000; ++i)
        writer->row({std::to_string(i), "株洲高新区第" + std::to_string(i) + "号厂房", "2017-04-06"});
    writer->finish();
    Weighed const weighed = weigh(path);
    EXPECT_EQ(weighed.rows, 100'000);
    RecordProperty("heap_bytes", std::to_string(weighed.heap_bytes));
    EXPECT_LT(weighed.heap_bytes, 1024u * 1024);
}

} // namespace
} // namespace sangu::tables
