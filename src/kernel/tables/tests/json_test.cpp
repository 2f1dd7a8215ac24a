#include "read.h"
#include "support/database.h"
#include "support/files.h"

#include <gtest/gtest.h>

namespace sangu::tables {
namespace {

TEST(JsonLines, are_a_table_of_all_members_in_the_order_they_appear) {
    auto const table = read(open_text("{\"name\":\"岳麓山\",\"n\":1.5}\n\n{\"n\":2,\"tags\":[\"a\",\"b\"],\"owner\":{"
                                      "\"name\":\"𠮷\",\"old\":true}}\n"));
    ASSERT_EQ(table.rows.size(), 3u) << table.refusal();
    EXPECT_EQ(table.rows[0], (Row{"name", "n", "tags", "owner.name", "owner.old"}));
    EXPECT_EQ(table.rows[1], (Row{"岳麓山", "1.5", "", "", ""}));
    EXPECT_EQ(table.rows[2], (Row{"", "2", "a; b", "𠮷", "true"}));
    EXPECT_EQ(table.lines[2], 3) << "the line of the file";
}

TEST(JsonLines, that_are_broken_are_refused_with_their_line) {
    EXPECT_EQ(read(open_text("{\"a\":1}\n{\"a\":\n")).problem.line, 2);
    EXPECT_EQ(read(open_text("{\"a\":1}\n[1]\n")).refusal(), "error.json.not_an_object@2:0");
    EXPECT_EQ(read(open_text("{\"a\":1,\"a\":2}\n")).problem.key, "error.json.duplicate_key");
    EXPECT_FALSE(read(open_text("{\"a\":1e999}\n")).problem.key.empty());
    EXPECT_EQ(read(open_text("{\"a\":" + std::string(40, '[') + std::string(40, ']') + "}\n")).problem.key,
              "error.json.too_deep");
}

TEST(JsonArrays, of_objects_are_tables_too) {
    auto const table = read(open_text("\xef\xbb\xbf [ {\"a\": null, \"b\": false}, {\"c\": 3} ]"));
    ASSERT_EQ(table.rows.size(), 3u) << table.refusal();
    EXPECT_EQ(table.rows[0], (Row{"a", "b", "c"}));
    EXPECT_EQ(table.rows[1], (Row{"", "false", ""}));
    EXPECT_EQ(table.lines[2], 2) << "the number of the object";
    EXPECT_TRUE(read(open_text("[]")).rows.empty());
}

TEST(JsonLines, are_told_from_csv_by_their_first_characters) {
    EXPECT_EQ(read(open_text("[申报中],b\n1,2\n")).rows.size(), 2u);
    EXPECT_EQ(read(open_text("{x},y\n1,2\n")).rows.size(), 2u);
}

TEST(JsonLines, of_any_length_need_little_memory) {
    test::TemporaryDirectory const folder;
    std::string const path = (folder.path() / "many.jsonl").string();
    std::string text;
    for (int i = 0; i < 30'000; ++i)
        text += "{\"id\":" + std::to_string(i) + ",\"title\":\"" + std::string(200, 'x') + "\"}\n";
    test::write_file(path, text);
    auto const weighed = weigh(path);
    EXPECT_EQ(weighed.rows, 30'001);
    EXPECT_LT(weighed.heap_bytes, 1u << 20);
}

} // namespace
} // namespace sangu::tables
