// bench_search <data folder> [documents]: the quality of kernel/search on collections with known answers, next to the
// published figures of plain BM25, and its speed on a collection of [documents] (100,000) grown from the same texts:
// each grown document is the title of one abstract and six sentences drawn from all of them, from a fixed seed. SQLite
// FTS5 gets the same terms and answers the same questions in the same run.

#include "kernel/search/query/search.h"

#include "kernel/json/json.h"
#include "kernel/search/index/index.h"
#include "kernel/search/query/weigh.h"
#include "search_fts5.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace sangu;
using namespace sangu::search;

double cpu_microseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

std::vector<std::string> lines_of(std::string const& command) {
    std::vector<std::string> lines;
    std::unique_ptr<FILE, int (*)(FILE*)> const pipe{popen(command.c_str(), "r"), pclose};
    std::string line;
    for (int c = 0; pipe && (c = std::fgetc(pipe.get())) != EOF;) {
        if (c != '\n') {
            line += static_cast<char>(c);
            continue;
        }
        lines.push_back(std::move(line));
        line.clear();
    }
    return lines;
}

using Row = std::map<std::string, std::string>;

std::string text_of(json::Node const& node) {
    if (node.kind() == json::Kind::string) return std::string{node.text()};
    std::string text;
    for (std::size_t at = 0; node.kind() == json::Kind::array && at < node.size(); ++at)
        text.append(node.at(at).text()).append(" ");
    return text;
}

std::vector<Row> rows_of(std::string const& file) {
    std::vector<Row> rows;
    for (std::string const& line : lines_of("zcat '" + file + "'")) {
        auto const document = json::Document::parse(line);
        if (!document) continue;
        Row row;
        for (std::size_t at = 0; at < document->root().size(); ++at) {
            std::string const key{document->root().key_at(at)};
            row[key] = text_of(*document->root().find(key));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "sangu-bench-search-XXXXXX").string();
        path_ = mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    std::string const& path() const { return path_; }

private:
    std::string path_;
};

double mean_length(std::vector<Document> const& documents, std::size_t field) {
    Analyzer analyzer;
    double sum = 0;
    for (Document const& document : documents) sum += analyzer.analyse(document.fields[field]).length;
    return std::max(1.0, sum / static_cast<double>(std::max<std::size_t>(1, documents.size())));
}

// The same settings for every collection; only the pivots are measured.
Schema schema_for(std::vector<Document> const& documents) {
    return {{{"text", 1, 0.75, mean_length(documents, 0)}}, {}, 1.2};
}

struct Times {
    std::vector<double> all, search;

    static double at(std::vector<double> values, double part) {
        if (values.empty()) return 0;
        std::ranges::sort(values);
        return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
    }
    void print(char const* name) const {
        std::printf("  %-28s CPU µs: p50 %.0f p99 %.0f with analysis; p50 %.0f p99 %.0f search alone\n", name,
                    at(all, 0.5), at(all, 0.99), at(search, 0.5), at(search, 0.99));
    }
};

class Engine {
public:
    explicit Engine(std::vector<Document> const& documents)
        : index_{folder_.path(), schema_for(documents), Lexicon::shipped(), {.merges_in_background = false}} {
        index_.apply(documents, {}, 1);
        index_.flush();
        snapshot_ = index_.snapshot();
        everything_ = std::make_unique<Permitted>(snapshot_, Filter{});
    }

    std::vector<std::string> ask(std::string const& text, std::size_t k, Times& times) {
        double const start = cpu_microseconds();
        auto const query = weigh(text, analyzer_, *snapshot_, settings_);
        double const weighed = cpu_microseconds();
        auto const hits = search::search(*everything_, query, k);
        double const end = cpu_microseconds();
        times.all.push_back(end - start);
        times.search.push_back(end - weighed);
        terms_ += static_cast<double>(query.size());
        ++queries_;
        std::vector<std::string> keys;
        for (Hit const& hit : hits) keys.emplace_back(snapshot_->key(hit.place));
        return keys;
    }
    double terms_per_query() const { return terms_ / std::max(1.0, queries_); }

private:
    Folder folder_;
    Index index_;
    std::shared_ptr<Snapshot const> snapshot_;
    std::unique_ptr<Permitted> everything_;
    Analyzer analyzer_;
    WeighSettings settings_;
    double terms_ = 0, queries_ = 0;
};

std::vector<Document> documents_of(std::vector<Row> const& rows, std::string const& field) {
    std::vector<Document> documents;
    for (Row const& row : rows) documents.push_back({row.at("id"), {row.at(field)}, {}, 1});
    return documents;
}

void known_item(std::vector<Row> const& rows, std::string const& from, std::string const& to, char const* published) {
    Engine engine{documents_of(rows, to)};
    Times times;
    double first = 0, reciprocal = 0;
    for (Row const& row : rows) {
        auto const keys = engine.ask(row.at(from), 10, times);
        auto const place = std::ranges::find(keys, row.at("id"));
        if (place == keys.end()) continue;
        first += place == keys.begin();
        reciprocal += 1.0 / static_cast<double>(place - keys.begin() + 1);
    }
    auto const count = static_cast<double>(rows.size());
    std::printf("csl %s → %s: R@1 %.3f (plain BM25: %s), MRR@10 %.3f, %.0f terms\n", from.c_str(), to.c_str(),
                first / count, published, reciprocal / count, engine.terms_per_query());
    times.print("");
}

struct Judged {
    double average_precision = 0, precision = 0, gain = 0;
};

Judged judge(std::vector<std::string> const& keys, std::map<std::string, int> const& relevant) {
    Judged judged;
    double found = 0, gain = 0, ideal = 0;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        auto const place = relevant.find(keys[at]);
        if (place == relevant.end()) continue;
        found += 1;
        judged.average_precision += found / static_cast<double>(at + 1);
        if (at < 10) judged.precision += 0.1;
        if (at < 10) gain += place->second / std::log2(static_cast<double>(at) + 2);
    }
    std::vector<int> grades;
    for (auto const& [key, grade] : relevant) grades.push_back(grade);
    std::ranges::sort(grades, std::greater{});
    for (std::size_t at = 0; at < grades.size() && at < 10; ++at)
        ideal += grades[at] / std::log2(static_cast<double>(at) + 2);
    judged.average_precision /= static_cast<double>(std::max<std::size_t>(1, relevant.size()));
    judged.gain = ideal > 0 ? gain / ideal : 0;
    return judged;
}

