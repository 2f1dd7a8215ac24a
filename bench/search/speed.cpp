#include "collections.h"
#include "kernel/search/query/match.h"
#include "kernel/search/query/nearness.h"
#include "kernel/search/query/weigh.h"
#include "parts.h"
#include "peers.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <thread>

namespace sangu::bench {
namespace {

using namespace sangu::search;

constexpr std::size_t questions_each = 200;

double resident_megabytes() {
    std::ifstream status{"/proc/self/status"};
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

double wall_milliseconds() {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Built {
    double documents_per_second = 0, text_megabytes = 0, megabytes = 0;
};

// Also keeps the texts for the peers, title and text in one line.
Built build(Index& index, Grown& grown, std::size_t count, std::vector<std::string>& texts) {
    Built built;
    double building = 0;
    std::vector<Document> part;
    for (std::size_t at = 0; at < count; ++at) {
        Document document = grown.document(at);
        texts.push_back(document.fields[0] + " " + document.fields[1]);
        built.text_megabytes += static_cast<double>(texts.back().size()) / 1e6;
        part.push_back(std::move(document));
        if (part.size() < 10'000 && at + 1 < count) continue;
        double const start = cpu_microseconds();
        index.apply(part, {}, at + 1);
        if (index.snapshot()->segments().size() > 8) index.flush();
        building += cpu_microseconds() - start;
        part.clear();
    }
    double const start = cpu_microseconds();
    index.flush();
    while (index.merge_once()) {
    }
    building += cpu_microseconds() - start;
    built.documents_per_second = static_cast<double>(count) / building * 1e6;
    for (auto const& state : index.snapshot()->segments())
        built.megabytes += static_cast<double>(state.segment->bytes()) / 1e6;
    return built;
}

struct Kind {
    char const* name;
    std::vector<std::string> questions;
};

std::vector<Kind> kinds_of(std::vector<Row> const& rows) {
    std::vector<Kind> kinds = {{"title", {}}, {"keywords", {}}, {"abstract", {}}};
    for (Kind& kind : kinds)
        for (std::size_t at = 0; at < questions_each; ++at) {
            std::string text = rows[at * 5 % rows.size()].at(kind.name);
            std::ranges::replace(text, '\n', ' ');
            kind.questions.push_back(std::move(text));
        }
    return kinds;
}

void ask(Kind const& kind, Permitted const& everything) {
    Snapshot const& snapshot = everything.snapshot();
    Analyzer analyzer;
    std::vector<double> all, alone, near;
    double terms = 0;
    SearchStatistics statistics;
    for (int round = 0; round < 2; ++round) { // the first warms up
        all.clear();
        alone.clear();
        near.clear();
        terms = 0;
        statistics = {};
        for (std::string const& question : kind.questions) {
            double const begin = cpu_microseconds();
            auto const query = weigh(question, analyzer, snapshot);
            double const weighed = cpu_microseconds();
            search::search(everything, query, 10, &statistics);
            double const end = cpu_microseconds();
            all.push_back(end - begin);
            alone.push_back(end - weighed);
            terms += static_cast<double>(query.size());
            by_nearness(snapshot, search::search(everything, query, 50), question, analyzer);
            near.push_back(cpu_microseconds() - end);
        }
    }
    std::printf("%s, %.0f terms\n", kind.name, terms / static_cast<double>(kind.questions.size()));
    std::printf("| %-26s | %8.0f | %8.0f |\n", "sangu", quantile(alone, 0.5), quantile(alone, 0.99));
    std::printf("| %-26s | %8.0f | %8.0f |\n", "sangu, with analysis", quantile(all, 0.5), quantile(all, 0.99));
    std::printf("| %-26s | %8.0f | %8.0f |\n", "sangu, with nearness", quantile(near, 0.5), quantile(near, 0.99));
}

void ask_phrases(std::vector<Row> const& rows, Permitted const& everything) {
    Analyzer analyzer;
    std::vector<double> times;
    double found = 0;
    for (std::size_t at = 0; at < 60; ++at) {
        std::string const& keywords = rows[at * 15 % rows.size()].at("keywords");
        Node node;
        node.kind = Node::Kind::phrase;
        node.text = keywords.substr(0, keywords.find(' '));
        double const start = cpu_microseconds();
        found += static_cast<double>(matching(everything, node, analyzer).count());
        times.push_back(cpu_microseconds() - start);
    }
    std::printf("phrases (all documents, for counts): CPU µs p50 %.0f p99 %.0f, %.0f documents found\n",
                quantile(times, 0.5), quantile(times, 0.99), found / 60);
}

// Questions in a second of one thread and of two, and their CPU.
void two_threads(Kind const& kind, Permitted const& everything) {
    auto const work = [&](double& cpu) {
        Analyzer analyzer;
        double const start = cpu_microseconds();
        for (int round = 0; round < 4; ++round)
            for (std::string const& question : kind.questions)
                search::search(everything, weigh(question, analyzer, everything.snapshot()), 10);
        cpu = cpu_microseconds() - start;
    };
    double one = 0, first = 0, second = 0;
    double const start = wall_milliseconds();
    work(one);
    double const between = wall_milliseconds();
    {
        std::jthread const other{[&] { work(second); }};
        work(first);
    }
    double const end = wall_milliseconds();
    std::printf("two threads, %s: %.2f × the answers of one in the same time, CPU of an answer %.2f ×\n", kind.name,
                2 * (between - start) / (end - between), (first + second) / 2 / one);
}

void ask_peers(std::vector<Kind> const& kinds, std::vector<std::string> const& texts) {
    auto const tokens = as_tokens(texts);
    std::vector<std::string> questions;
    for (Kind const& kind : kinds)
        for (std::string& line : as_tokens(kind.questions)) questions.push_back(std::move(line));
    for (std::size_t at = 0; at < kinds.size(); ++at) {
        std::vector<std::string> const part{questions.begin() + static_cast<std::ptrdiff_t>(at * questions_each),
                                            questions.begin() + static_cast<std::ptrdiff_t>((at + 1) * questions_each)};
        std::printf("%s\n", kinds[at].name);
        std::vector<std::string> const few{part.begin(), part.begin() + 20};
        for (auto const& peer : {lucene("tokens", tokens, part), xapian(true, tokens, few)})
            if (peer)
                std::printf("| %-26s | %8.0f | %8.0f | %.0f documents a CPU second, %.0f MB\n", peer->name.c_str(),
                            peer->p50, peer->p99, peer->documents_per_second, peer->megabytes);
        std::fflush(stdout);
    }
}

} // namespace

void speed(std::string const& data, std::size_t documents) {
    auto const rows = rows_of(data + "/zh-sci-csl/csl.dev.jsonl.gz");
    Grown grown{rows};
    Folder const folder;
    std::vector<std::string> texts;
    Built built;
    {
        Index index{folder.path(), grown_schema(), Lexicon::shipped(), {.merges_in_background = false}};
        built = build(index, grown, documents, texts);
    }
    std::printf("%zu grown documents, %.0f MB of text: %.0f a CPU second, index %.0f MB = %.2f × text\n", documents,
                built.text_megabytes, built.documents_per_second, built.megabytes,
                built.megabytes / built.text_megabytes);
    double const before = resident_megabytes(), start = wall_milliseconds();
    Index const index{folder.path(), grown_schema(), Lexicon::shipped(), {.merges_in_background = false}};
    Permitted const everything{index.snapshot(), {}};
    std::printf("opened in %.0f ms\n", wall_milliseconds() - start);
    auto const kinds = kinds_of(rows);
    for (Kind const& kind : kinds) ask(kind, everything);
    ask_phrases(rows, everything);
    two_threads(kinds[0], everything);
    two_threads(kinds[2], everything);
    std::printf("resident after that: %.0f MB more, with the pages of the index that were read\n",
                resident_megabytes() - before);
    std::fflush(stdout);
    ask_peers(kinds, texts);
}

} // namespace sangu::bench
