// sangu match and sangu search: suggestions for a text, and how good the ranking is.

#include "app/command.h"
#include "base/text.h"
#include "kernel/host.h"
#include "modules/matching/matching.h"

#include <fstream>
#include <iomanip>
#include <iostream>
#include <iterator>

namespace sangu::app {

namespace {

constexpr std::size_t run_depth = 100; // documents of a topic

std::string read_text(std::string const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

// As a visitor: what leaves by a file is what everybody may read.
Context reader_of(Host& host) { return {host.services(), auth::anonymous(), terminal_language()}; }

int match_file(config::Settings const& settings, std::string const& path, std::string const& kind) {
    SystemClock const clock;
    Host host{settings, modules(), clock};
    Context context = reader_of(host);
    auto const matched = matching::match_text(context, read_text(path), kind);
    for (auto const& one : matched)
        std::cout << std::setw(4) << static_cast<int>(one.score * 100 + 0.5) << " %  " << one.kind << "  "
                  << (one.number.empty() ? one.path : one.number) << "  " << one.title << "\n        "
                  << join(one.shared, ", ") << '\n';
    if (matched.empty()) std::cerr << "nothing fits this text\n";
    return matched.empty() ? refused : done;
}

struct EvalOptions {
    std::string qrels, queries, run, write_run, kind;
};

Result<matching::Run> run_of(config::Settings const& settings, EvalOptions const& options) {
    if (!options.run.empty()) return matching::read_run(read_text(options.run));
    auto const topics = TRY(matching::read_topics(read_text(options.queries)));
    SystemClock const clock;
    Host host{settings, modules(), clock};
    Context context = reader_of(host);
    matching::Run run;
    for (auto const& [topic, text] : topics) run[topic] = matching::ranking(context, text, options.kind, run_depth);
    return run;
}

int evaluate(config::Settings const& settings, EvalOptions const& options) {
    if (options.run.empty() == options.queries.empty()) {
        std::cerr << "give either --queries or --run\n";
        return wrong_use;
    }
    auto const qrels = matching::read_qrels(read_text(options.qrels));
    auto const run = run_of(settings, options);
    for (auto const* error : {qrels ? nullptr : &qrels.error(), run ? nullptr : &run.error()})
        if (error) {
            print_error(*error);
            return refused;
        }
    if (!options.write_run.empty()) {
        std::ofstream file{options.write_run, std::ios::binary};
        file << matching::write_run(*run, "sangu");
        if (!file.flush()) {
            std::cerr << options.write_run << ": cannot be written\n";
            return fault;
        }
    }
    std::cout << std::fixed << std::setprecision(4);
    for (matching::Measure const& one : matching::evaluate(*qrels, *run))
        std::cout << std::left << std::setw(12) << one.name << one.mean << "  95 % " << one.low << " – " << one.high
                  << '\n';
    return done;
}

} // namespace

void add_search(CommandLine& line) {
    CLI::App& match = line.command("match", "Suggest public records that fit a text file");
    auto const file = std::make_shared<std::string>(), kind = std::make_shared<std::string>();
    match.add_option("FILE", *file, "text in UTF-8")->required()->check(CLI::ExistingFile);
    match.add_option("--kind", *kind, "only records of this kind: achievement, demand, expert …");
    line.on_run(
        match, [file, kind](config::Loaded const& loaded) -> int { return match_file(loaded.settings, *file, *kind); });

    CLI::App& search = line.command("search", "The search index");
    search.require_subcommand(1);
    CLI::App& eval = line.below(search, "eval", "nDCG, MRR, precision and recall of the search against judgements");
    auto const options = std::make_shared<EvalOptions>();
    eval.add_option("QRELS", options->qrels, "judgements: \"topic 0 document grade\"; a document is a number or a path")
        ->required()
        ->check(CLI::ExistingFile);
    eval.add_option("--queries", options->queries, "topics to search for: \"topic<TAB>text\"")
        ->check(CLI::ExistingFile);
    eval.add_option("--run", options->run, "a ranking in the form of TREC instead of searching")
        ->check(CLI::ExistingFile);
    eval.add_option("--write-run", options->write_run, "write the ranking into this file");
    eval.add_option("--kind", options->kind, "only records of this kind");
    line.on_run(eval, [options](config::Loaded const& loaded) -> int { return evaluate(loaded.settings, *options); });
}

} // namespace sangu::app
