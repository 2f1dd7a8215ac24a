// What the pages of experts cost the database.

#include "modules/experts/tests/house.h"

namespace sangu::experts {
namespace {

class Queries : public House {
protected:
    std::uint64_t of(test::Browser& browser, std::string const& page) {
        browser.get(page); // what is held is loaded
        return app().queries_during([&] { EXPECT_EQ(browser.get(page).status, 200) << page; });
    }
    // As many as one page may show, with evidence of every kind.
    std::string many_experts() {
        std::string first;
        for (int i = 1; i <= 3; ++i) {
            auto one = form("林远：减振材料", "湘江轨道研究所", "轨道车辆减振降噪");
            for (auto const& [row, kind, reference] : std::vector<std::array<std::string, 3>>{
                     {"2", "right", "201310699744.2"}, {"3", "right", "201310699745.7"}, {"4", "achievement", first}}) {
                if (reference.empty()) continue;
                one.insert(one.end(), {{"evidence-" + row + "-kind", kind},
                                       {"evidence-" + row + "-title", "一项业绩"},
                                       {"evidence-" + row + "-reference", reference}});
            }
            one.insert(one.end(), {{"avoidance-1-ground", "family"}, {"avoidance-1-name", "周岚"}});
            first = expert(std::move(one));
        }
        return first;
    }
};
INSTANTIATE_TEST_SUITE_P(each, Queries, ::testing::Values("sqlite"));

// Of a visitor: the page's own. Whoever is signed in costs two more: the session and the organisations behind the
// account; the right that nobody has registered is looked for among those that are not open, too.
TEST_P(Queries, AreFewHoweverManyExpertsThereAre) {
    std::string const expert = "/experts/" + many_experts(), demand = demand_of_firm();
    std::string const list = "/experts", filtered = "/experts?field=new_materials",
                      by_text = "/experts/finder?text=减振降噪&field=new_materials&parties=周岚",
                      by_demand = "/experts/finder?demand=" + demand;
    auto visitor = app().visitor();
    for (std::string const& page : {list, filtered, expert}) EXPECT_LE(of(visitor, page), 5U) << page;
    auto reader = app().as(reader_), owner = app().as(owner_), officer = app().as(officer_);
    for (test::Browser* browser : {&reader, &owner, &officer}) {
        for (std::string const& page : {list, filtered, by_text}) EXPECT_LE(of(*browser, page), 6U) << page;
        EXPECT_LE(of(*browser, expert), 9U) << "entries and rights that its evidence names";
        EXPECT_LE(of(*browser, by_demand), 9U) << "the demand, its words and whose it is";
    }
}

} // namespace
} // namespace sangu::experts
