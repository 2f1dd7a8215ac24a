#include "kernel/search/query/explain.h"

#include <algorithm>
#include <unordered_map>

namespace sangu::search {
namespace {

struct Found {
    Mark mark;
    double weight;
};

std::vector<Found> find_terms(std::string_view text, WeightedQuery const& query, Analyzer& analyzer) {
    std::unordered_map<std::string_view, double> weights;
    for (QueryTerm const& term : query) weights[term.term] += term.weight;
    std::vector<Found> found;
    for (Token const& token : analyzer.analyse(text).tokens)
        if (auto const weight = weights.find(token.term); weight != weights.end())
            found.push_back({{token.begin, token.end}, weight->second});
    std::ranges::stable_sort(found, {}, [](Found const& one) { return one.mark.begin; });
    return found;
}

bool begins_character(std::string_view text, std::size_t at) {
    return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80;
}

std::uint32_t forward(std::string_view text, std::size_t at, std::size_t characters) {
    for (; at < text.size() && characters > 0; --characters) do
            ++at;
        while (!begins_character(text, at));
    return static_cast<std::uint32_t>(at);
}

std::uint32_t backward(std::string_view text, std::size_t at, std::size_t characters) {
    for (; at > 0 && characters > 0; --characters) do
            --at;
        while (at > 0 && !begins_character(text, at));
    return static_cast<std::uint32_t>(at);
}

// Where the found terms that fit into one passage weigh most.
std::size_t heaviest(std::string_view text, std::vector<Found> const& found, std::size_t characters) {
    std::size_t best = 0, until = 0;
    double weight = 0, best_weight = -1;
    for (std::size_t from = 0; from < found.size(); ++from) {
        std::uint32_t const end = forward(text, found[from].mark.begin, characters);
        for (; until < found.size() && found[until].mark.end <= end; ++until) weight += found[until].weight;
        if (weight > best_weight) {
            best_weight = weight;
            best = from;
        }
        if (until > from)
            weight -= found[from].weight;
        else
            until = from + 1;
    }
    return best;
}

} // namespace

std::vector<Reason> reasons(Snapshot const& snapshot, WeightedQuery const& query, DocumentPlace place,
                            Ranking const& ranking) {
    Scorer const scorer{snapshot, query, ranking};
    auto const shares = scorer.shares(place);
    std::vector<Reason> reasons;
    for (std::size_t term = 0; term < shares.size(); ++term)
        for (std::uint32_t field = 0; field < fields_max; ++field)
            if (shares[term][field] > 0) reasons.push_back({query[term].term, field, shares[term][field]});
    double score = 0;
    for (Reason const& reason : reasons) score += reason.share;
    for (std::size_t prior = 0; prior < ranking.priors.size(); ++prior) {
        double const added = score * (scorer.factor(prior, place) - 1);
        if (added > 0) reasons.push_back({{}, 0, added, ranking.priors[prior].facet});
        score += added;
    }
    std::ranges::stable_sort(reasons, std::greater{}, &Reason::share);
    return reasons;
}

Passage best_passage(std::string_view text, WeightedQuery const& query, Analyzer& analyzer, std::size_t characters) {
    std::vector<Found> const found = find_terms(text, query, analyzer);
    Passage passage;
    if (!found.empty())
        passage.begin = backward(text, found[heaviest(text, found, characters * 3 / 4)].mark.begin, characters / 8);
    passage.end = forward(text, passage.begin, characters);
    for (auto const& [mark, weight] : found) {
        if (mark.begin < passage.begin || mark.end > passage.end) continue;
        if (!passage.marks.empty() && mark.begin <= passage.marks.back().end)
            passage.marks.back().end = std::max(passage.marks.back().end, mark.end);
        else
            passage.marks.push_back(mark);
    }
    return passage;
}

} // namespace sangu::search
