#include "collections.h"
#include "kernel/search/query/feedback.h"
#include "kernel/search/query/nearness.h"
#include "kernel/search/query/weigh.h"
#include "parts.h"
#include "peers.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <memory>

namespace sangu::bench {
namespace {

using namespace sangu::search;

struct Judged {
    double first = 0, reciprocal = 0, average_precision = 0, precision = 0, gain = 0;

    void add(Judged const& other, double count) {
        first += other.first / count;
        reciprocal += other.reciprocal / count;
        average_precision += other.average_precision / count;
        precision += other.precision / count;
        gain += other.gain / count;
    }
};

Judged judge(std::vector<std::string> const& keys, std::map<std::string, int> const& relevant) {
    Judged judged;
    double found = 0, gain = 0, ideal = 0;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        auto const place = relevant.find(keys[at]);
        if (place == relevant.end()) continue;
        found += 1;
        if (at == 0) judged.first = 1;
        if (found == 1 && at < 10) judged.reciprocal = 1 / static_cast<double>(at + 1);
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

// One way of asking.
struct Variant {
    char const* name;
    WeighSettings weigh{};
    double nearness = 0;
    double feedback = 0;
    AnalyzerOptions analysis{};
};

class Engine {
public:
    Engine(TestSet const& set, std::size_t depth)
        : set_{set}, depth_{depth},
          index_{folder_.path(), schema_for(set.documents), Lexicon::shipped(), {.merges_in_background = false}} {
        index_.apply(set.documents, {}, 1);
        index_.flush();
        snapshot_ = index_.snapshot();
        everything_ = std::make_unique<Permitted>(snapshot_, Filter{});
    }

    Judged run(Variant const& variant) {
        Analyzer analyzer{Lexicon::shipped(), variant.analysis};
        Judged sum;
        for (auto const& question : set_.questions) {
            auto query = weigh(question.text, analyzer, *snapshot_, variant.weigh);
            auto hits = search::search(*everything_, query, depth_);
            if (variant.feedback > 0) {
                query = with_feedback(*snapshot_, std::move(query), hits, {.weight = variant.feedback});
                hits = search::search(*everything_, query, depth_);
            }
            if (variant.nearness > 0)
                hits = by_nearness(*snapshot_, std::move(hits), question.text, analyzer, {.weight = variant.nearness});
            std::vector<std::string> keys;
            for (Hit const& hit : hits) keys.emplace_back(snapshot_->key(hit.place));
            sum.add(judge(keys, question.relevant), static_cast<double>(set_.questions.size()));
        }
        return sum;
    }

private:
    TestSet const& set_;
    std::size_t depth_; // hits of each question
    Folder folder_;
    Index index_;
    std::shared_ptr<Snapshot const> snapshot_;
    std::unique_ptr<Permitted> everything_;
};

void print(std::string const& name, Judged const& judged, bool is_known_item) {
    if (is_known_item)
        std::printf("| %-34s | %.3f | %.3f |\n", name.c_str(), judged.first, judged.reciprocal);
    else
        std::printf("| %-34s | %.3f | %.3f | %.3f |\n", name.c_str(), judged.average_precision, judged.precision,
                    judged.gain);
}

Judged judge_peer(PeerResult const& peer, TestSet const& set) {
    Judged sum;
    for (std::size_t at = 0; at < peer.answers.size(); ++at) {
        std::vector<std::string> keys;
        for (std::size_t const number : peer.answers[at]) keys.push_back(set.documents[number].key);
        sum.add(judge(keys, set.questions[at].relevant), static_cast<double>(set.questions.size()));
    }
    return sum;
}

void peers(TestSet const& set, bool is_known_item) {
    std::vector<std::string> documents, questions;
    auto const in_a_line = [](std::string text) {
        std::ranges::replace(text, '\n', ' ');
        return text;
    };
    for (Document const& document : set.documents) documents.push_back(in_a_line(document.fields[0]));
    for (auto const& question : set.questions) questions.push_back(in_a_line(question.text));
    auto const document_tokens = as_tokens(documents), question_tokens = as_tokens(questions);
    for (auto const& peer : {lucene("tokens", document_tokens, question_tokens), lucene("cjk", documents, questions),
                             lucene("english", documents, questions), xapian(true, document_tokens, question_tokens),
                             xapian(false, documents, questions), fts5(document_tokens, question_tokens)})
        if (peer) print(peer->name + ", best ten", judge_peer(*peer, set), is_known_item);
}

} // namespace

void quality(std::string const& data) {
    Variant const variants[] = {
        {"as it is"},
        {"without words", {.word = 1e-9}},
        {"words 0.5", {.word = 0.5}},
        {"words 1.5", {.word = 1.5}},
        {"pairs that are no words 0.7", {.other_pair = 0.7}},
        {"pairs that are no words 0.5", {.other_pair = 0.5}},
        {"pairs that are words 1.3", {.word_pair = 1.3}},
        {"k3 1", {.k3 = 1}},
        {"k3 1000", {.k3 = 1000}},
        {"80 terms", {.terms_max = 80}},
        {"nearness 0.1", {}, 0.1},
        {"nearness 0.2", {}, 0.2},
        {"nearness 0.4", {}, 0.4},
        {"nearness 0.8", {}, 0.8},
        {"feedback 0.1", {}, 0, 0.1},
        {"feedback 0.3", {}, 0, 0.3},
    };
    for (TestSet const& set : test_sets(data)) {
        bool const is_known_item = std::ranges::all_of(
            set.questions, [](TestSet::Question const& question) { return question.relevant.size() == 1; });
        std::printf("\n%s: %zu documents, %zu questions\n\n| | %s |\n", set.name.c_str(), set.documents.size(),
                    set.questions.size(), is_known_item ? "R@1 | MRR@10" : "MAP | P@10 | nDCG@10");
        std::printf("|---|%s\n", is_known_item ? "---|---|" : "---|---|---|");
        Engine engine{set, is_known_item ? 50U : 1000U};
        for (Variant const& variant : variants) print(variant.name, engine.run(variant), is_known_item);
        peers(set, is_known_item);
        std::fflush(stdout);
    }
}

} // namespace sangu::bench
