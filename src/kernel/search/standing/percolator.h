#pragma once

// Which standing queries a document meets: the search turned round.
//
// Every query waits in the lists of its strongest terms. The lists of the document's terms are added up; a query whose
// sum, with all that its weak terms could give, reaches what it asks for is scored exactly, then its filter and its
// expert query are asked. Nothing that is met is missed (compared with asking every query one by one in the tests).

#include "kernel/search/score/bm25f.h"
#include "kernel/search/segment/builder.h"
#include "kernel/search/standing/standing.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sangu::search {

struct StandingHit {
    std::string key;
    double score = 0;

    bool operator==(StandingHit const&) const = default;
};

// Not thread-safe: one for each thread; `queries` may be changed meanwhile by others, whose changes wait for a match
// under way. Making one costs some milliseconds.
class Percolator {
public:
    explicit Percolator(StandingQueries const& queries);

    // The greatest score first, equal ones by key.
    std::vector<StandingHit> met_by(Document const& document);
    // The same answer by asking every query: what tests compare with.
    std::vector<StandingHit> met_by_exhaustively(Document const& document);

private:
    struct Known {
        std::uint32_t term;
        double worth;
        FieldCounts counts;
    };

    void read(Document const& document);
    void add_up();
    double score(std::uint32_t waiting, DocumentWeights const& weights) const;
    bool is_met(std::uint32_t waiting, double score);
    void consider(std::uint32_t waiting, DocumentWeights const& weights, std::vector<StandingHit>& hits);
    std::vector<StandingHit> run(Document const& document, bool is_exhaustive);

    StandingQueries const& queries_;
    SegmentBuilder builder_;
    Analyzer analyzer_;
    std::shared_ptr<Snapshot const> snapshot_; // of this document alone
    std::vector<Known> known_;                 // its terms that some query has
    std::vector<std::uint32_t> places_;        // of each term of the queries in known_, and one more; 0: not there
    std::vector<float> sums_;                  // of each query
};

} // namespace sangu::search
