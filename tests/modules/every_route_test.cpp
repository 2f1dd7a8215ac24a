// What holds for every route of the house, so that a new one cannot forget it.

#include "base/id.h"
#include "kernel/config/settings.h"
#include "kernel/openapi/openapi.h"
#include "modules/all_modules.h"
#include "support/test_app.h"

namespace sangu::test {
namespace {

constexpr std::string_view forged_text = "forged";

// "/tasks/{id}/follow" with an id that nobody has.
std::string address_of(http::Route const& route) {
    std::string address;
    for (std::string_view pattern = route.pattern; !pattern.empty();) {
        auto const open = pattern.find('{');
        address += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        address += new_id();
        pattern = pattern.substr(pattern.find('}') + 1);
    }
    return address;
}

bool is_api(http::Route const& route) { return route.pattern.starts_with("/api/"); }

std::vector<http::Route> unsafe_routes(std::vector<Module> const& modules) {
    auto routes = openapi::routes_of(modules);
    std::erase_if(routes, [](http::Route const& route) {
        return route.method == http::Method::get || route.method == http::Method::head;
    });
    return routes;
}

class EveryRoute : public testing::Test {
protected:
    std::vector<Module> const modules_ = all_modules();
    TestApp app_{all_modules(), "sqlite", without_rate_limit()};

    static config::Settings without_rate_limit() {
        config::Settings settings;
        settings.anonymous_requests_per_minute = 1'000'000;
        return settings;
    }

    // The number of things that were written: any act leaves an audit record, an event or a kept form.
    std::int64_t acts() {
        return app_.database().read()->integer("select sequence from kernel_audit_head").value_or(0);
    }
    // Somebody with every role that one person may hold, so that no permission stands before the check of the form.
    std::string everybody() {
        std::vector<auth::RoleGrant> roles;
        for (std::string_view const role : app_.services().permissions.roles())
            if (!role.ends_with("_administrator") || role == "system_administrator")
                roles.push_back({std::string{role}, {"zone"}});
        return app_.account("everybody", roles);
    }
};

TEST_F(EveryRoute, ThatActsRefusesAFormWithoutItsToken) {
    auto browser = app_.as(everybody());
    auto const before = acts();
    auto const routes = unsafe_routes(modules_);
    ASSERT_GT(routes.size(), 20u);
    for (auto const& route : routes) {
        auto const address = address_of(route);
        auto const answer = is_api(route)
                                ? browser.json(route.method, address, "{}", {{"x-csrf-token", "guess"}})
                                : browser.post(address, {{"csrf", "guess"}, {"text", std::string{forged_text}}});
        bool const is_kept =
            answer.status == 303 && (answer.header("location").starts_with("/kept/") ||
                                     answer.header("location").starts_with("/sign-in?next=%2Fkept%2F"));
        EXPECT_TRUE(answer.status == 403 || is_kept) << route.pattern << " answered " << answer.status;
    }
    EXPECT_EQ(acts(), before);
}

TEST_F(EveryRoute, ThatActsRefusesAnotherSitesPageEvenWithTheToken) {
    auto browser = app_.as(everybody());
    auto const before = acts();
    http::Pairs const elsewhere{{"origin", "https://evil.example"}};
    for (auto const& route : unsafe_routes(modules_)) {
        auto const answer = is_api(route) ? browser.json(route.method, address_of(route), "{}", elsewhere)
                                          : browser.post(address_of(route), {}, elsewhere);
        EXPECT_EQ(answer.status, 403) << route.pattern;
    }
    EXPECT_EQ(acts(), before);
}

TEST_F(EveryRoute, ThatIsNotPublicAsksAStrangerToSignIn) {
    std::size_t closed = 0;
    for (auto const& route : openapi::routes_of(modules_)) {
        if (app_.services().permissions.allows_somewhere(auth::anonymous(), route.permission)) continue;
        ++closed;
        auto stranger = app_.visitor();
        bool const is_get = route.method == http::Method::get;
        auto const answer = is_api(route) ? stranger.json(route.method, address_of(route), is_get ? "" : "{}")
                            : is_get      ? stranger.get(address_of(route))
                                          : stranger.post(address_of(route));
        bool const is_asked =
            answer.status == 401 || (answer.status == 303 && answer.header("location").starts_with("/sign-in?next="));
        EXPECT_TRUE(is_asked) << route.pattern << " answered " << answer.status;
    }
    EXPECT_GT(closed, 20u);
}

TEST_F(EveryRoute, AnswersReadingWithoutActing) {
    auto browser = app_.as(everybody());
    auto const before = acts();
    for (auto const& route : openapi::routes_of(modules_)) {
        if (route.method != http::Method::get || route.pattern == "/sign-in/oidc") continue;
        auto const answer = browser.get(address_of(route));
        EXPECT_LT(answer.status, 500) << route.pattern;
        EXPECT_NE(answer.header("content-security-policy"), "") << route.pattern;
        EXPECT_EQ(answer.header("x-content-type-options"), "nosniff") << route.pattern;
    }
    EXPECT_EQ(acts(), before);
}

} // namespace
} // namespace sangu::test
