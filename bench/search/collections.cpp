#include "collections.h"

#include "kernel/json/json.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>

namespace sangu::bench {
namespace {

std::string text_of(json::Node const& node) {
    if (node.kind() == json::Kind::string) return std::string{node.text()};
    std::string text;
    for (std::size_t at = 0; node.kind() == json::Kind::array && at < node.size(); ++at)
        text.append(node.at(at).text()).append(" ");
    return text;
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

TestSet known_items(std::vector<Row> const& rows, std::string const& from, std::string const& to) {
    TestSet set{"csl " + from + " → " + to, {}, {}};
    for (Row const& row : rows) {
        set.documents.push_back({row.at("id"), {row.at(to)}, {}, 1});
        set.questions.push_back({row.at(from), {{row.at("id"), 1}}});
    }
    return set;
}

TestSet cranfield(std::string const& folder) {
    TestSet set{"cranfield", {}, {}};
    for (Row const& row : rows_of(folder + "/docs.jsonl.gz"))
        set.documents.push_back({row.at("id"), {row.at("text")}, {}, 1});
    std::map<std::string, std::map<std::string, int>> relevant;
    for (std::string const& line : lines_of("cat '" + folder + "/qrels.tsv'")) {
        char query[32], document[32];
        int grade = 0;
        if (std::sscanf(line.c_str(), "%31s %31s %d", query, document, &grade) == 3 && grade > 0)
            relevant[query][document] = grade;
    }
    for (Row const& row : rows_of(folder + "/queries.jsonl.gz"))
        if (relevant.contains(row.at("id"))) set.questions.push_back({row.at("query"), relevant[row.at("id")]});
    return set;
}

// Chinese one-sentence summaries and the English papers they are about: the half with Latin letters in it.
TestSet across_languages(std::string const& folder) {
    TestSet set{"xling zh → en, with Latin words", {}, {}};
    for (Row const& row : rows_of(folder + "/docs.dev.jsonl.gz"))
        set.documents.push_back({row.at("id"), {row.at("title") + " " + row.at("abstract")}, {}, 1});
    auto const has_latin = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    for (Row const& row : rows_of(folder + "/pairs.dev.jsonl.gz"))
        if (std::ranges::any_of(row.at("query_zh"), has_latin))
            set.questions.push_back({row.at("query_zh"), {{row.at("doc_id"), 1}}});
    return set;
}

} // namespace

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

std::vector<TestSet> test_sets(std::string const& data) {
    auto const rows = rows_of(data + "/zh-sci-csl/csl.dev.jsonl.gz");
    std::vector<TestSet> sets;
    sets.push_back(known_items(rows, "title", "abstract"));
    sets.push_back(known_items(rows, "keywords", "abstract"));
    sets.push_back(known_items(rows, "abstract", "title"));
    sets.push_back(cranfield(data + "/en-cranfield"));
    sets.push_back(across_languages(data + "/xling-zh-en"));
    return sets;
}

Grown::Grown(std::vector<Row> rows, unsigned seed)
    : rows_{std::move(rows)}, sentences_{sentences_of(rows_)}, random_{seed} {}

search::Document Grown::document(std::size_t number) {
    Row const& row = pick(rows_);
    return {std::to_string(number), {row.at("title"), need(6)}, {{0, row.at("discipline")}}, 1};
}

std::string Grown::need(std::size_t sentences) {
    std::string text;
    for (; sentences > 0; --sentences) text += pick(sentences_);
    return text;
}

Folder::Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "sangu-bench-search-XXXXXX").string();
    if (char const* const made = mkdtemp(name.data())) path_ = made;
}

Folder::~Folder() { std::filesystem::remove_all(path_); }

search::Schema schema_for(std::vector<search::Document> const& documents) {
    search::Analyzer analyzer;
    double sum = 0;
    for (search::Document const& document : documents) sum += analyzer.analyse(document.fields[0]).length;
    double const mean = std::max(1.0, sum / static_cast<double>(std::max<std::size_t>(1, documents.size())));
    return {{{"text", 1, 0.75, mean}}, {}, 1.2};
}

search::Schema grown_schema() { return {{{"title", 2, 0.5, 20}, {"text", 1, 0.75, 250}}, {"field"}, 1.2}; }

double quantile(std::vector<double> values, double part) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

} // namespace sangu::bench
