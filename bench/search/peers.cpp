#include "peers.h"

#include "collections.h"
#include "fts5.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <set>

namespace sangu::bench {
namespace {

constexpr auto jars = "/usr/share/java/lucene-core-8.7.0.jar:/usr/share/java/lucene-analyzers-common-8.7.0.jar";

void write_lines(std::string const& path, std::vector<std::string> const& lines) {
    std::ofstream file{path};
    for (std::string const& line : lines) file << line << '\n';
}

std::vector<std::string> words_of(std::string const& text) {
    std::set<std::string> words;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t const end = std::min(text.find(' ', begin), text.size());
        if (end > begin) words.insert(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return {words.begin(), words.end()};
}

} // namespace

std::vector<std::string> as_tokens(std::vector<std::string> const& texts) {
    search::Analyzer analyzer;
    std::vector<std::string> lines;
    for (std::string const& text : texts) {
        std::string& line = lines.emplace_back();
        for (search::Token const& token : analyzer.analyse(text).tokens) {
            std::string word{token.term};
            std::ranges::replace(word, ' ', '_');
            line.append(word).append(" ");
        }
    }
    return lines;
}

std::optional<PeerResult> lucene(std::string const& analyzer, std::vector<std::string> const& documents,
                                 std::vector<std::string> const& questions) {
    if (!std::filesystem::exists("/usr/share/java/lucene-core-8.7.0.jar")) return std::nullopt;
    Folder const folder;
    write_lines(folder.path() + "/documents", documents);
    write_lines(folder.path() + "/questions", questions);
    std::string const source = std::string{SANGU_BENCH_SOURCE} + "/peers/lucene/LucenePeer.java";
    auto const printed = lines_of("cd " + folder.path() + " && javac -d classes -cp " + jars + " " + source +
                                  " && java -Xmx3g -XX:+UseSerialGC -cp classes:" + jars + " LucenePeer " + analyzer +
                                  " documents questions answers index");
    PeerResult result{"Lucene 8, " + analyzer, 0, 0, 0, 0, {}};
    if (printed.empty() || std::sscanf(printed.back().c_str(), "%lf %lf %lf %lf", &result.documents_per_second,
                                       &result.megabytes, &result.p50, &result.p99) != 4)
        return std::nullopt;
    for (std::string const& line : lines_of("cat " + folder.path() + "/answers")) {
        auto& answer = result.answers.emplace_back();
        for (std::size_t begin = 0; begin < line.size();) {
            std::size_t const end = std::min(line.find(' ', begin), line.size());
            if (end > begin) answer.push_back(std::stoul(line.substr(begin, end - begin)));
            begin = end + 1;
        }
    }
    return result;
}

std::optional<PeerResult> fts5(std::vector<std::string> const& documents, std::vector<std::string> const& questions) {
    PeerResult result{"SQLite FTS5, tokens", 0, 0, 0, 0, {}};
    Fts5 engine;
    double const start = cpu_microseconds();
    for (std::string const& document : documents) {
        std::vector<std::string> words;
        for (std::size_t begin = 0; begin < document.size();) {
            std::size_t const end = std::min(document.find(' ', begin), document.size());
            if (end > begin) words.push_back(document.substr(begin, end - begin));
            begin = end + 1;
        }
        engine.add(words);
    }
    engine.finish();
    result.documents_per_second = static_cast<double>(documents.size()) / (cpu_microseconds() - start) * 1e6;
    std::vector<double> times;
    for (std::string const& question : questions) {
        auto const words = words_of(question);
        double const begin = cpu_microseconds();
        auto const rows = engine.ask(words, 10);
        times.push_back(cpu_microseconds() - begin);
        auto& answer = result.answers.emplace_back();
        for (auto const row : rows) answer.push_back(static_cast<std::size_t>(row - 1));
    }
    result.p50 = quantile(times, 0.5);
    result.p99 = quantile(times, 0.99);
    return result;
}

} // namespace sangu::bench
