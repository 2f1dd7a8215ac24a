// Measures by hand, and files that are not what they should be.

#include "modules/matching/evaluation.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sangu::matching {
namespace {

double value_of(std::vector<Measure> const& measures, std::string_view name) {
    for (Measure const& one : measures)
        if (one.name == name) return one.mean;
    return -1;
}

TEST(Evaluation, IsWhatOneCountsByHand) {
    auto const qrels = read_qrels("1 0 a 2\n1 0 b 1\n1 0 c 0\n2 0 x 1\n3 0 nobody 0\n").value();
    auto const run = read_run("1 Q0 c 1 9 t\n1 Q0 a 2 8 t\n1 Q0 z 3 7 t\n1 Q0 b 4 6.5 t\n").value();
    auto const measures = evaluate(qrels, run);
    // Topic 1: gains 0 2 0 1; ideal 2 1. Topic 2 was not answered: 0. Topic 3 has nothing to find and is left out.
    double const ideal = 2 + 1 / std::log2(3.0), gained = 2 / std::log2(3.0) + 1 / std::log2(5.0);
    EXPECT_DOUBLE_EQ(value_of(measures, "nDCG@10"), gained / ideal / 2);
    EXPECT_DOUBLE_EQ(value_of(measures, "MRR@10"), 0.25);
    EXPECT_DOUBLE_EQ(value_of(measures, "P@5"), 0.2);
    EXPECT_DOUBLE_EQ(value_of(measures, "P@10"), 0.1);
    EXPECT_DOUBLE_EQ(value_of(measures, "Recall@10"), 0.5);
    for (Measure const& one : measures) {
        EXPECT_LE(one.low, one.mean) << one.name;
        EXPECT_GE(one.high, one.mean) << one.name;
    }
}

TEST(Evaluation, ARunSortsByScoreAndComesBackAsItWasWritten) {
    auto const run = read_run("7 Q0 b 1 1.5 t\n7 Q0 a 2 2.5 t\n").value();
    EXPECT_EQ(write_run(run, "sangu"), "7 Q0 a 1 2.5 sangu\n7 Q0 b 2 1.5 sangu\n");
    EXPECT_EQ(read_run(write_run(run, "sangu")).value(), run);
}

TEST(Evaluation, NamesTheLineThatIsWrong) {
    for (std::string const text : {"1 0 a\n", "1 0 a x\n", "1 0 a 1 2\n", "1 0 a 99999\n"}) {
        auto const qrels = read_qrels("\n" + text);
        ASSERT_FALSE(qrels) << text;
        EXPECT_EQ(qrels.error().problems.front().line, 2);
    }
    EXPECT_FALSE(read_run("1 Q0 a 1 nan t\n"));
    EXPECT_FALSE(read_topics("no tab\n"));
    EXPECT_TRUE(read_topics("1\ttext\n\n").value().size() == 1);
    EXPECT_TRUE(evaluate({}, {}).front().mean == 0);
}

} // namespace
} // namespace sangu::matching
