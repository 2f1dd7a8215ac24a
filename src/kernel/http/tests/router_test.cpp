#include "kernel/http/problem.h"
#include "kernel/http/rate_limit.h"
#include "kernel/http/router.h"
#include "kernel/json/json.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace sangu::http {
namespace {

Route route(Method method, std::string_view pattern) {
    return {method, pattern, "public", [](Context&, Request&) { return Reply{}; }};
}

TEST(Router, PrefersLiteralsThenParametersThenTheRest) {
    Router const router{{route(Method::get, "/"), route(Method::get, "/plans/new"), route(Method::get, "/plans/{plan}"),
                         route(Method::get, "/plans/{plan}/tasks/{id}"), route(Method::get, "/files/{path...}"),
                         route(Method::get, "/plans/new/{more}")}};
    EXPECT_EQ(router.find(Method::get, "/").route->pattern, "/");
    EXPECT_EQ(router.find(Method::get, "/plans/new").route->pattern, "/plans/new");
    EXPECT_EQ(router.find(Method::get, "/plans/new/tasks/5").route->pattern, "/plans/{plan}/tasks/{id}");
    auto const task = router.find(Method::get, "/plans/p1/tasks/t1");
    EXPECT_EQ(task.parameters, (Pairs{{"plan", "p1"}, {"id", "t1"}}));
    EXPECT_EQ(router.find(Method::get, "/files/a/b/c").parameters, (Pairs{{"path", "a/b/c"}}));
    EXPECT_EQ(router.find(Method::get, "/plans//tasks/t1").route, nullptr);
    EXPECT_EQ(router.find(Method::get, "/plans").route, nullptr);
    EXPECT_EQ(router.find(Method::get, "/plans/a/").route, nullptr);
}

TEST(Router, KnowsTheMethods) {
    Router const router{{route(Method::get, "/a"), route(Method::post, "/a")}};
    EXPECT_EQ(router.find(Method::head, "/a").route->method, Method::get);
    EXPECT_EQ(router.find(Method::put, "/a").allowed, (std::vector{Method::get, Method::post}));
}

TEST(Router, RefusesWhatIsAmbiguousOrOpenByMistake) {
    EXPECT_THROW(Router({route(Method::get, "/a/{x}"), route(Method::get, "/a/{y}")}), std::logic_error);
    EXPECT_THROW(Router({route(Method::get, "a")}), std::logic_error);
    EXPECT_THROW(Router({route(Method::get, "/{rest...}/b")}), std::logic_error);
    EXPECT_THROW(Router({Route{Method::get, "/a", "", [](Context&, Request&) { return Reply{}; }}}), std::logic_error);
    EXPECT_THROW(Router({Route{Method::get, "/a", "public"}}), std::logic_error);
}

TEST(RateLimit, RefillsOverTime) {
    RateLimit limit{60};
    for (int i = 0; i < 60; ++i) ASSERT_EQ(limit.seconds_to_wait("a", {0}), 0);
    EXPECT_EQ(limit.seconds_to_wait("a", {0}), 1);
    EXPECT_EQ(limit.seconds_to_wait("b", {0}), 0);
    EXPECT_EQ(limit.seconds_to_wait("a", {1000}), 0);
    EXPECT_EQ(limit.seconds_to_wait("a", {1000}), 1);
}

TEST(RateLimit, ClientsAreAddressesOrNetworksOfThem) {
    EXPECT_EQ(client_of("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(client_of("::ffff:192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(client_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    EXPECT_EQ(client_of("2001:db8:1:2::9"), client_of("2001:db8:1:2:ffff::"));
    EXPECT_NE(client_of("2001:db8:1:3::9"), client_of("2001:db8:1:2::9"));
    EXPECT_EQ(client_of("::1"), "::1");
    EXPECT_EQ(client_of(""), "");
}

TEST(Problem, NamesFieldsAndPlacesInTheCallersLanguage) {
    Error error{Refusal::invalid, "error.invalid", {}, {{"title", "error.required", {}, 3, 2}}};
    auto const reply = problem_reply(error, i18n::Language::en, "/api/v1/x");
    EXPECT_EQ(reply.status, 422);
    auto const document = json::Document::parse(std::get<std::string>(reply.body));
    ASSERT_TRUE(document);
    auto const root = document->root();
    EXPECT_EQ(root.integer_of("status"), 422);
    EXPECT_EQ(root.text_of("instance"), "/api/v1/x");
    EXPECT_EQ(root.text_of("detail"), i18n::message(i18n::Language::en, "error.invalid"));
    auto const first = root.find("errors")->at(0);
    EXPECT_EQ(first.text_of("field"), "title");
    EXPECT_EQ(first.integer_of("line"), 3);
}

} // namespace
} // namespace sangu::http
