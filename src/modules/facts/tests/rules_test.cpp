// The scoring tables at their bounds: a bound belongs to the band above it.

#include "base/text.h"
#include "modules/facts/rules.h"
#include "support/files.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sangu::facts {
namespace {

std::vector<Band> shipped() {
    std::vector<Band> bands;
    std::string const text = test::read_file(test::source_folder() / "src/modules/facts/data/score_bands.tsv");
    auto const lines = split_text(text, '\n');
    for (std::size_t i = 1; i < lines.size(); ++i) {
        auto const cells = split_text(lines[i], '\t');
        if (cells.size() != 11) continue;
        bands.push_back({.scheme = std::string{cells[0]},
                         .item = std::string{cells[1]},
                         .measure = std::string{cells[2]},
                         .lower = *parse_integer(cells[3]),
                         .above = cells[4] == "true",
                         .points_min = *parse_integer(cells[5]),
                         .points_max = *parse_integer(cells[6])});
    }
    return bands;
}

std::vector<Band> const bands = shipped();

Line line_of(Score const& score, std::string_view item) {
    auto const found = std::ranges::find(score.lines, item, &Line::item);
    return found == score.lines.end() ? Line{} : *found;
}

Money yuan(std::int64_t amount) { return {amount * 100}; }

TEST(TechSmeScore, staff_and_rd_at_the_bounds) {
    struct Case {
        std::int64_t staff, rd_staff, revenue, rd_spend, staff_points, rd_points;
    };
    for (Case const& one : {Case{100, 30, 1'000'000, 60'000, 20, 50}, Case{1000, 299, 1'000'000, 59'999, 16, 40},
                            Case{100, 25, 1'000'000, 50'000, 16, 40}, Case{100, 20, 1'000'000, 40'000, 12, 30},
                            Case{100, 15, 1'000'000, 30'000, 8, 20}, Case{100, 10, 1'000'000, 20'000, 4, 10},
                            Case{100, 9, 1'000'000, 19'999, 0, 0}}) {
        Figures const now{.staff = one.staff,
                          .rd_staff = one.rd_staff,
                          .revenue = yuan(one.revenue),
                          .cost = yuan(100'000'000),
                          .rd_spend = yuan(one.rd_spend),
                          .class_one = 0,
                          .class_two = 0};
        Score const score = tech_sme_score({.last = &now}, bands);
        EXPECT_EQ(line_of(score, "staff").points_max, one.staff_points) << one.rd_staff;
        EXPECT_EQ(line_of(score, "rd").points_max, one.rd_points) << one.rd_spend;
    }
}

TEST(TechSmeScore, takes_the_better_of_sales_and_costs) {
    Figures const now{.revenue = yuan(1'000'000), .cost = yuan(200'000), .rd_spend = yuan(60'000 - 1)};
    Line const rd = line_of(tech_sme_score({.last = &now}, bands), "rd");
    EXPECT_EQ(rd.points_max, 40) << "29.9995 % of costs, 5.9999 % of sales";
    Figures const full{.revenue = yuan(1'000'000), .cost = yuan(200'000), .rd_spend = yuan(60'000)};
    EXPECT_EQ(line_of(tech_sme_score({.last = &full}, bands), "rd").points_max, 50);
    Figures const open{.revenue = yuan(1'000'000), .rd_spend = yuan(20'000)};
    Line const range = line_of(tech_sme_score({.last = &open}, bands), "rd");
    EXPECT_EQ(range.points_min, 10);
    EXPECT_EQ(range.points_max, 50) << "costs are not known: it could be more";
    EXPECT_EQ(range.basis, Line::Basis::missing);
}

TEST(TechSmeScore, rights_and_gates) {
    auto const results = [](std::int64_t one, std::int64_t two) {
        Figures const now{.class_one = one, .class_two = two};
        return line_of(tech_sme_score({.last = &now}, bands), "results").points_max;
    };
    EXPECT_EQ(results(1, 0), 30);
    EXPECT_EQ(results(0, 4), 24);
    EXPECT_EQ(results(0, 3), 18);
    EXPECT_EQ(results(0, 2), 12);
    EXPECT_EQ(results(0, 1), 6);
    EXPECT_EQ(results(0, 0), 0);

    Figures now{.staff = 500,
                .rd_staff = 50,
                .revenue = yuan(200'000'000),
                .cost = yuan(150'000'000),
                .rd_spend = yuan(12'000'000),
                .assets = yuan(200'000'000),
                .class_one = 1,
                .class_two = 0};
    EXPECT_EQ(tech_sme_score({.last = &now}, bands).outcome, Outcome::yes) << "every ceiling is inclusive: 4 + 50 + 30";
    now.staff = 501;
    EXPECT_EQ(tech_sme_score({.last = &now}, bands).outcome, Outcome::no);
    now.staff = 500;
    now.revenue = yuan(200'000'000) + Money{1};
    EXPECT_EQ(tech_sme_score({.last = &now}, bands).outcome, Outcome::no);
    now.revenue = yuan(200'000'000);
    now.assets = yuan(200'000'000) + Money{1};
    EXPECT_EQ(tech_sme_score({.last = &now}, bands).outcome, Outcome::no);
    now.assets = std::nullopt;
    EXPECT_EQ(tech_sme_score({.last = &now}, bands).outcome, Outcome::open) << "not known is not zero";
    now.assets = yuan(1);
    now.rd_staff = 49;
    EXPECT_EQ(tech_sme_score({.last = &now}, bands).outcome, Outcome::no) << "80 points, but the staff item is 0";
}

TEST(TechSmeScore, passes_at_exactly_sixty) {
    Figures now{.staff = 100,
                .rd_staff = 30,
                .revenue = yuan(100),
                .cost = yuan(100'000),
                .rd_spend = yuan(4) - Money{1},
                .assets = yuan(1),
                .class_one = 0,
                .class_two = 3};
    EXPECT_EQ(tech_sme_score({.last = &now}, bands).points_max, 58);
    EXPECT_EQ(tech_sme_score({.last = &now}, bands).outcome, Outcome::no);
    now.rd_staff = 20;                                         // 12
    now.rd_spend = yuan(4);                                    // 30
    Score const score = tech_sme_score({.last = &now}, bands); // + 18
    EXPECT_EQ(score.points_max, 60);
    EXPECT_EQ(score.outcome, Outcome::yes);
}

TEST(HighTechScore, growth_is_the_mean_of_two_years) {
    auto const growth = [](std::int64_t first, std::int64_t second, std::int64_t last) {
        Figures const a{.revenue = Money{first}}, b{.revenue = Money{second}}, c{.revenue = Money{last}};
        Line const line = line_of(high_tech_score({&a, &b, &c}, bands), "growth_revenue");
        return std::pair{line.points_min, line.points_max};
    };
    using Points = std::pair<std::int64_t, std::int64_t>;
    EXPECT_EQ(growth(100, 120, 150), (Points{5, 6})) << "22.5 %";
    EXPECT_EQ(growth(10'000, 13'500, 18'225), (Points{9, 10})) << "exactly 35 %";
    EXPECT_EQ(growth(10'000'000, 13'500'000, 18'224'999), (Points{7, 8}));
    EXPECT_EQ(growth(100, 125, 156), (Points{5, 6}));
    EXPECT_EQ(growth(400, 500, 625), (Points{7, 8})) << "exactly 25 %";
    EXPECT_EQ(growth(400, 460, 529), (Points{5, 6})) << "exactly 15 %";
    EXPECT_EQ(growth(400, 420, 441), (Points{3, 4})) << "exactly 5 %";
    EXPECT_EQ(growth(1000, 1000, 1001), (Points{1, 2}));
    EXPECT_EQ(growth(1000, 1000, 1000), (Points{0, 0})) << "no growth is no point: the bound is not inclusive here";
    EXPECT_EQ(growth(1000, 800, 700), (Points{0, 0}));
    Figures const alone{.revenue = Money{100}};
    Line const missing = line_of(high_tech_score({.last = &alone}, bands), "growth_revenue");
    EXPECT_EQ(missing.basis, Line::Basis::missing);
    EXPECT_EQ(missing.points_max, 10);
}

TEST(HighTechScore, conversions_rights_and_the_range_that_experts_leave) {
    auto const conversion = [](std::int64_t a, std::int64_t b, std::int64_t c) {
        Figures const one{.conversions = a}, two{.conversions = b}, three{.conversions = c};
        return line_of(high_tech_score({&one, &two, &three}, bands), "conversion").points_max;
    };
    EXPECT_EQ(conversion(5, 5, 5), 30);
    EXPECT_EQ(conversion(5, 5, 4), 24);
    EXPECT_EQ(conversion(4, 4, 4), 24);
    EXPECT_EQ(conversion(3, 3, 3), 18);
    EXPECT_EQ(conversion(2, 2, 2), 12);
    EXPECT_EQ(conversion(1, 1, 1), 6);
    EXPECT_EQ(conversion(1, 1, 0), 0);
    auto const count = [](std::int64_t one, std::int64_t two) {
        Figures const now{.class_one = one, .class_two = two};
        Line const line = line_of(high_tech_score({.last = &now}, bands), "count");
        return line.points_min * 10 + line.points_max;
    };
    EXPECT_EQ(count(1, 0), 78);
    EXPECT_EQ(count(0, 5), 56);
    EXPECT_EQ(count(0, 4), 34);
    EXPECT_EQ(count(0, 3), 34);
    EXPECT_EQ(count(0, 2), 12);
    EXPECT_EQ(count(0, 0), 0);

    Figures const a{.revenue = Money{100}, .net_assets = Money{100}, .class_one = 3, .class_two = 9, .conversions = 9};
    Figures b = a, c = a;
    b.revenue = b.net_assets = Money{140};
    c.revenue = c.net_assets = Money{200};
    Score const score = high_tech_score({&a, &b, &c}, bands);
    EXPECT_EQ(score.points_max, 30 + 30 + 20 + 20) << "rights give 30 at most, with the bonus";
    EXPECT_EQ(score.points_min, 7 + 25 + 9 + 9);
    EXPECT_EQ(score.outcome, Outcome::open) << "experts decide";
    Figures const nothing{
        .revenue = Money{100}, .net_assets = Money{100}, .class_one = 0, .class_two = 0, .conversions = 0};
    EXPECT_EQ(high_tech_score({&nothing, &nothing, &nothing}, bands).outcome, Outcome::no)
        << "not even with every judgement";
}

TEST(InnovativeSmeScore, lines_and_parts) {
    Figures const before{.revenue = Money{10'000}};
    Figures now{.revenue = Money{11'500},
                .main_revenue = Money{8'050},
                .rd_spend = Money{575},
                .assets = Money{1'000},
                .liabilities = Money{550},
                .class_one = 1,
                .class_one_own = 1,
                .class_one_high = 1,
                .class_two = 0};
    Score const best = innovative_sme_score({.second = &before, .last = &now, .strategic = true}, bands);
    EXPECT_EQ(best.points_max, 100) << "every value exactly on its bound";
    EXPECT_EQ(best.points_min, 100);
    EXPECT_EQ(best.outcome, Outcome::yes);
    now.liabilities = Money{551};
    EXPECT_EQ(line_of(innovative_sme_score({.second = &before, .last = &now}, bands), "debt").points_max, 5);
    now.liabilities = Money{750};
    EXPECT_EQ(line_of(innovative_sme_score({.second = &before, .last = &now}, bands), "debt").points_max, 5);
    now.liabilities = Money{751};
    EXPECT_EQ(line_of(innovative_sme_score({.second = &before, .last = &now}, bands), "debt").points_max, 0);
    now.class_one_high = 0;
    EXPECT_EQ(line_of(innovative_sme_score({.second = &before, .last = &now}, bands), "rights").points_max, 15);
    now.class_one_own = 0;
    EXPECT_EQ(line_of(innovative_sme_score({.second = &before, .last = &now}, bands), "rights").points_max, 10);
    Figures const flat{.revenue = Money{10'000}};
    EXPECT_EQ(line_of(innovative_sme_score({.second = &before, .last = &flat}, bands), "growth").points_max, 5)
        << "0 % counts";
    Figures const less{.revenue = Money{9'999}};
    EXPECT_EQ(line_of(innovative_sme_score({.second = &before, .last = &less}, bands), "growth").points_max, 0);
}

TEST(InnovativeSmeScore, fails_when_one_part_is_too_low) {
    Figures const before{.revenue = Money{10'000}};
    Figures const now{.revenue = Money{11'500},
                      .main_revenue = Money{8'050},
                      .rd_spend = Money{300},
                      .assets = Money{1'000},
                      .liabilities = Money{100},
                      .class_one = 0,
                      .class_one_own = 0,
                      .class_one_high = 0,
                      .class_two = 1};
    Score const score = innovative_sme_score({.second = &before, .last = &now, .strategic = true}, bands);
    EXPECT_EQ(score.points_max, 5 + 10 + 30 + 30);
    EXPECT_EQ(score.outcome, Outcome::no) << "75 points, but 15 for innovation";
}

} // namespace
} // namespace sangu::facts
