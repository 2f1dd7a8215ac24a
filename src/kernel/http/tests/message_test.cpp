#include "kernel/http/message.h"
#include "kernel/http/multipart.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace sangu::http {
namespace {

TEST(Message, DecodesPercentEscapes) {
    EXPECT_EQ(percent_decode("%E4%BD%A0+a", true), "你 a");
    EXPECT_EQ(percent_decode("a+b", false), "a+b");
    EXPECT_EQ(percent_decode("%zz", true), std::nullopt);
    EXPECT_EQ(percent_decode("%4", true), std::nullopt);
    EXPECT_EQ(percent_decode("%ff", true), std::nullopt);
    EXPECT_EQ(percent_decode(percent_encode("a/你 b&c"), true), "a/你 b&c");
}

TEST(Message, ReadsForms) {
    auto const form = parse_form("a=1&b=x%26y&a=2&empty=&flag&&");
    ASSERT_TRUE(form);
    EXPECT_EQ(*form, (Pairs{{"a", "1"}, {"b", "x&y"}, {"a", "2"}, {"empty", ""}, {"flag", ""}}));
    std::string many;
    for (int i = 0; i < 1001; ++i) many += "a=1&";
    EXPECT_FALSE(parse_form(many));
    EXPECT_FALSE(parse_form("a=%f"));
}

TEST(Message, SplitsTheTarget) {
    Request request;
    EXPECT_TRUE(set_target(request, "/tasks/%E4%BD%A0?page=2&q=a+b"));
    EXPECT_EQ(request.path, "/tasks/你");
    EXPECT_EQ(request.query_value("q"), "a b");
    EXPECT_TRUE(set_target(request, "http://host/x"));
    EXPECT_EQ(request.path, "/x");
    EXPECT_EQ(request.target, "/x") << "pages and redirects that name it stay here";
    EXPECT_FALSE(set_target(request, "//host/x"));
    EXPECT_FALSE(set_target(request, "http://host//other/x"));
    EXPECT_FALSE(set_target(request, "*"));
    EXPECT_FALSE(set_target(request, "/a%0d%0a"));
}

TEST(Message, FindsCookies) {
    Request request;
    request.headers = {{"cookie", "a=1; sangu_session=abc; b=2"}};
    EXPECT_EQ(request.cookie("sangu_session"), "abc");
    EXPECT_EQ(request.cookie("session"), "");
    EXPECT_EQ(request.cookie("b"), "2");
}

std::string const three_parts = "preamble\r\n--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--X\r\n"
                                "Content-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--X\r\n"
                                "Content-Disposition: form-data; name=\"f\"; filename=\"x \\\"y\\\".csv\"\r\n"
                                "Content-Type: text/csv\r\n\r\nq\r\n-Xno\r\n\r\n--X--\r\nepilogue";

TEST(Multipart, GivesTheSameForEveryCutOfTheBody) {
    for (std::size_t piece = 1; piece <= three_parts.size(); ++piece) {
        MultipartParser parser{"X", "/tmp"};
        for (std::size_t at = 0; at < three_parts.size(); at += piece)
            ASSERT_TRUE(parser.feed(std::string_view{three_parts}.substr(at, piece)));
        Request request;
        ASSERT_TRUE(parser.finish(request));
        EXPECT_EQ(request.form, (Pairs{{"a", "1"}, {"empty", ""}}));
        ASSERT_EQ(request.uploads.size(), 1u);
        EXPECT_EQ(request.uploads[0].file_name, "x \"y\".csv");
        EXPECT_EQ(request.uploads[0].content_type, "text/csv");
        EXPECT_EQ(request.uploads[0].data, "q\r\n-Xno\r\n");
    }
}

TEST(Multipart, RefusesHostileBodies) {
    auto const refuses = [](std::string const& body) {
        MultipartParser parser{"X", "/tmp"};
        Request request;
        return !parser.feed(body) || !parser.finish(request);
    };
    std::string const head = "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
    EXPECT_FALSE(refuses(head + "1\r\n--X--"));
    EXPECT_TRUE(refuses(head + "1\r\n"));
    EXPECT_TRUE(refuses(""));
    EXPECT_TRUE(refuses("--X\r\nContent-Type: text/plain\r\n\r\n1\r\n--X--"));
    EXPECT_TRUE(refuses("--X\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--X--"));
    EXPECT_TRUE(refuses(head + "\xff\r\n--X--"));
    EXPECT_TRUE(refuses(head + std::string((1u << 20) + 1, 'a') + "\r\n--X--"));
    EXPECT_TRUE(refuses("--X\r\nA: " + std::string(20000, 'a')));
    std::string many;
    for (int i = 0; i < 201; ++i) many += head + "1\r\n";
    EXPECT_TRUE(refuses(many + "--X--"));
}

TEST(Multipart, FindsTheBoundary) {
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=\"a b\""), "a b");
    EXPECT_EQ(boundary_of("Multipart/Form-Data; charset=x; BOUNDARY=abc"), "abc");
    EXPECT_FALSE(boundary_of("multipart/form-data"));
    EXPECT_FALSE(boundary_of("text/plain; boundary=a"));
    EXPECT_FALSE(boundary_of("multipart/form-data; boundary=" + std::string(71, 'a')));
}

} // namespace
} // namespace sangu::http
