#include "kernel/search/query/weigh.h"

#include "kernel/search/score/bm25f.h"
#include "kernel/search/segment/checksum.h"

#include <algorithm>
#include <map>

namespace sangu::search {
namespace {

std::uint64_t frequency_of(Snapshot const& snapshot, std::string_view term) {
    std::uint64_t const hash = term_hash(term);
    std::uint64_t frequency = 0;
    for (auto const& state : snapshot.segments())
        if (auto const number = state.segment->find(hash, term)) frequency += state.segment->frequency(*number);
    return frequency;
}

class Weighing {
public:
    Weighing(Analyzer& analyzer, Snapshot const& snapshot, WeighSettings const& settings)
        : analyzer_{analyzer}, snapshot_{snapshot}, settings_{settings} {}

    void add(std::string_view text, std::uint8_t fields) {
        count(text, 1, fields);
        if (!settings_.synonyms) return;
        for (Expansion const& expansion : settings_.synonyms->expand(text))
            count(expansion.text, static_cast<double>(expansion.weight), fields);
    }

    WeightedQuery take() const {
        bool const says_something =
            std::ranges::any_of(terms_, [](auto const& term) { return term.second.says_something; });
        WeightedQuery query;
        for (auto const& [name, weight] : terms_) {
            if (says_something && !weight.says_something) continue;
            double const count = weight.count;
            query.push_back(
                {name.first, weight.kind * count * (settings_.k3 + 1) / (settings_.k3 + count), name.second});
        }
        return strongest(std::move(query));
    }

    WeightedQuery strongest(WeightedQuery query) const {
        std::size_t const most = std::min(settings_.terms_max, query_terms_max);
        if (query.size() <= most) return query;
        std::vector<std::pair<double, std::size_t>> strengths;
        for (std::size_t at = 0; at < query.size(); ++at) {
            std::uint64_t const frequency = frequency_of(snapshot_, query[at].term);
            double const idf = inverse_frequency(snapshot_.counted_documents(), frequency);
            strengths.emplace_back(frequency > 0 ? query[at].weight * idf : 0, at);
        }
        std::ranges::sort(strengths, std::greater{});
        WeightedQuery kept;
        for (std::size_t at = 0; at < most; ++at) kept.push_back(query[strengths[at].second]);
        return kept;
    }

private:
    struct Weight {
        double count = 0;
        double kind = 1;
        bool says_something = false;
    };

    double weight_of(Token const& token) const {
        if (token.kind == TokenKind::word) return settings_.word;
        if (token.kind != TokenKind::bigram) return 1;
        return token.is_word ? settings_.word_pair : settings_.other_pair;
    }

    void count(std::string_view text, double weight, std::uint8_t fields) {
        for (Token const& token : analyzer_.analyse(text).tokens) {
            Weight& term = terms_[{std::string{token.term}, fields}];
            term.count += weight;
            term.kind = weight_of(token);
            term.says_something = term.says_something || token.kind != TokenKind::latin || token.is_word;
        }
    }

    Analyzer& analyzer_;
    Snapshot const& snapshot_;
    WeighSettings const& settings_;
    std::map<std::pair<std::string, std::uint8_t>, Weight> terms_;
};

std::uint8_t mask_of(Schema const& schema, std::string const& field) {
    if (field.empty()) return every_field;
    auto const place = std::ranges::find(schema.fields, field, &Field::name);
    return place == schema.fields.end() ? every_field
                                        : static_cast<std::uint8_t>(1U << (place - schema.fields.begin()));
}

void add_leaves(Weighing& weighing, Schema const& schema, Node const& node) {
    if (node.occur == Occur::forbidden) return;
    if (!node.text.empty()) weighing.add(node.text, mask_of(schema, node.field));
    for (Node const& child : node.children) add_leaves(weighing, schema, child);
}

} // namespace

WeightedQuery weigh(std::string_view text, Analyzer& analyzer, Snapshot const& snapshot, WeighSettings const& settings,
                    std::uint8_t fields) {
    Weighing weighing{analyzer, snapshot, settings};
    weighing.add(text, fields);
    return weighing.take();
}

WeightedQuery weigh(Node const& query, Analyzer& analyzer, Snapshot const& snapshot, WeighSettings const& settings) {
    Weighing weighing{analyzer, snapshot, settings};
    add_leaves(weighing, snapshot.schema(), query);
    return weighing.take();
}

WeightedQuery weigh_like(Snapshot const& snapshot, DocumentPlace place, WeighSettings const& settings) {
    Segment const& segment = *snapshot.segments()[place.segment].segment;
    RecordReader reader = segment.record(place.document);
    DocumentWeights const weights{snapshot.schema(), reader.head().lengths, 1};
    std::vector<std::pair<double, QueryTerm>> terms;
    while (reader.next()) {
        double const worth = weights.worth(reader.counts());
        std::uint64_t const frequency = segment.frequency(reader.term());
        double const strength = worth * inverse_frequency(snapshot.counted_documents(), frequency);
        terms.emplace_back(strength, QueryTerm{std::string{segment.text_of(reader.term())}, worth, every_field});
    }
    std::ranges::stable_sort(terms, std::greater{}, &std::pair<double, QueryTerm>::first);
    if (std::size_t const most = std::min(settings.terms_max, query_terms_max); terms.size() > most) terms.resize(most);
    WeightedQuery query;
    for (auto& [strength, term] : terms) query.push_back(std::move(term));
    return query;
}

} // namespace sangu::search
