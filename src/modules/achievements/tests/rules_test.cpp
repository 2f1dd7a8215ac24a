#include "modules/achievements/rules.h"

#include <gtest/gtest.h>

namespace sangu::achievements {
namespace {

TEST(Shares, AreExactlyOneHundredPercent) {
    struct Row {
        std::vector<double> shares;
        bool whole;
    };
    std::vector<Row> const rows{{{100}, true},
                                {{60, 40}, true},
                                {{33.33, 33.33, 33.34}, true},
                                {{33.3333, 33.3333, 33.3334}, true},
                                {{0.1, 0.2, 99.7}, true},
                                {{33.33, 33.33, 33.33}, false},
                                {{60, 40.0001}, false},
                                {{60, 30}, false},
                                {{100, 0}, false},
                                {{110, -10}, false},
                                {{33.33333, 33.33333, 33.33334}, false},
                                {{}, false}};
    for (Row const& row : rows) EXPECT_EQ(are_whole(row.shares), row.whole) << ::testing::PrintToString(row.shares);
}

TEST(RegistrationNumbers, HaveTwelveCharacters) {
    for (std::string_view const good : {"4302026Y0123", "A012018Y9999"}) EXPECT_TRUE(is_registration_number(good));
    for (std::string_view const bad :
         {"", "4302026X0123", "4302026Y012", "43020 6Y0123", "430二26Y0123", "4302026Y01234"})
        EXPECT_FALSE(is_registration_number(bad)) << bad;
}

struct Sample {
    Achievement one;
    std::vector<std::vector<entity::AnyObject>> rows{2};
    library::Filled filled(std::string_view abstract = "") {
        return {.title = "一种新型轨道减振材料",
                .abstract = abstract,
                .meta = &Achievement::meta,
                .content = &one,
                .rows = rows,
                .today = *parse_date("2026-11-23")};
    }
    void owner(std::string name, double share) {
        rows.front().emplace_back(Owner::meta);
        auto& row = *static_cast<Owner*>(rows.front().back().get());
        row.name = std::move(name);
        row.share = share;
    }
};

std::vector<std::string> wrong_fields(Sample& sample) {
    std::vector<std::string> fields;
    for (Problem const& one : check(sample.filled())) fields.push_back(one.field);
    return fields;
}

TEST(Checks, NameTheFieldThatIsWrong) {
    using Fields = std::vector<std::string>;
    Sample sample;
    EXPECT_EQ(wrong_fields(sample), Fields{}) << "a blank draft may be stored";
    sample.one.completed_on = parse_date("2026-11-24");
    EXPECT_EQ(wrong_fields(sample), Fields{"completed_on"});
    sample.one.completed_on = parse_date("2026-11-23");
    sample.one.price_mode = PriceMode::range;
    sample.one.price_from = Money{500};
    EXPECT_EQ(wrong_fields(sample), Fields{"price_to"});
    sample.one.price_to = Money{400};
    EXPECT_EQ(wrong_fields(sample), Fields{"price_to"});
    sample.one.price_to = Money{500};
    sample.owner("湖南大学", 60);
    EXPECT_EQ(wrong_fields(sample), Fields{"owners"});
    sample.owner("中车株洲所", 40);
    EXPECT_EQ(wrong_fields(sample), Fields{});
}

} // namespace
} // namespace sangu::achievements
