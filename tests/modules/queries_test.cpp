// What pages cost the database: their queries are counted, so that none comes back unseen, least of all one in a loop.

#include "kernel/http/router.h"
#include "modules/all_modules.h"
#include "support/test_app.h"

#include <map>
#include <set>

namespace sangu::test {
namespace {

constexpr std::uint64_t queries_max = 16; // of any page; lists and public pages need a third of it

std::vector<http::Route> all_routes(std::vector<Module> const& modules) {
    std::vector<http::Route> routes;
    for (Module const& module : modules) {
        std::ranges::copy(module.routes, std::back_inserter(routes));
        for (resource::Resource const& one : module.resources)
            std::ranges::copy(resource::routes_of(one), std::back_inserter(routes));
    }
    return routes;
}

// The addresses a page links to, without what is not a page.
std::vector<std::string> links_of(std::string_view body) {
    std::vector<std::string> links;
    constexpr std::string_view start = "href=\"/";
    for (std::size_t at = body.find(start); at != std::string_view::npos; at = body.find(start, at + 1)) {
        std::string_view link = body.substr(at + start.size() - 1);
        link = link.substr(0, link.find_first_of("\"?#&"));
        if (!link.starts_with("/assets/") && link != "/sign-out") links.emplace_back(link);
    }
    return links;
}

class PageQueries : public testing::Test {
protected:
    std::vector<Module> modules_ = all_modules();
    http::Router router_{all_routes(modules_)};
    TestApp app_{all_modules()};

    std::uint64_t queries_of(Browser& browser, std::string_view target) {
        return app_.queries_during([&] { EXPECT_EQ(browser.get(target).status, 200) << target; });
    }
    // One page of every route that can be reached by links, with its number of queries.
    std::map<std::string_view, std::uint64_t> crawl(Browser& browser) {
        std::map<std::string_view, std::uint64_t> counts;
        std::set<std::string> seen{"/", "/account"};
        std::vector<std::string> waiting{seen.begin(), seen.end()};
        while (!waiting.empty()) {
            std::string const link = waiting.back();
            waiting.pop_back();
            http::Route const* const route = router_.find(http::Method::get, link).route;
            if (!route || counts.contains(route->pattern)) continue;
            Answer answer;
            counts[route->pattern] = app_.queries_during([&] { answer = browser.get(link); });
            EXPECT_LT(answer.status, 500) << link;
            for (std::string& next : links_of(answer.body))
                if (seen.insert(next).second) waiting.push_back(std::move(next));
        }
        return counts;
    }
};

// Session, state of the held data, figures or tasks, unread notices: nothing else is read.
TEST_F(PageQueries, TheCockpitAndTheTaskListNeedFour) {
    auto officer = app_.as(app_.account("wang", {{"zone_officer", {"zone"}}}));
    for (std::string_view const page : {"/", "/tasks"}) {
        queries_of(officer, page); // what is held is loaded
        EXPECT_LE(queries_of(officer, page), 4U) << page;
    }
    Browser visitor = app_.visitor();
    EXPECT_LE(queries_of(visitor, "/?plan=czt-2024"), 2U) << "nobody is signed in";
}

TEST_F(PageQueries, NoPageNeedsMany) {
    auto everybody = app_.as(app_.account("wang", {{"zone_officer", {"zone"}},
                                                   {"zone_leader", {"zone"}},
                                                   {"zone_approver", {"zone"}},
                                                   {"system_administrator", {"zone"}}}));
    crawl(everybody); // what is held is loaded
    auto const counts = crawl(everybody);
    EXPECT_GT(counts.size(), 30U) << "the crawl has lost its way";
    for (auto const& [pattern, queries] : counts) EXPECT_LE(queries, queries_max) << pattern;
}

} // namespace
} // namespace sangu::test
