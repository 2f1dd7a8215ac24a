#include "kernel/html/html.h"
#include "kernel/html/repeated.h"

#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace sangu::html;

struct Row {
    std::string name;
    int count;
};

TEST(Html, EscapesTextAndAttributes) {
    std::string const hostile = "<script>alert('x')</script> & \"quotes\" beyond sixteen bytes";
    EXPECT_EQ(
        markup(p(title_(hostile), hostile)),
        "<p title=\"&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quotes&quot; beyond sixteen bytes\">"
        "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quotes&quot; beyond sixteen bytes</p>");
}

TEST(Html, WritesAttributesFirstAndVoidElementsWithoutEnd) {
    EXPECT_EQ(markup(label(for_("name"), "Name"),
                     input(id("name"), name("name"), required(true), disabled(false), maxlength(80))),
              "<label for=\"name\">Name</label><input id=\"name\" name=\"name\" required maxlength=\"80\">");
}

TEST(Html, AriaFlagsAreWordsAndEmptyOptionalsAreAbsent) {
    EXPECT_EQ(markup(div(aria_hidden(true), aria_expanded(false), id(std::optional<std::string>{}), data<"row">(7))),
              "<div aria-hidden=\"true\" aria-expanded=\"false\" data-row=\"7\"></div>");
}

TEST(Html, WritesRangesConditionsAndCallbacks) {
    std::vector<Row> const rows{{"长沙", 1}, {"株洲", 2}};
    Out out;
    out << table(tbody(each(rows, [](Row const& row) { return tr(th(scope("row"), row.name), td(row.count)); })));
    out << when(false, [] { return "never"; }) << when(true, "once") << [&] { out << em("inner"); };
    EXPECT_EQ(
        out.take(),
        "<table><tbody><tr><th scope=\"row\">长沙</th><td>1</td></tr><tr><th scope=\"row\">株洲</th><td>2</td></tr>"
        "</tbody></table>once<em>inner</em>");
    EXPECT_EQ(out.view(), "");
}

auto greeting(std::string const& who) { return p(std::string{"Hello, "} + who + ", welcome to the innovation zone"); }

TEST(Html, RvalueStringsLiveInTheExpression) {
    auto const part = greeting("Chang-Zhu-Tan");
    EXPECT_EQ(markup(part), "<p>Hello, Chang-Zhu-Tan, welcome to the innovation zone</p>");
}

auto fact(std::string_view term, auto&& content) { return parts(dt(term), dd(content)); }

auto card_of_locals(int number) {
    std::string const name = "N" + std::to_string(number);
    std::string const sentence = "A sentence that is longer than what a text keeps without allocation: " + name;
    std::string const address = "/cards/" + name;
    std::string_view const view = sentence;
    char spelled[8] = "by hand";
    spelled[0] = 'B';
    return parts(fact(name, sentence), p(title_(view), cls(name), id(std::optional{view}), when(true, view)),
                 small(spelled), a(href(Url::local(address)), json_island(name, sentence)));
}

TEST(Html, ReturnedElementsOwnTheirText) {
    auto const first = card_of_locals(1);
    auto const second = card_of_locals(2); // reuses the stack and heap of the first
    auto const copy = first;
    std::string const sentence = "A sentence that is longer than what a text keeps without allocation: N1";
    EXPECT_EQ(markup(first), "<dt>N1</dt><dd>" + sentence + "</dd><p title=\"" + sentence + "\" class=\"N1\" id=\"" +
                                 sentence + "\">" + sentence + "</p><small>By hand</small><a href=\"/cards/N1\">" +
                                 "<script type=\"application/json\" id=\"N1\">" + sentence + "</script></a>");
    EXPECT_EQ(markup(copy), markup(first));
    EXPECT_NE(markup(second), markup(first));
}

TEST(Html, GrowsBeyondItsFirstCapacity) {
    Out out{64};
    for (int i = 0; i < 1000; ++i) out << span(i) << "<";
    std::string const text = out.take();
    EXPECT_TRUE(text.ends_with("<span>999</span>&lt;"));
    EXPECT_TRUE(text.starts_with("<span>0</span>&lt;<span>1</span>"));
}

TEST(Html, APageWrittenIntoAUsedBufferShowsNothingOfTheOneBefore) {
    constexpr std::size_t page_bytes = std::size_t{1} << 16;
    {
        Out secret{page_bytes};
        secret.text(std::string(page_bytes / 2, 's'));
    }
    Out page{page_bytes}, beside{page_bytes}; // one of them writes into the buffer that was left
    page << span("a");
    beside << span("b");
    EXPECT_EQ(page.take(), "<span>a</span>");
    EXPECT_EQ(beside.take(), "<span>b</span>");
}

TEST(Html, RepeatedCellsAreWhatWritingEachWouldGive) {
    Repeated<int> cells;
    Out copied, written;
    int calls = 0;
    auto const cell = [&](int value) {
        return [&calls, value](Out& out) {
            ++calls;
            out << td(value, " <&>");
        };
    };
    for (int round = 0; round < 3; ++round)
        for (int value = 0; value < 40; ++value) {
            cells.put(copied, value, cell(value));
            written << td(value, " <&>");
        }
    EXPECT_EQ(copied.take(), written.take());
    EXPECT_EQ(calls, 32 + 3 * 8) << "32 values are remembered, the others are written each time";
}

TEST(Html, UrlsAreEncodedAndStayHere) {
    EXPECT_EQ(markup(a(href(Url::path("/tasks", "a/b?c", 7).query("q", "长沙&x")), "x")),
              "<a href=\"/tasks/a%2Fb%3Fc/7?q=%E9%95%BF%E6%B2%99%26x\">x</a>");
    EXPECT_EQ(Url::local("//evil.example/").text, "#");
    EXPECT_EQ(Url::local("/\\evil.example/").text, "#");
    EXPECT_EQ(Url::local("https://evil.example/").text, "#");
    EXPECT_EQ(Url::local("/tasks?page=2").text, "/tasks?page=2");
    EXPECT_EQ(Url::external("JavaScript:alert(1)").text, "#");
    EXPECT_EQ(Url::external("java\tscript:alert(1)").text, "#");
    EXPECT_EQ(Url::external("HTTPS://stats.example/a").text, "HTTPS://stats.example/a");
    EXPECT_EQ(markup(a(href("/cockpit"), "x")), "<a href=\"/cockpit\">x</a>");
}

TEST(Html, JsonCannotEndItsElement) {
    EXPECT_EQ(markup(json_island("one", R"({"a":"</script><b>"})")),
              "<script type=\"application/json\" id=\"one\">{\"a\":\"\\u003c/script>\\u003cb>\"}</script>");
}

} // namespace
