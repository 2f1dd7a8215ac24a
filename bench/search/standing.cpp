#include "collections.h"
#include "kernel/search/query/weigh.h"
#include "kernel/search/standing/percolator.h"
#include "parts.h"

#include <cstdio>
#include <fstream>

namespace sangu::bench {
namespace {

using namespace sangu::search;

double resident_megabytes() {
    std::ifstream status{"/proc/self/status"};
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

} // namespace

void standing(std::string const& data, std::size_t needs) {
    auto const rows = rows_of(data + "/zh-sci-csl/csl.dev.jsonl.gz");
    Grown grown{rows}, later{rows, 7};
    Folder const index_folder, folder;
    Index index{index_folder.path(), grown_schema(), Lexicon::shipped(), {.merges_in_background = false}};
    std::vector<Document> documents;
    for (std::size_t at = 0; at < 5000; ++at) documents.push_back(grown.document(at));
    index.apply(documents, {}, 1);
    auto const snapshot = index.snapshot();
    Analyzer analyzer;
    double const before = resident_megabytes();
    StandingQueries queries{folder.path(), grown_schema(), Lexicon::shipped()};
    std::vector<StandingQuery> part;
    double terms = 0;
    for (std::size_t at = 0; at < needs; ++at) {
        auto const query = weigh(grown.need(2 + at % 3), analyzer, *snapshot);
        terms += static_cast<double>(query.size());
        part.push_back(standing_query(std::to_string(at), query, *snapshot, 0.2));
        if (part.size() < 10'000 && at + 1 < needs) continue;
        queries.apply(part, {}, at + 1);
        queries.flush();
        part.clear();
    }
    std::printf("%zu standing needs of %.0f terms: %.0f MB in memory, %.0f MB on disk\n", needs,
                terms / static_cast<double>(needs), resident_megabytes() - before,
                static_cast<double>(std::filesystem::file_size(folder.path() + "/standing")) / 1e6);
    Percolator percolator{queries};
    std::vector<double> times;
    double met = 0;
    for (std::size_t at = 0; at < 320; ++at) {
        Document const document = later.document(at);
        double const start = cpu_microseconds();
        auto const hits = percolator.met_by(document);
        if (at < 20) continue; // warms up
        times.push_back(cpu_microseconds() - start);
        met += static_cast<double>(hits.size());
    }
    std::printf("  one document: CPU ms p50 %.2f p95 %.2f p99 %.2f; meets %.0f needs\n", quantile(times, 0.5) / 1e3,
                quantile(times, 0.95) / 1e3, quantile(times, 0.99) / 1e3, met / 300);
}

} // namespace sangu::bench
