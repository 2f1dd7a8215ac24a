#include "kernel/search/standing/standing.h"

#include "base/result.h"
#include "base/text.h"
#include "kernel/search/query/parse.h"
#include "kernel/search/query/phrase.h"
#include "kernel/search/score/bm25f.h"
#include "kernel/search/segment/checksum.h"

#include <algorithm>
#include <filesystem>
#include <mutex>

namespace sangu::search {
namespace {

constexpr float gate = 1e20F;      // the weight of a term of which one is enough for a closer look
constexpr float gate_least = 1e9F; // what one gives at least
constexpr std::uint64_t rewrite_bytes = std::uint64_t{1} << 20;
constexpr std::size_t removed_max = 1000;

std::vector<std::string_view> names_of(Schema const& schema) {
    std::vector<std::string_view> names;
    for (Field const& field : schema.fields) names.push_back(field.name);
    return names;
}

// Whether a document without any of its words can match.
bool is_met_by_nothing(Node const& node) {
    auto const marked = [](Node const& child) { return is_met_by_nothing(child) != (child.occur == Occur::forbidden); };
    switch (node.kind) {
    case Node::Kind::text:
    case Node::Kind::phrase: return false;
    case Node::Kind::all: return std::ranges::all_of(node.children, marked);
    case Node::Kind::any: return std::ranges::any_of(node.children, marked);
    case Node::Kind::sequence: break;
    }
    bool const has_required = std::ranges::count(node.children, Occur::required, &Node::occur) > 0;
    bool has_optional = false, is_optional_met = false;
    for (Node const& child : node.children) {
        if (child.occur != Occur::optional) {
            if (!marked(child)) return false;
        } else if (!has_required) {
            has_optional = true;
            is_optional_met = is_optional_met || is_met_by_nothing(child);
        }
    }
    return !has_optional || is_optional_met;
}

// One term of each word and phrase: a document in which a word stands has it.
void add_gates(Node const& node, Analyzer& analyzer, std::vector<std::string>& gates) {
    for (Node const& child : node.children) add_gates(child, analyzer, gates);
    bool const is_text = node.kind == Node::Kind::text;
    if (!is_text && node.kind != Node::Kind::phrase) return;
    auto const words = is_text ? split_text(node.text, ' ') : std::vector<std::string_view>{node.text};
    for (std::string_view const word : words) {
        Phrase const phrase{word, analyzer};
        auto const longest = std::ranges::max_element(phrase.terms(), {}, &std::string::size);
        if (longest != phrase.terms().end()) gates.push_back(*longest);
    }
}

} // namespace

StandingQuery standing_query(std::string key, WeightedQuery const& query, Snapshot const& snapshot, double part,
                             Filter filter) {
    StandingQuery standing{std::move(key), query, 0, std::move(filter), {}};
    double greatest = 0;
    for (QueryTerm& term : standing.terms) {
        std::uint64_t const hash = term_hash(term.term);
        std::uint64_t frequency = 0;
        for (auto const& state : snapshot.segments())
            if (auto const number = state.segment->find(hash, term.term))
                frequency += state.segment->frequency(*number);
        term.weight *= inverse_frequency(snapshot.counted_documents(), frequency);
        greatest += term.weight;
    }
    standing.least = greatest * part;
    return standing;
}

StandingQueries::StandingQueries(std::string folder, Schema schema, std::shared_ptr<Lexicon const> lexicon)
    : schema_{std::move(schema)}, lexicon_{std::move(lexicon)},
      lock_{(std::filesystem::create_directories(folder), std::make_unique<FolderLock>(folder + "/lock"))},
      analyzer_{lexicon_},
      journal_{folder + "/standing",
               schema_.fingerprint(),
               {[this](StandingQuery const& query) { put(query); }, [this](std::string_view key) { remove(key); },
                [this](std::uint64_t position) { position_ = durable_ = std::max(position_, position); }}} {}

StandingQueries::~StandingQueries() = default;

std::uint32_t StandingQueries::number_of(std::string const& term) {
    auto const [place, is_new] = numbers_.try_emplace(term, static_cast<std::uint32_t>(terms_.size()));
    if (is_new) {
        terms_.push_back(&place->first);
        lists_.emplace_back();
    }
    return place->second;
}

StandingQuery StandingQueries::whole(Waiting const& waiting) const {
    StandingQuery query = waiting.query;
    for (Term const& term : waiting.terms)
        query.terms.push_back({*terms_[term.term], static_cast<double>(term.weight), term.fields});
    return query;
}

void StandingQueries::put(StandingQuery const& query) {
    SANGU_ASSERT(query.terms.size() <= query_terms_max);
    remove(query.key);
    auto const number = static_cast<std::uint32_t>(waiting_.size());
    Waiting& waiting = waiting_.emplace_back();
    waiting.query = {query.key, {}, query.least, query.filter, query.expert};
    for (QueryTerm const& term : query.terms)
        waiting.terms.push_back({number_of(term.term), static_cast<float>(term.weight), term.fields});
    by_key_[query.key] = number;
    if (query.expert.empty())
        put_need(waiting, number);
    else
        put_expert(waiting, number);
}

// The weakest terms wait in no list, as long as all of them together cannot give half of what is enough: they are the
// frequent ones. Whoever is met has one of the others.
void StandingQueries::put_need(Waiting& waiting, std::uint32_t number) {
    std::vector<Term> sorted = waiting.terms;
    std::ranges::sort(sorted, {}, &Term::weight);
    double rest = 0;
    std::size_t left_out = 0;
    while (left_out < sorted.size() && rest + static_cast<double>(sorted[left_out].weight) < waiting.query.least / 2)
        rest += static_cast<double>(sorted[left_out++].weight);
    waiting.threshold = static_cast<float>(waiting.query.least - rest);
    for (std::size_t at = left_out; at < sorted.size(); ++at)
        lists_[sorted[at].term].push_back({number, sorted[at].weight});
}

void StandingQueries::put_expert(Waiting& waiting, std::uint32_t number) {
    Node const root = parse_query(waiting.query.expert, names_of(schema_)).root;
    waiting.threshold = gate_least;
    if (is_met_by_nothing(root)) {
        always_.push_back(number);
        return;
    }
    std::vector<std::string> gates;
    add_gates(root, analyzer_, gates);
    std::ranges::sort(gates);
    gates.erase(std::unique(gates.begin(), gates.end()), gates.end());
    for (std::string const& term : gates) lists_[number_of(term)].push_back({number, gate});
}

void StandingQueries::remove(std::string_view key) {
    auto const found = by_key_.find(std::string{key});
    if (found == by_key_.end()) return;
    waiting_[found->second].is_removed = true;
    by_key_.erase(found);
}

// Lists without what was removed, once that is more than a quarter.
void StandingQueries::compact() {
    std::size_t const removed = waiting_.size() - by_key_.size();
    if (removed < removed_max || removed * 4 < waiting_.size()) return;
    std::vector<StandingQuery> kept;
    for (Waiting const& waiting : waiting_)
        if (!waiting.is_removed) kept.push_back(whole(waiting));
    waiting_.clear();
    by_key_.clear();
    numbers_.clear();
    terms_.clear();
    lists_.clear();
    always_.clear();
    for (StandingQuery const& query : kept) put(query);
}

void StandingQueries::apply(std::span<StandingQuery const> queries, std::span<std::string const> removed,
                            std::uint64_t position) {
    std::unique_lock const lock{mutex_};
    for (StandingQuery const& query : queries) {
        put(query);
        journal_.add(query);
    }
    for (std::string const& key : removed) {
        remove(key);
        journal_.add_removed(key);
    }
    position_ = std::max(position_, position);
    journal_.add_position(position_);
    compact();
}

void StandingQueries::flush() {
    std::unique_lock const lock{mutex_};
    journal_.flush();
    durable_ = position_;
    std::uint64_t bytes = 0;
    for (Waiting const& waiting : waiting_)
        if (!waiting.is_removed) bytes += 32 + waiting.query.key.size() + waiting.terms.size() * 12;
    if (journal_.bytes() > rewrite_bytes + bytes * 3) rewrite();
}

void StandingQueries::rewrite() {
    journal_.replace([this] {
        for (Waiting const& waiting : waiting_)
            if (!waiting.is_removed) journal_.add(whole(waiting));
        journal_.add_position(position_);
    });
}

std::uint64_t StandingQueries::position() const {
    std::shared_lock const lock{mutex_};
    return position_;
}

std::uint64_t StandingQueries::durable_position() const {
    std::shared_lock const lock{mutex_};
    return durable_;
}

std::size_t StandingQueries::size() const {
    std::shared_lock const lock{mutex_};
    return by_key_.size();
}

} // namespace sangu::search
