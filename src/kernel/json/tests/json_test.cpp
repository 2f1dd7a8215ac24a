#include "kernel/json/json.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sangu::json {
namespace {

std::string json_text(std::string_view text) {
    std::string out;
    append_quoted(out, text);
    return out;
}

struct Refused {
    std::string key;
    std::int64_t line = 0, column = 0;
    bool operator==(Refused const&) const = default;
};

void PrintTo(Refused const& refused, std::ostream* out) {
    *out << refused.key << " at " << refused.line << ":" << refused.column;
}

Refused refused(std::string_view text, ParseLimits limits = {}) {
    auto const document = Document::parse(text, limits);
    if (document) return {"accepted"};
    Problem const& problem = document.error().problems.at(0);
    return {problem.key, problem.line, problem.column};
}

TEST(JsonWriter, writes_nested_values_with_commas) {
    std::string out;
    Writer writer{out};
    writer.begin_object().member("n", 1).member("ok", true).key("list").begin_array();
    writer.value("a").value(2.5).null().begin_object().end_object().value(std::size_t{7});
    writer.end_array().member("none", Value{}).member("bytes", Value{Bytes{"\xFF"}}).end_object();
    EXPECT_EQ(out, R"({"n":1,"ok":true,"list":["a",2.5,null,{},7],"none":null,"bytes":"_w"})");
}

TEST(JsonWriter, text_is_safe_inside_a_script_element) {
    EXPECT_EQ(json_text("</script>&"), R"("\u003c/script\u003e\u0026")");
    EXPECT_EQ(json_text("\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xA6"), "\"\\u2028\\u2029\xE2\x80\xA6\"");
    EXPECT_EQ(json_text("a\"b\\c\n\r\t\x01"), R"("a\"b\\c\n\r\t\u0001")");
}

TEST(JsonWriter, an_escape_is_found_at_every_place_of_a_long_text) {
    for (std::size_t at = 0; at < 40; ++at) {
        std::string text(40, 'x');
        text[at] = '<';
        std::string const expected = "\"" + text.substr(0, at) + "\\u003c" + text.substr(at + 1) + "\"";
        EXPECT_EQ(json_text(text), expected) << at;
    }
    std::string const chinese = "长沙高新技术产业开发区管理委员会科技创新局";
    EXPECT_EQ(json_text(chinese), "\"" + chinese + "\"");
}

TEST(JsonWriter, what_is_no_number_is_null) {
    std::string out;
    Writer{out}
        .begin_array()
        .value(std::nan(""))
        .value(HUGE_VAL)
        .value(1800.0)
        .value(-0.0)
        .value(INT64_MIN)
        .end_array();
    EXPECT_EQ(out, "[null,null,1800,0,-9223372036854775808]");
}

TEST(JsonDocument, gives_members_in_the_order_of_the_text) {
    auto const document = Document::parse(R"({"b": [1, 2.5, "x", null, true], "a": {"n": "年"}})");
    ASSERT_TRUE(document);
    Node const root = document->root();
    ASSERT_EQ(root.size(), 2u);
    EXPECT_EQ(root.key_at(0), "b");
    EXPECT_EQ(root.at(0).at(0).integer(), 1);
    EXPECT_EQ(root.at(0).at(0).real(), 1.0);
    EXPECT_EQ(root.at(0).at(1).real(), 2.5);
    EXPECT_EQ(root.at(0).at(2).text(), "x");
    EXPECT_EQ(root.at(0).at(3).kind(), Kind::null);
    EXPECT_TRUE(root.at(0).at(4).boolean());
    EXPECT_EQ(root.find("a")->text_of("n"), "年");
    EXPECT_FALSE(root.find("c"));
    EXPECT_FALSE(root.integer_of("a"));
}

TEST(JsonDocument, another_kind_is_neutral) {
    auto const document = Document::parse("[1]");
    Node const root = document->root();
    EXPECT_EQ(root.text(), "");
    EXPECT_EQ(root.integer(), 0);
    EXPECT_FALSE(root.boolean());
    EXPECT_FALSE(root.find("x"));
    EXPECT_EQ(root.at(0).size(), 0u);
}

TEST(JsonDocument, reads_numbers_exactly) {
    auto const document = Document::parse("[0.1, 3.3, 1.7976931348623157e308, 5e-324, 1e-400, 9223372036854775807, "
                                          "9223372036854775808, 98.6542, 7.038531e-26]");
    ASSERT_TRUE(document);
    Node const root = document->root();
    EXPECT_EQ(root.at(0).real(), 0.1);
    EXPECT_EQ(root.at(1).real(), 3.3);
    EXPECT_EQ(root.at(2).real(), 1.7976931348623157e308);
    EXPECT_EQ(root.at(3).real(), 5e-324);
    EXPECT_EQ(root.at(4).real(), 0.0);
    EXPECT_EQ(root.at(5).integer(), INT64_MAX);
    EXPECT_EQ(root.at(6).kind(), Kind::real);
    EXPECT_EQ(root.at(7).real(), 98.6542);
    EXPECT_EQ(root.at(8).real(), 7.038531e-26);
}

TEST(JsonDocument, a_syntax_error_has_a_place) {
    EXPECT_EQ(refused("{\n  \"名\": }"), (Refused{"error.json.syntax", 2, 8}));
    EXPECT_EQ(refused("[1,]"), (Refused{"error.json.syntax", 1, 4}));
    EXPECT_EQ(refused("[1] x"), (Refused{"error.json.syntax", 1, 5}));
    EXPECT_EQ(refused("").key, "error.json.syntax");
    EXPECT_EQ(refused("\"open").key, "error.json.syntax");
    EXPECT_EQ(refused("// no comments\n1").key, "error.json.syntax");
}

TEST(JsonDocument, hostile_texts_are_refused) {
    EXPECT_EQ(refused("[1e999]").key, "error.json.syntax");
    EXPECT_EQ(refused("[-1e999]").key, "error.json.syntax");
    EXPECT_EQ(refused("[NaN]").key, "error.json.syntax");
    EXPECT_EQ(refused("[\"\xC0\xAF\"]").key, "error.json.syntax");
    EXPECT_EQ(refused("[\"\xED\xA0\x80\"]").key, "error.json.syntax");
    EXPECT_EQ(refused("[\"\\ud800\"]").key, "error.json.syntax");
    EXPECT_EQ(refused(std::string(40, '[') + std::string(40, ']')).key, "error.json.too_deep");
    EXPECT_EQ(refused(std::string(32, '[') + std::string(32, ']')).key, "accepted");
    EXPECT_EQ(refused("[1, 2, 3]", {.bytes_max = 8}).key, "error.json.too_large");
}

TEST(JsonDocument, a_doubled_key_is_refused_with_its_place) {
    EXPECT_EQ(refused("{\"a\": 1,\n \"a\": 2}"), (Refused{"error.json.duplicate_key", 2, 3}));
    EXPECT_EQ(refused(R"({"x": {"a": 1}, "a": 1, "b": {"a": 2}})").key, "accepted");
    EXPECT_EQ(refused(R"({"a": 1, "\u0061": 2})").key, "error.json.duplicate_key");
    EXPECT_EQ(refused(R"([{"a": 1}, {"a": 1, "b": {}, "a": 1}])").key, "error.json.duplicate_key");
}

TEST(JsonDocument, what_the_writer_wrote_reads_back) {
    std::string const text = "\"\\\n\t\x01<>&\xE2\x80\xA8年度计划😀 with a long tail after sixteen bytes";
    std::string out;
    Writer{out}.begin_object().member(text, text).end_object();
    auto const document = Document::parse(out);
    ASSERT_TRUE(document);
    EXPECT_EQ(document->root().key_at(0), text);
    EXPECT_EQ(document->root().text_of(text), text);
}

} // namespace
} // namespace sangu::json
