#include "modules/matching/evaluation.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <random>

namespace sangu::matching {

namespace {

constexpr int samples = 2000;

std::vector<std::string_view> columns_of(std::string_view line) {
    std::vector<std::string_view> columns;
    std::size_t at = 0;
    while (at < line.size()) {
        at = line.find_first_not_of(" \t\r", at);
        if (at == std::string_view::npos) break;
        std::size_t const end = std::min(line.find_first_of(" \t\r", at), line.size());
        columns.push_back(line.substr(at, end - at));
        at = end;
    }
    return columns;
}

// Calls `row` with the columns of each line that is not empty; false from it refuses the line.
Result<void> read_rows(std::string_view text, std::size_t columns,
                       std::function<bool(std::vector<std::string_view> const&)> const& row) {
    std::int64_t number = 0;
    for (std::string_view const line : split_text(text, '\n')) {
        ++number;
        auto const cells = columns_of(line);
        if (cells.empty()) continue;
        if (cells.size() != columns || !row(cells))
            return refuse(
                Problems{{.field = "", .key = "matching.error.trec", .arguments = {}, .line = number, .column = 1}});
    }
    return {};
}

using Grades = std::map<std::string, int>;
using Ranking = std::vector<std::pair<std::string, double>>;

int grade_of(Grades const& grades, std::string const& document) {
    auto const found = grades.find(document);
    return found == grades.end() ? 0 : std::max(found->second, 0);
}

double dcg(std::vector<int> const& gains, std::size_t k) {
    double sum = 0;
    for (std::size_t i = 0; i < std::min(k, gains.size()); ++i) sum += gains[i] / std::log2(static_cast<double>(i) + 2);
    return sum;
}

std::size_t relevant(Grades const& grades) {
    return static_cast<std::size_t>(std::ranges::count_if(grades, [](auto const& one) { return one.second > 0; }));
}

std::size_t found_in(Grades const& grades, Ranking const& ranking, std::size_t k) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < std::min(k, ranking.size()); ++i) found += grade_of(grades, ranking[i].first) > 0;
    return found;
}

double ndcg_10(Grades const& grades, Ranking const& ranking) {
    std::vector<int> ideal, gains;
    for (auto const& [document, grade] : grades) ideal.push_back(std::max(grade, 0));
    std::ranges::sort(ideal, std::greater{});
    for (auto const& [document, score] : ranking) gains.push_back(grade_of(grades, document));
    double const best = dcg(ideal, 10);
    return best > 0 ? dcg(gains, 10) / best : 0;
}

double mrr_10(Grades const& grades, Ranking const& ranking) {
    for (std::size_t i = 0; i < std::min<std::size_t>(10, ranking.size()); ++i)
        if (grade_of(grades, ranking[i].first) > 0) return 1 / static_cast<double>(i + 1);
    return 0;
}

template <std::size_t K> double precision(Grades const& grades, Ranking const& ranking) {
    return static_cast<double>(found_in(grades, ranking, K)) / static_cast<double>(K);
}
template <std::size_t K> double recall(Grades const& grades, Ranking const& ranking) {
    return static_cast<double>(found_in(grades, ranking, K)) / static_cast<double>(relevant(grades));
}

double mean(std::vector<double> const& values) {
    double sum = 0;
    for (double const one : values) sum += one;
    return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

// The mean and where 95 % of the means of samples with replacement lie.
Measure measure(std::string_view name, std::vector<double> const& values) {
    Measure result{.name = name, .mean = mean(values)};
    if (values.empty()) return result;
    std::mt19937 random{20260101}; // the same samples for every run, so that runs compare
    std::vector<double> means;
    for (int sample = 0; sample < samples; ++sample) {
        double sum = 0;
        for (std::size_t i = 0; i < values.size(); ++i) sum += values[random() % values.size()];
        means.push_back(sum / static_cast<double>(values.size()));
    }
    std::ranges::sort(means);
    result.low = means[samples / 40];
    result.high = means[samples - 1 - samples / 40];
    return result;
}

} // namespace

Result<Qrels> read_qrels(std::string_view text) {
    Qrels qrels;
    TRY_VOID(read_rows(text, 4, [&](auto const& row) {
        auto const grade = parse_integer(row[3]);
        if (!grade || *grade < -1000 || *grade > 1000) return false;
        qrels[std::string{row[0]}][std::string{row[2]}] = static_cast<int>(*grade);
        return true;
    }));
    return qrels;
}

Result<Run> read_run(std::string_view text) {
    Run run;
    TRY_VOID(read_rows(text, 6, [&](auto const& row) {
        auto const score = parse_real(row[4]);
        if (!score || !parse_integer(row[3])) return false;
        run[std::string{row[0]}].emplace_back(row[2], *score);
        return true;
    }));
    for (auto& [topic, documents] : run)
        std::ranges::stable_sort(documents, std::greater{}, &Ranking::value_type::second);
    return run;
}

std::string write_run(Run const& run, std::string_view tag) {
    std::string text;
    for (auto const& [topic, documents] : run)
        for (std::size_t i = 0; i < documents.size(); ++i)
            text.append(topic + " Q0 " + documents[i].first + " " + std::to_string(i + 1) + " " +
                        to_text(documents[i].second) + " ")
                .append(tag)
                .append("\n");
    return text;
}

Result<std::vector<std::pair<std::string, std::string>>> read_topics(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> topics;
    std::int64_t number = 0;
    for (std::string_view const line : split_text(text, '\n')) {
        ++number;
        if (trim(line).empty()) continue;
        auto const tab = line.find('\t');
        if (tab == std::string_view::npos || trim(line.substr(0, tab)).empty())
            return refuse(
                Problems{{.field = "", .key = "matching.error.topics", .arguments = {}, .line = number, .column = 1}});
        topics.emplace_back(trim(line.substr(0, tab)), trim(line.substr(tab + 1)));
    }
    return topics;
}

std::vector<Measure> evaluate(Qrels const& qrels, Run const& run) {
    struct Row {
        std::string_view name;
        double (*of)(Grades const&, Ranking const&);
    };
    constexpr std::array<Row, 6> rows{{{"nDCG@10", ndcg_10},
                                       {"MRR@10", mrr_10},
                                       {"P@5", precision<5>},
                                       {"P@10", precision<10>},
                                       {"Recall@10", recall<10>},
                                       {"Recall@100", recall<100>}}};
    std::vector<Measure> measures;
    for (Row const& row : rows) {
        std::vector<double> values;
        for (auto const& [topic, grades] : qrels) {
            if (relevant(grades) == 0) continue;
            auto const ranking = run.find(topic);
            values.push_back(ranking == run.end() ? 0 : row.of(grades, ranking->second));
        }
        measures.push_back(measure(row.name, values));
    }
    return measures;
}

} // namespace sangu::matching
