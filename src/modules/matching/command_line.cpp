#include "kernel/context.h"
#include "kernel/search/query/search.h"
#include "kernel/search/query/weigh.h"
#include "modules/matching/matching.h"
#include "modules/matching/suggest.h"

#include <algorithm>

namespace sangu::matching {

std::vector<Matched> match_text(Context& context, std::string_view text, std::string_view kind) {
    std::vector<Matched> matched;
    Matcher matcher{context};
    for (Pair const& pair : pairs_of_text()) {
        if (!kind.empty() && pair.to_kind != kind) continue;
        for (Suggestion& one : matcher.suggest(subject_of_text(text), pair).shown)
            matched.push_back({one.filed.kind, fact_of(one.filed.facts, "number"), one.filed.title, one.filed.path,
                               one.score, std::move(one.shared)});
    }
    std::ranges::stable_sort(matched, std::greater{}, &Matched::score);
    return matched;
}

std::vector<std::pair<std::string, double>> ranking(Context& context, std::string const& text, std::string_view kind,
                                                    std::size_t limit) {
    std::vector<std::pair<std::string, double>> found;
    RecordIndex* const index = index_of(context.services);
    if (!index) return found;
    View const view = index->view(context);
    if (!view.holding) return found;
    search::Permitted permitted = *permitted_for(context, view);
    if (!kind.empty()) permitted = search::Permitted{permitted, of_kind(view, std::string{kind})};
    auto const terms = search::weigh(text, analyzer(), *view.snapshot);
    auto const hits = search::search(permitted, terms, limit);
    std::vector<std::string> keys;
    for (search::Hit const& hit : hits) keys.emplace_back(view.snapshot->key(hit.place));
    auto const texts = view.holding->texts->read(keys);
    for (std::size_t i = 0; i < hits.size(); ++i)
        if (auto const one = texts.find(keys[i]); one != texts.end()) {
            std::string const number = fact_of(one->second.facts, "number");
            found.emplace_back(number.empty() ? one->second.path : number, hits[i].score);
        }
    return found;
}

} // namespace sangu::matching
