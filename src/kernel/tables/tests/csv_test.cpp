#include "kernel/tables/tables.h"
#include "kernel/tables/tests/read.h"
#include "support/database.h"
#include "support/files.h"

#include <chrono>
#include <fstream>

namespace sangu::tables {
namespace {

using Rows = std::vector<Row>;

Rows rows(std::string content, Limits limits = {}) {
    Read const result = read(open_text(std::move(content), limits));
    EXPECT_EQ(result.problem.key, "");
    return result.rows;
}
std::string refusal(std::string content, Limits limits = {}) {
    return read(open_text(std::move(content), limits)).refusal();
}
std::string written(Rows const& rows) {
    std::string text;
    auto const writer = csv_writer([&text](std::string_view piece) { text += piece; });
    for (Row const& row : rows) writer->row(row);
    writer->finish();
    return text;
}

TEST(Csv, EveryLineEnd) {
    Rows const expected{{"a", "b"}, {"1", "2"}};
    EXPECT_EQ(rows("a,b\n1,2\n"), expected);
    EXPECT_EQ(rows("a,b\r\n1,2\r\n"), expected);
    EXPECT_EQ(rows("a,b\r1,2\r"), expected);
    EXPECT_EQ(rows("a,b\n1,2"), expected);
    EXPECT_EQ(rows("\n\na,b\n\n1,2\n\n"), expected) << "empty lines are skipped";
    EXPECT_EQ(rows(""), Rows{});
    EXPECT_EQ(rows("\n\r\n"), Rows{});
}

TEST(Csv, EverySeparator) {
    Rows const expected{{"a", "b,c"}, {"1", "2"}};
    EXPECT_EQ(rows("a;\"b,c\"\n1;2"), expected);
    EXPECT_EQ(rows("a\t\"b,c\"\n1\t2"), expected);
    EXPECT_EQ(rows("a,\"b,c\"\n1,2"), expected);
    EXPECT_EQ(rows("名称\n甲；乙"), (Rows{{"名称"}, {"甲；乙"}}));
}

TEST(Csv, Quotes) {
    EXPECT_EQ(rows("\"a\"\"b\",\"\"\n\"1\n2\",\"3\r\n4\""), (Rows{{"a\"b", ""}, {"1\n2", "3\r\n4"}}));
    EXPECT_EQ(rows("5\" pipe,x"), (Rows{{"5\" pipe", "x"}})) << "a quote inside an unquoted cell is text";
    EXPECT_EQ(rows("\"\"\n\"\""), (Rows{{""}, {""}})) << "an empty quoted cell is a row";
}

TEST(Csv, LinesAreThoseOfTheFile) {
    Read const result = read(open_text("a,b\n\"1\n2\r\n3\r4\",x\n\n5,6\n"));
    EXPECT_EQ(result.lines, (std::vector<std::int64_t>{1, 2, 7}));
}

TEST(Csv, RefusalsNameLineColumnAndReason) {
    EXPECT_EQ(refusal("a,b\n1,\"2\n3\n"), "error.file.unclosed_quote@2:2");
    EXPECT_EQ(refusal("a,b\n\"1\n\"x,2"), "error.file.after_quote@3:1");
    EXPECT_EQ(refusal("a,b\n1,2,3"), "error.file.ragged@2:2");
    EXPECT_EQ(refusal("a,b\n1"), "error.file.ragged@2:1");
    EXPECT_EQ(refusal(std::string{"a,b\n1,x\0y", 9}), "error.file.nul@2:2");
    EXPECT_EQ(refusal(std::string{"a,b\n1,\"x\0y\"", 11}), "error.file.nul@2:2");
    EXPECT_EQ(refusal("a,b\n1,\xff\xff,\n"), "error.file.bad_bytes@2:2");
    EXPECT_EQ(refusal("\xef\xbb\xbf"
                      "a,b\n1,2\n3,\xe4\xbd"),
              "error.file.bad_bytes@3:2")
        << "cut inside a character";
    EXPECT_EQ(refusal("\xef\xbb\xbf"
                      "a\n\"\xc0\xaf\""),
              "error.file.bad_bytes@2:1")
        << "overlong";
}

TEST(Csv, LimitsAreRefusals) {
    EXPECT_EQ(refusal("abc,1", {.cell_bytes_max = 2}), "error.file.cell_too_long@1:1");
    EXPECT_EQ(refusal("1,\"abc\"", {.cell_bytes_max = 2}), "error.file.cell_too_long@1:2");
    EXPECT_EQ(refusal("1,2,3", {.columns_max = 2}), "error.file.too_many_columns@1:3");
    EXPECT_EQ(refusal("1\n2\n3", {.rows_max = 2}), "error.file.too_many_rows@3:0");
    EXPECT_EQ(read(open_text("1234", {.file_bytes_max = 3})).problem.key, "error.file.too_large");
    Rows const long_cell = rows("\"" + std::string(60'000, 'x') + "\"");
    EXPECT_EQ(long_cell[0][0].size(), 60'000u);
}

std::string utf16(std::u16string_view text, bool big_endian) {
    std::string bytes;
    for (char16_t const unit : text) {
        char const high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xff);
        bytes += big_endian ? high : low;
        bytes += big_endian ? low : high;
    }
    return bytes;
}

TEST(Csv, EveryEncodingOfChineseOffices) {
    Rows const expected{{"名称", "数量"}, {"长沙高新区", "12"}, {"𠮷野家", "3"}};
    std::u16string const text = u"名称,数量\r\n长沙高新区,12\r\n𠮷野家,3\r\n";
    EXPECT_EQ(rows("名称,数量\r\n长沙高新区,12\r\n𠮷野家,3\r\n"), expected);
    EXPECT_EQ(rows("\xef\xbb\xbf名称,数量\r\n长沙高新区,12\r\n𠮷野家,3\r\n"), expected);
    EXPECT_EQ(rows("\xff\xfe" + utf16(text, false)), expected);
    EXPECT_EQ(rows("\xfe\xff" + utf16(text, true)), expected);
    EXPECT_EQ(rows(utf16(text, false)), expected) << "without a mark";
    EXPECT_EQ(rows(utf16(text, true)), expected) << "without a mark";
    // GB18030 by iconv; 𠮷 (U+20BB7) takes four bytes.
    EXPECT_EQ(rows("\xc3\xfb\xb3\xc6,\xca\xfd\xc1\xbf\r\n\xb3\xa4\xc9\xb3\xb8\xdf\xd0\xc2\xc7\xf8,12\r\n"
                   "\x95\x34\xb2\x35\xd2\xb0\xbc\xd2,3\r\n"),
              expected);
}

TEST(Csv, WrongUtf16IsRefusedWithItsPlace) {
    std::u16string text = u"a,b\n1,";
    text += char16_t{0xd800};
    text += u"x\n";
    EXPECT_EQ(refusal("\xff\xfe" + utf16(text, false)), "error.file.bad_bytes@2:2");
    EXPECT_EQ(refusal("\xff\xfe" + utf16(u"a,b\n1,2", false) + "x"), "error.file.bad_bytes@2:2") << "half a unit";
}

TEST(Csv, TextAcrossReadingPieces) {
    std::string content = "h1,h2\n";
    Rows expected{{"h1", "h2"}};
    for (int i = 0; i < 60'000; ++i) {
        content += "\"第" + std::to_string(i) + "行\"\"引\"\"\",值\r\n";
        expected.push_back({"第" + std::to_string(i) + "行\"引\"", "值"});
    }
    EXPECT_EQ(rows(content), expected);
}

TEST(CsvWriter, WritesWhatSpreadsheetsRead) {
    EXPECT_EQ(written({{"名称", "a,b"}, {"x\"y", ""}}), "\xef\xbb\xbf名称,\"a,b\"\r\n\"x\"\"y\",\r\n");
}

TEST(CsvWriter, FormulasAreDefusedNumbersAreNot) {
    EXPECT_EQ(written({{"=1+1", "+cmd", "-x", "@sum", "-5", "+86", "-0.5"}}),
              "\xef\xbb\xbf'=1+1,'+cmd,'-x,'@sum,-5,'+86,-0.5\r\n");
    EXPECT_EQ(written({{"＝1+1", "＋1", "－1", "＠sum", "甲＝乙"}}), "\xef\xbb\xbf'＝1+1,'＋1,'－1,'＠sum,甲＝乙\r\n");
}

TEST(CsvWriter, WhatIsWrittenReadsBack) {
    Rows const all{{"=1+1", "'=2", "''", "'"},
                   {"\t=x", "\r=y", " padded ", "a\r\nb"},
                   {"", "", "", ""},
                   {";;;", "-", "−5", "'-5"},
                   {"＝1", "'＋1", "\n=x", "－"}};
    EXPECT_EQ(rows(written(all)), all);
    Rows const single{{"head"}, {""}, {"x"}};
    EXPECT_EQ(rows(written(single)), single);
}

TEST(CsvFile, TooLargeIsRefusedWithoutReading) {
    test::TemporaryDirectory const folder;
    std::string const path = folder.path() / "large.csv";
    test::write_file(path, "a,b\n");
    std::filesystem::resize_file(path, 200u << 20); // sparse
    auto const start = std::chrono::steady_clock::now();
    Read const result = read(open(path));
    EXPECT_EQ(result.problem.key, "error.file.too_large");
    EXPECT_EQ(result.problem.arguments, std::vector<std::string>{"64"});
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds{50});
}

TEST(CsvFile, OtherThingsThanFilesAreRefused) {
    EXPECT_EQ(read(open("/no/such/file.csv")).problem.key, "error.file.unreadable");
    EXPECT_EQ(read(open("/")).problem.key, "error.file.unreadable");
    EXPECT_EQ(read(open("/dev/zero")).problem.key, "error.file.unreadable");
}

TEST(CsvFile, OldWorkbooksAreNamedAsUnsupported) {
    test::TemporaryDirectory const folder;
    test::write_file(folder.path() / "old.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....");
    EXPECT_EQ(read(open(folder.path() / "old.xls")).problem.key, "error.file_type");
}

TEST(CsvFile, MemoryDoesNotGrowWithTheFile) {
    test::TemporaryDirectory const folder;
    std::string const path = folder.path() / "rows.csv";
    {
        std::ofstream stream{path};
        for (int i = 0; i < 100'000; ++i)
            stream << i << ",湖南湘江新区先进储能材料产业园第" << i << "号厂房,0731-88880000,2017-04-06,18000.5\n";
    }
    Weighed const weighed = weigh(path);
    EXPECT_EQ(weighed.rows, 100'000);
    EXPECT_LT(weighed.heap_bytes, 512u * 1024);
}

TEST(CsvFile, ReadsQuickly) {
    std::string content;
    while (content.size() < (16u << 20))
        content += "12345,plain ascii cell,2017-04-06,another cell of some length,18000.5\n";
    auto const reader = open_text(content);
    Row row;
    std::int64_t line = 0;
    auto const start = std::chrono::steady_clock::now();
    while (*(*reader)->next(row, line)) {
    }
    std::chrono::duration<double> const spent = std::chrono::steady_clock::now() - start;
    RecordProperty("megabytes_per_second", std::to_string(static_cast<double>(content.size()) / 1e6 / spent.count()));
    EXPECT_LT(spent.count(), 8);
}

} // namespace
} // namespace sangu::tables
