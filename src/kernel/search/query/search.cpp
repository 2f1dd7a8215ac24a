#include "kernel/search/query/search.h"

#include "kernel/search/query/best.h"
#include "kernel/search/query/window.h"

namespace sangu::search {

std::vector<Hit> search(Permitted const& permitted, WeightedQuery const& query, std::size_t k,
                        SearchStatistics* statistics, Ranking const& ranking) {
    Snapshot const& snapshot = permitted.snapshot();
    Scorer const scorer{snapshot, query, ranking};
    Best best{snapshot, k};
    SearchStatistics ignored;
    for (std::uint32_t segment = 0; k > 0 && segment < snapshot.segments().size(); ++segment)
        WindowSearch{permitted, scorer, segment, best, statistics ? *statistics : ignored}.run(k);
    return best.take();
}

std::vector<Hit> search_exhaustively(Permitted const& permitted, WeightedQuery const& query, std::size_t k,
                                     Ranking const& ranking) {
    Snapshot const& snapshot = permitted.snapshot();
    Scorer const scorer{snapshot, query, ranking};
    Best best{snapshot, k};
    for (std::uint32_t segment = 0; segment < snapshot.segments().size(); ++segment)
        permitted.of(segment).for_each([&](std::uint32_t document) {
            DocumentPlace const place{segment, document};
            best.offer({place, scorer.score(place)});
        });
    return best.take();
}

} // namespace sangu::search
