// The house stands without any one of its modules: what is left starts, migrates, serves and lets people in.

#include "modules/all_modules.h"
#include "support/test_app.h"

#include <algorithm>
#include <set>

namespace sangu::test {
namespace {

// All modules but `missing` and those that need it.
std::vector<Module> without(std::string_view missing) {
    std::vector<Module> left;
    std::set<std::string_view> gone{missing};
    for (Module& module : all_modules()) {
        if (std::ranges::any_of(module.uses, [&](std::string_view used) { return gone.contains(used); }))
            gone.insert(module.name);
        if (!gone.contains(module.name)) left.push_back(std::move(module));
    }
    return left;
}

bool has(std::vector<Module> const& modules, std::string_view name) {
    return std::ranges::find(modules, name, &Module::name) != modules.end();
}

std::vector<std::string> module_names() {
    std::vector<std::string> names;
    for (Module const& module : all_modules()) names.emplace_back(module.name);
    return names;
}

class WithoutAModule : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(each, WithoutAModule, testing::ValuesIn(module_names()),
                         [](auto const& parameter) { return parameter.param; });

TEST_P(WithoutAModule, TheRestStartsAndServes) {
    auto const left = without(GetParam());
    ASSERT_LT(left.size(), all_modules().size());
    TestApp app{left};
    app.host().run_background_once();
    EXPECT_EQ(app.get("/healthz").status, 200);
    EXPECT_EQ(app.get("/readyz").status, 200);
    EXPECT_EQ(app.get("/sign-in").status, has(left, "identity") ? 200 : 404);
    auto browser = app.as(app.account("wang", {{"zone_officer", {"zone"}}}, "王芳"));
    for (Module const& module : left)
        for (MenuItem const& item : module.menu) {
            auto answer = browser.get(item.path);
            if (answer.status == 303) answer = browser.get(answer.header("location")); // "mine" leads to what is mine
            EXPECT_TRUE(answer.status == 200 || answer.status == 403) << item.path << " answers " << answer.status;
        }
}

TEST(OnTheDatabaseServer, TheHouseStandsWithoutPlanAndIndicators) {
    if (!has_postgres()) GTEST_SKIP() << "no PostgreSQL";
    TestApp app{without("indicators"), "postgres"};
    EXPECT_EQ(app.get("/healthz").status, 200);
    EXPECT_EQ(app.get("/sign-in").status, 200);
}

TEST(WithoutModules, TheKernelAloneIsHealthy) {
    TestApp app{{}};
    EXPECT_EQ(app.get("/healthz").status, 200);
    EXPECT_EQ(app.get("/").status, 404);
}

} // namespace
} // namespace sangu::test
