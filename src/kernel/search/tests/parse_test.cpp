// The syntax of expert queries, as a table: what is typed, and what it means written with brackets.

#include "kernel/search/query/parse.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sangu::search {
namespace {

constexpr std::string_view fields[] = {"title", "abstract"};

ParsedQuery parse(std::string_view query) { return parse_query(query, fields); }

TEST(QuerySyntax, MeansWhatItSays) {
    struct Row {
        std::string_view typed, meant;
    };
    constexpr Row rows[] = {
        {"", ""},
        {"  磁悬浮   轴承 ", "磁悬浮 轴承"},
        {"a AND b OR c", "((a AND b) OR c)"},
        {"a OR b AND c", "(a OR (b AND c))"},
        {"a b AND c", "a (b AND c)"},
        {"（a OR b）AND title：“电机”", "((a OR b) AND title:\"电机\")"},
        {"title:(a b) c", "title:(a b) c"},
        {"title:(a abstract:b)", "(title:a abstract:b)"},
        {"+a -b NOT c", "+a -b -c"},
        {"+(a b)", "+(a b)"},
        {"-(-a)", "-(-a)"},
        {"http://x.y 1:2", "http://x.y 1:2"},
        {"wi-fi C++ 2 - 3", "wi-fi C++ 2 3"},
        {"\"open", "\"open\""},
        {"a AND", "a"},
        {"AND OR NOT", ""},
        {"title:", "title"},
        {"((a", "a"},
        {"a) b", "a b"},
        {"\"\"", ""},
    };
    for (auto const& [typed, meant] : rows) {
        EXPECT_EQ(to_text(parse(typed).root), meant) << typed;
        EXPECT_EQ(parse(meant).root, parse(typed).root) << typed;
    }
}

TEST(QuerySyntax, SaysWhatItCouldNotRead) {
    struct Row {
        std::string_view typed;
        Note note;
    };
    constexpr Row rows[] = {{"\"open", Note::open_quote},
                            {"(a", Note::open_bracket},
                            {"a)", Note::stray_bracket},
                            {"a AND", Note::dangling_operator},
                            {"title:", Note::dangling_operator}};
    for (auto const& [typed, note] : rows) EXPECT_EQ(parse(typed).notes, std::vector{note}) << typed;
    EXPECT_TRUE(parse("a b \"c\" title:d").notes.empty());
}

TEST(QuerySyntax, HasLimits) {
    auto const noted = [](std::string const& query, Note note) {
        auto const parsed = parse(query);
        return std::ranges::find(parsed.notes, note) != parsed.notes.end();
    };
    EXPECT_TRUE(noted(std::string(5000, '(') + "a", Note::too_deep));
    std::string chain = "a";
    for (int i = 0; i < 5000; ++i) chain += " AND a";
    EXPECT_TRUE(noted(chain, Note::too_many_parts));
    EXPECT_TRUE(noted(std::string(std::size_t{2} << 20, 'x'), Note::too_long));
    EXPECT_EQ(parse(std::string(std::size_t{2} << 20, 'x')).root.children[0].text.size(), std::size_t{1} << 20);
}

TEST(QuerySyntax, KnowsAPlainText) {
    EXPECT_TRUE(parse("磁悬浮 轴承").is_plain());
    EXPECT_FALSE(parse("磁悬浮 -轴承").is_plain());
    EXPECT_FALSE(parse("title:轴承").is_plain());
    EXPECT_FALSE(parse("").is_plain());
}

} // namespace
} // namespace sangu::search
