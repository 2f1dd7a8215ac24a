#pragma once

// The search of one segment, window by window of up to 16,384 documents: MaxScore over block maxima.
//
// In a window each term has an upper bound, from the greatest impacts of its blocks there. Terms whose bounds together
// stay below the threshold cannot make a hit alone. The postings of the others are added up in small integers, rounded
// up, so that a sum is an upper bound of the score; documents that can still reach the threshold are looked up in the
// terms left out, block by block, and what survives is scored exactly from its record. Upper bounds never fall below
// exact scores, so the answer is the one of scoring every document.

#include "kernel/search/query/best.h"
#include "kernel/search/query/scorer.h"

#include <cstdint>
#include <vector>

namespace sangu::search {

class WindowSearch {
public:
    WindowSearch(Permitted const& permitted, Scorer const& scorer, std::uint32_t segment, Best& best,
                 SearchStatistics& statistics);
    void run(std::size_t k);

private:
    struct List {
        PostingsView postings;
        std::uint32_t weight = 0; // of one impact, in 1/256 of a unit, rounded up
        std::uint32_t block = 0;  // first that can lie in the window
        std::uint32_t end = 0;    // first that cannot
        std::uint32_t bound = 0;  // of a document in the window, in units

        std::uint32_t gives(std::uint32_t impact) const { return (weight * impact + 255) >> 8; }
    };
    struct Candidate {
        std::uint16_t bound;
        std::uint16_t document; // in the window
    };

    void prepare_lists();
    std::uint32_t threshold() const; // in units, rounded down
    bool is_all_forbidden() const;
    std::uint32_t enter();
    std::size_t choose_essential(std::uint32_t needed, std::uint32_t& rest);
    void window();
    void accumulate(List const& list);
    void gather(std::uint32_t needed);
    void complete(List& list, std::uint32_t rest);
    void score_candidates();

    Permitted const& permitted_;
    Scorer const& scorer_;
    std::uint32_t segment_;
    Best& best_;
    SearchStatistics& statistics_;
    Segment const& reader_;
    Bitmap const& allowed_;
    double scale_ = 0; // units of a score of one
    std::size_t k_ = 0;
    std::uint32_t begin_ = 0, end_ = 0; // the window
    std::vector<List> lists_;
    std::vector<List*> active_;
    std::vector<std::uint16_t>& sums_;
    std::vector<Candidate> candidates_;
    Block block_;
};

} // namespace sangu::search