void cranfield(std::string const& folder) {
    Engine engine{documents_of(rows_of(folder + "/docs.jsonl.gz"), "text")};
    std::map<std::string, std::map<std::string, int>> relevant;
    for (std::string const& line : lines_of("cat '" + folder + "/qrels.tsv'")) {
        char query[32], document[32];
        int grade = 0;
        if (std::sscanf(line.c_str(), "%31s %31s %d", query, document, &grade) == 3 && grade > 0)
            relevant[query][document] = grade;
    }
    Times times;
    Judged sum;
    double count = 0;
    for (Row const& row : rows_of(folder + "/queries.jsonl.gz")) {
        if (!relevant.contains(row.at("id"))) continue;
        auto const judged = judge(engine.ask(row.at("query"), 1000, times), relevant[row.at("id")]);
        sum.average_precision += judged.average_precision;
        sum.precision += judged.precision;
        sum.gain += judged.gain;
        ++count;
    }
    std::printf("cranfield: MAP %.3f (plain BM25: 0.277), P@10 %.3f (0.224), nDCG@10 %.3f, %.0f questions\n",
                sum.average_precision / count, sum.precision / count, sum.gain / count, count);
    times.print("top 1000");
}

std::vector<std::string> sentences_of(std::vector<Row> const& rows) {
    std::vector<std::string> sentences;
    for (Row const& row : rows) {
        std::string const& text = row.at("abstract");
        std::size_t begin = 0;
        for (std::size_t at = 0; at < text.size(); ++at)
            if (text[at] == '.' || text[at] == ';' || text.compare(at, 3, "。") == 0 ||
                text.compare(at, 3, "；") == 0) {
                std::size_t const end = std::min(text.size(), text[at] < 0 ? at + 3 : at + 1);
                sentences.push_back(text.substr(begin, end - begin));
                begin = end;
            }
        if (begin < text.size()) sentences.push_back(text.substr(begin));
    }
    return sentences;
}

