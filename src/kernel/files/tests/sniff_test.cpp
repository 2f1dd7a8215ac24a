#include "kernel/files/files.h"

#include <gtest/gtest.h>

namespace sangu::files {
namespace {

std::string zip_with(std::string_view first_entry) {
    std::string head = "PK\x03\x04";
    head.resize(30, '\0');
    return head.append(first_entry);
}

TEST(SniffType, KnowsDocumentsByTheirBytes) {
    EXPECT_EQ(sniff_type("%PDF-1.7\n…", "anything.txt"), "application/pdf");
    EXPECT_EQ(sniff_type("\x89PNG\r\n\x1a\n....", "x"), "image/png");
    EXPECT_EQ(sniff_type("\xff\xd8\xff\xe0....", "x"), "image/jpeg");
    EXPECT_EQ(sniff_type("RIFF\x24\x10\x01\x01WEBPVP8 ", "x"), "image/webp");
    EXPECT_EQ(sniff_type(zip_with("[Content_Types].xml"), "佐证材料.XLSX"),
              "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    EXPECT_EQ(sniff_type(zip_with("mimetypeapplication/vnd.oasis.opendocument.textPK"), "x.odt"),
              "application/vnd.oasis.opendocument.text");
}

TEST(SniffType, TakesTextOfEitherEncoding) {
    EXPECT_EQ(sniff_type("年份,数值\n2019,20\n", "a.csv"), "text/csv");
    EXPECT_EQ(sniff_type("\xef\xbb\xbf指标", "a.txt"), "text/plain");
    EXPECT_EQ(sniff_type("\xc4\xea\xb7\xdd,\xca\xfd\xd6\xb5\n", "a.csv"), "text/csv"); // 年份,数值 in GB18030
    EXPECT_EQ(sniff_type(std::string_view{"年份"}.substr(0, 5), "a.csv"),
              "text/csv"); // the head ends inside a character
}

TEST(SniffType, RefusesEverythingElse) {
    EXPECT_FALSE(sniff_type("", "a.txt"));
    EXPECT_FALSE(sniff_type("<!doctype html><p>", "a.txt"));
    EXPECT_FALSE(sniff_type("  <svg xmlns='http://www.w3.org/2000/svg'>", "a.csv"));
    EXPECT_FALSE(sniff_type("a,b\n<script>alert(1)</script>", "a.csv"));
    EXPECT_FALSE(sniff_type("#!/bin/sh\nrm -rf /\n", "a.txt"));
    EXPECT_FALSE(sniff_type("MZ\x90\x01", "a.pdf"));
    EXPECT_FALSE(sniff_type(std::string_view{"\x7f"
                                             "ELF\x02\x01\x01",
                                             7},
                            "a.txt"));
    EXPECT_FALSE(sniff_type("print('hello')", "a.py"));
    EXPECT_FALSE(sniff_type(zip_with("setup.exe"), "a.xlsx"));
    EXPECT_FALSE(sniff_type(zip_with("[Content_Types].xml xl/vbaProject.bin"), "a.xlsx"));
    EXPECT_FALSE(sniff_type(zip_with("[Content_Types].xml"), "a.zip"));
    EXPECT_FALSE(sniff_type(std::string_view{"a\0b", 3}, "a.txt"));
}

} // namespace
} // namespace sangu::files
