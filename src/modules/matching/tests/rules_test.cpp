// What fits, what does not, and what is not known.

#include "modules/matching/rules.h"

#include <gtest/gtest.h>

namespace sangu::matching {
namespace {

std::string verdict(std::vector<NamedText> const& need, std::vector<NamedText> const& offer, Aspect aspect) {
    for (Fit const& fit : compare(need, offer))
        if (fit.aspect == aspect) return std::string{fit.word()};
    return "not known";
}

TEST(Rules, OfEveryAspect) {
    struct Row {
        Aspect aspect;
        std::vector<NamedText> need, offer;
        std::string_view expected;
    };
    using enum Aspect;
    for (Row const& row : std::vector<Row>{
             {field, {{"tech_field", "new_materials"}}, {{"tech_field", "new_materials"}}, "good"},
             {field, {{"tech_field", "new_materials"}}, {{"tech_field", "aerospace"}}, "bad"},
             {field, {{"tech_field", "new_materials"}}, {}, "not known"},
             {industry, {{"industry", "C3711"}}, {{"industry", "C3712"}}, "good"},
             {industry, {{"industry", "C37"}}, {{"industry", "C3712"}}, "good"},
             {industry, {{"industry", "C3711"}}, {{"industry", "C2929"}}, "partly"},
             {industry, {{"industry", "C3711"}}, {{"industry", "M7320"}}, "bad"},
             {place, {{"scope", "zone/zhuzhou"}}, {{"scope", "zone/zhuzhou/zhuzhou_htz"}}, "good"},
             {place, {{"scope", "zone/zhuzhou"}}, {{"scope", "zone/changsha"}}, "partly"},
             {place, {{"scope", "zone/zhuzhou"}}, {{"scope", "zone"}}, "not known"},
             {readiness, {{"buy", "true"}}, {{"readiness", "trl6"}}, "good"},
             {readiness, {{"buy", "true"}}, {{"stage", "laboratory"}}, "partly"},
             {readiness, {{"license", "true"}}, {{"stage", "research"}}, "bad"},
             {readiness, {{"develop_jointly", "true"}}, {{"stage", "research"}}, "good"},
             {readiness, {{"consult", "true"}}, {{"stage", "research"}}, "not known"},
             {price, {{"budget_to", "5000000"}}, {{"price_from", "5000000"}}, "good"},
             {price, {{"budget_to", "5000000"}}, {{"price_from", "7500000"}}, "partly"},
             {price, {{"budget_to", "5000000"}}, {{"price_from", "7500001"}}, "bad"},
             {price, {{"budget_open", "true"}}, {{"price_from", "7500001"}}, "not known"},
         }) {
        std::string const name =
            std::string{name_of(row.aspect)} + " " + (row.offer.empty() ? "" : row.offer[0].second);
        EXPECT_EQ(verdict(row.need, row.offer, row.aspect), row.expected) << name;
        EXPECT_EQ(verdict(row.offer, row.need, row.aspect), row.expected) << name << ", the other way round";
    }
}

TEST(Rules, WhatIsNotKnownDoesNotCount) {
    Pair const pair{.words_weight = 60,
                    .field_weight = 20,
                    .industry_weight = 20,
                    .place_weight = 0,
                    .readiness_weight = 0,
                    .price_weight = 0};
    std::vector<Fit> fits;
    EXPECT_DOUBLE_EQ(score_of(pair, 0.5, fits), 0.5);
    fits.push_back({Aspect::field, 1, {}, {}});
    EXPECT_DOUBLE_EQ(score_of(pair, 0.5, fits), 0.5) << "what fits takes nothing away";
    fits.push_back({Aspect::industry, 0, {}, {}});
    EXPECT_DOUBLE_EQ(score_of(pair, 0.5, fits), 0.5 * 80 / 100) << "what does not takes its weight";
    fits.push_back({Aspect::place, 0, {}, {}});
    EXPECT_DOUBLE_EQ(score_of(pair, 0.5, fits), 0.5 * 80 / 100) << "a weight of nothing changes nothing";
    EXPECT_DOUBLE_EQ(score_of(pair, 0, fits), 0) << "without shared words nothing matches";
    EXPECT_DOUBLE_EQ(share_of_words(0.1), 0.3);
    EXPECT_DOUBLE_EQ(share_of_words(1.0 / 3), 1);
    EXPECT_DOUBLE_EQ(share_of_words(0.9), 1);
    EXPECT_DOUBLE_EQ(share_of_words(0), 0);
}

TEST(Rules, ReadinessIsTheLevelElseTheStage) {
    EXPECT_EQ(readiness_of(std::vector<NamedText>{{"readiness", "trl12"}, {"stage", "research"}}), 12);
    EXPECT_EQ(readiness_of(std::vector<NamedText>{{"stage", "pilot"}}), 6);
    EXPECT_EQ(readiness_of({}), 0);
}

} // namespace
} // namespace sangu::matching