void speed(std::vector<Row> const& rows, std::size_t count) {
    std::mt19937 random{20'260'101};
    auto const sentences = sentences_of(rows);
    auto const pick = [&](auto const& values) -> auto const& {
        return values[std::uniform_int_distribution<std::size_t>{0, values.size() - 1}(random)];
    };
    Folder const folder;
    Schema const schema{{{"title", 2, 0.5, 20}, {"text", 1, 0.75, 250}}, {"field"}, 1.2};
    Index index{folder.path(), schema, Lexicon::shipped(), {.merges_in_background = false}};
    Fts5 peer;
    Analyzer peer_analyzer;
    double bytes = 0, building = 0;
    std::vector<Document> part;
    for (std::size_t at = 0; at < count; ++at) {
        Row const& row = pick(rows);
        Document document{std::to_string(at), {row.at("title"), ""}, {{0, row.at("discipline")}}, 1};
        for (int sentence = 0; sentence < 6; ++sentence) document.fields[1] += pick(sentences);
        std::vector<std::string> terms;
        for (Token const& token : peer_analyzer.analyse(document.fields[0] + " " + document.fields[1]).tokens)
            terms.emplace_back(token.term);
        peer.add(terms);
        bytes += static_cast<double>(document.fields[0].size() + document.fields[1].size());
        part.push_back(std::move(document));
        if (part.size() < 10'000 && at + 1 < count) continue;
        double const start = cpu_microseconds();
        index.apply(part, {}, at + 1);
        if (index.snapshot()->segments().size() > 8) index.flush();
        building += cpu_microseconds() - start;
        part.clear();
    }
    peer.finish();
    double const start = cpu_microseconds();
    index.flush();
    while (index.merge_once()) {
    }
    double const merging = cpu_microseconds() - start;
    double size = 0;
    for (auto const& state : index.snapshot()->segments()) size += static_cast<double>(state.segment->bytes());
    std::printf(
        "%zu grown documents: %.0f per CPU second (last merge %.1f s), %zu segments, index %.2f × text (%.0f MB)\n",
        count, static_cast<double>(count) / (building + merging) * 1e6, merging / 1e6,
        index.snapshot()->segments().size(), size / bytes, size / 1e6);
    auto const snapshot = index.snapshot();
    Permitted const everything{snapshot, {}};
    Analyzer analyzer;
    auto const run = [&](char const* name, std::string const& field, std::size_t words) {
        Times times;
        SearchStatistics statistics;
        double terms = 0;
        for (int round = 0; round < 2; ++round) { // the first warms up
            times = {};
            statistics = {};
            terms = 0;
            for (std::size_t at = 0; at < 300; ++at) {
                double const begin = cpu_microseconds();
                auto const query = weigh(rows[at * 3].at(field), analyzer, *snapshot, {.terms_max = words});
                double const weighed = cpu_microseconds();
                search::search(everything, query, 10, &statistics);
                double const end = cpu_microseconds();
                times.all.push_back(end - begin);
                times.search.push_back(end - weighed);
                terms += static_cast<double>(query.size());
            }
        }
        times.print(name);
        std::vector<double> of_peer;
        for (std::size_t at = 0; at < 60; ++at) {
            std::vector<std::string> asked;
            for (QueryTerm const& term : weigh(rows[at * 15].at(field), analyzer, *snapshot, {.terms_max = words}))
                asked.push_back(term.term);
            double const begin = cpu_microseconds();
            peer.ask(asked, 10);
            of_peer.push_back(cpu_microseconds() - begin);
        }
        std::printf("  %-28s CPU µs: p50 %.0f p99 %.0f SQLite FTS5\n", "", Times::at(of_peer, 0.5),
                    Times::at(of_peer, 0.99));
        std::printf("  %-28s terms %.0f, postings %.0f, scored %.0f a query\n", "", terms / 300,
                    static_cast<double>(statistics.postings) / 300, static_cast<double>(statistics.scored) / 300);
    };
    run("title", "title", 256);
    run("keywords", "keywords", 256);
    run("abstract (long)", "abstract", 256);
    run("abstract, 80 terms", "abstract", 80);
}

} // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        std::fprintf(stderr, "bench_search <data folder> [documents]\n");
        return 2;
    }
    std::string const data = arguments[1];
    auto const rows = rows_of(data + "/zh-sci-csl/csl.dev.jsonl.gz");
    if (rows.empty()) {
        std::fprintf(stderr, "no collection in %s\n", data.c_str());
        return 1;
    }
    known_item(rows, "title", "abstract", "0.975");
    known_item(rows, "keywords", "abstract", "0.990");
    known_item(rows, "abstract", "title", "not published");
    cranfield(data + "/en-cranfield");
    speed(rows, count > 2 ? std::stoul(arguments[2]) : 100'000);
    return 0;
}
