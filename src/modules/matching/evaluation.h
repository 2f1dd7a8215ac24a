#pragma once

// How good rankings are, in the measures and file forms of TREC (trec_eval): qrels "topic 0 document grade", runs
// "topic Q0 document rank score tag". Pure.

#include "base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sangu::matching {

using Qrels = std::map<std::string, std::map<std::string, int>>;                // topic → document → grade
using Run = std::map<std::string, std::vector<std::pair<std::string, double>>>; // topic → documents, best first

// Refuse "matching.error.trec" with the line of what is no such row.
Result<Qrels> read_qrels(std::string_view text);
Result<Run> read_run(std::string_view text);
std::string write_run(Run const& run, std::string_view tag);
// "topic<TAB>text" lines.
Result<std::vector<std::pair<std::string, std::string>>> read_topics(std::string_view text);

struct Measure {
    std::string_view name; // "nDCG@10"
    double mean = 0;
    double low = 0, high = 0; // 95 % of 2,000 bootstrap samples of the topics, always the same ones
};
// Over the topics of the qrels that have a relevant document; one that the run lacks counts 0. Gains are the grades,
// discounted by log2(rank + 1).
std::vector<Measure> evaluate(Qrels const& qrels, Run const& run);

} // namespace sangu::matching
