#include "kernel/search/query/nearness.h"

#include "kernel/search/query/order.h"
#include "kernel/search/score/bm25f.h"
#include "kernel/search/segment/checksum.h"

#include <algorithm>
#include <map>
#include <optional>

namespace sangu::search {
namespace {

constexpr std::size_t none = ~std::size_t{0};

// Two neighbours of the query.
struct Pair {
    std::size_t first, second; // terms
    std::uint32_t apart;       // positions
    double weight;
};

class Pairs {
public:
    Pairs(Snapshot const& snapshot, std::string_view query, Analyzer& analyzer, NearnessSettings const& settings)
        : snapshot_{snapshot}, settings_{settings} {
        std::optional<std::pair<std::size_t, std::uint32_t>> before;
        for (Token const& token : analyzer.analyse(query).tokens) {
            if (!token.is_ground() || (token.kind == TokenKind::latin && !token.is_word)) continue;
            std::size_t const term = number_of(std::string{token.term});
            if (before && token.position - before->second < settings.distance && before->first != term)
                add(before->first, term, token.position - before->second);
            before = {term, token.position};
        }
        for (std::size_t term = 0; term < terms_.size(); ++term) inverse_.push_back(inverse_of(terms_[term]));
        for (Pair& pair : pairs_) pair.weight *= settings.weight * (inverse_[pair.first] + inverse_[pair.second]) / 2;
    }

    double bonus(DocumentPlace place) {
        Segment const& segment = *snapshot_.segments()[place.segment].segment;
        order_.read(segment, place.document);
        if (numbers_.size() <= place.segment) numbers_.resize(place.segment + std::size_t{1});
        auto& numbers = numbers_[place.segment];
        if (numbers.empty())
            for (std::string const& term : terms_) numbers.push_back(segment.find(term_hash(term), term));
        recognise(numbers);
        closest_.assign(pairs_.size(), settings_.distance);
        for (auto const& field : order_.sequences)
            if (!field.empty()) look_at(field);
        double bonus = 0;
        for (std::size_t at = 0; at < pairs_.size(); ++at)
            if (closest_[at] < settings_.distance) bonus += pairs_[at].weight / (1 + closest_[at]);
        return bonus;
    }

private:
    std::size_t number_of(std::string term) {
        auto const [place, is_new] = known_.try_emplace(term, terms_.size());
        if (is_new) terms_.push_back(std::move(term));
        return place->second;
    }
    void add(std::size_t first, std::size_t second, std::uint32_t apart) {
        auto const same = [&](Pair const& pair) { return pair.first == first && pair.second == second; };
        if (std::ranges::none_of(pairs_, same)) pairs_.push_back({first, second, apart, 1});
    }
    double inverse_of(std::string const& term) const {
        std::uint64_t frequency = 0;
        for (auto const& state : snapshot_.segments())
            if (auto const number = state.segment->find(term_hash(term), term))
                frequency += state.segment->frequency(*number);
        return inverse_frequency(snapshot_.counted_documents(), frequency);
    }

    // Which term of the query each term of the document is.
    void recognise(std::vector<std::optional<std::uint32_t>> const& numbers) {
        asked_.assign(order_.numbers.size(), none);
        for (std::size_t term = 0; term < numbers.size(); ++term) {
            if (!numbers[term]) continue;
            auto const found = std::ranges::lower_bound(order_.numbers, *numbers[term]);
            if (found != order_.numbers.end() && *found == *numbers[term])
                asked_[static_cast<std::size_t>(found - order_.numbers.begin())] = term;
        }
    }

    // The least distance of each pair from being as far apart as in the query.
    void look_at(std::vector<Occurrence> const& field) {
        places_.resize(terms_.size());
        for (auto& places : places_) places.clear();
        for (Occurrence const& at : field)
            if (asked_[at.term] != none) places_[asked_[at.term]].push_back(at.position);
        for (std::size_t at = 0; at < pairs_.size(); ++at)
            for (std::uint32_t const position : places_[pairs_[at].first])
                closest_[at] =
                    std::min(closest_[at], distance(places_[pairs_[at].second], position + pairs_[at].apart));
    }

    static std::uint32_t distance(std::vector<std::uint32_t> const& positions, std::uint32_t wanted) {
        auto const next = std::ranges::lower_bound(positions, wanted);
        std::uint32_t best = ~0U;
        if (next != positions.end()) best = *next - wanted;
        if (next != positions.begin()) best = std::min(best, wanted - *(next - 1));
        return best;
    }

    Snapshot const& snapshot_;
    NearnessSettings settings_;
    std::map<std::string, std::size_t> known_;
    std::vector<std::string> terms_;
    std::vector<double> inverse_;
    std::vector<Pair> pairs_;
    std::vector<std::vector<std::optional<std::uint32_t>>> numbers_; // of the terms in each segment
    DocumentOrder order_;
    std::vector<std::size_t> asked_;
    std::vector<std::vector<std::uint32_t>> places_;
    std::vector<std::uint32_t> closest_;
};

} // namespace

double nearness(Snapshot const& snapshot, std::string_view query, Analyzer& analyzer, DocumentPlace place,
                NearnessSettings const& settings) {
    return Pairs{snapshot, query, analyzer, settings}.bonus(place);
}

std::vector<Hit> by_nearness(Snapshot const& snapshot, std::vector<Hit> hits, std::string_view query,
                             Analyzer& analyzer, NearnessSettings const& settings) {
    Pairs pairs{snapshot, query, analyzer, settings};
    std::size_t const count = std::min(hits.size(), settings.looked_at);
    for (std::size_t at = 0; at < count; ++at) hits[at].score += pairs.bonus(hits[at].place);
    std::stable_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(count),
                     [&](Hit const& one, Hit const& other) { return one.score > other.score; });
    return hits;
}

} // namespace sangu::search
