#include "modules/demands/rules.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sangu::demands {
namespace {

template <class Content> struct Sample {
    Content one;
    std::string abstract;
    std::vector<std::vector<entity::AnyObject>> rows{1};
    library::Filled filled() {
        return {.title = "寻找一种低噪声轨道扣件",
                .abstract = abstract,
                .meta = &Content::meta,
                .content = &one,
                .rows = rows,
                .today = *parse_date("2026-11-23")};
    }
};

std::string text(int characters) {
    std::string all;
    for (int i = 0; i < characters; ++i) all += "字";
    return all;
}

template <class Content>
std::vector<std::string> missing(std::vector<library::Hint> const& hints, Sample<Content>& sample) {
    std::vector<std::string> fields;
    for (library::Hint const& hint : hints)
        if (hint.required && !hint.met(sample.filled())) fields.emplace_back(hint.field);
    return fields;
}

TEST(Hints, ABlankDemandLacksEverythingRequired) {
    Sample<Demand> sample;
    EXPECT_EQ(missing(demand_hints(), sample),
              (std::vector<std::string>{"abstract", "tech_field", "problem", "targets", "acceptance", "buy",
                                        "budget_from", "deadline", "confidentiality"}));
}

TEST(Hints, EachIsMetByItsField) {
    struct Row {
        std::string_view field;
        void (*fill)(Sample<Demand>&);
        void (*fill_almost)(Sample<Demand>&);
    };
    Row const rows[] = {
        {"abstract", [](auto& s) { s.abstract = text(30); }, [](auto& s) { s.abstract = text(29); }},
        {"problem", [](auto& s) { s.one.problem = text(50); }, [](auto& s) { s.one.problem = text(49); }},
        {"acceptance", [](auto& s) { s.one.acceptance = text(20); }, [](auto& s) { s.one.acceptance = text(19); }},
        {"buy", [](auto& s) { s.one.consult = true; }, [](auto&) {}},
        {"budget_from", [](auto& s) { s.one.budget_open = true; }, [](auto&) {}},
        {"targets", [](auto& s) { s.rows.front().emplace_back(Target::meta); }, [](auto&) {}},
    };
    for (Row const& row : rows) {
        Sample<Demand> almost, enough;
        row.fill_almost(almost);
        row.fill(enough);
        auto const lacks = [&](Sample<Demand>& sample) {
            auto const fields = missing(demand_hints(), sample);
            return std::ranges::find(fields, row.field) != fields.end();
        };
        EXPECT_TRUE(lacks(almost)) << row.field;
        EXPECT_FALSE(lacks(enough)) << row.field;
    }
}

TEST(Hints, NameFieldsThatExist) {
    for (auto const& [hints, meta] : {std::pair{demand_hints(), &Demand::meta}, {talent_hints(), &Talent::meta}})
        for (library::Hint const& hint : hints) {
            bool const own = hint.field == "abstract" || hint.field == "targets";
            EXPECT_TRUE(own || meta->find(hint.field)) << hint.field;
            EXPECT_GT(hint.weight, 0);
        }
}

TEST(Checks, NameTheFieldThatIsWrong) {
    Sample<Demand> sample;
    EXPECT_TRUE(check_demand(sample.filled()).empty()) << "a blank draft may be stored";
    sample.one.deadline = parse_date("2026-11-22");
    ASSERT_EQ(check_demand(sample.filled()).size(), 1U);
    EXPECT_EQ(check_demand(sample.filled())[0].field, "deadline");
    sample.one.deadline = parse_date("2026-11-23");
    sample.one.budget_from = Money{200};
    sample.one.budget_to = Money{100};
    ASSERT_EQ(check_demand(sample.filled()).size(), 1U);
    EXPECT_EQ(check_demand(sample.filled())[0].field, "budget_to");
    Sample<Talent> post;
    post.one.pay_from = Money{2};
    post.one.pay_to = Money{1};
    EXPECT_EQ(check_talent(post.filled()).size(), 1U);
}

} // namespace
} // namespace sangu::demands
