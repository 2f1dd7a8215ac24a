#pragma once

// The k best hits so far, and the score that a further one must reach.

#include "kernel/search/query/search.h"

#include <algorithm>
#include <vector>

namespace sangu::search {

class Best {
public:
    Best(Snapshot const& snapshot, std::size_t k) : snapshot_{snapshot}, k_{k} {}

    // What scores less than this is not among the best; 0 while there are fewer than k.
    double threshold() const { return is_full() && k_ > 0 ? heap_.front().score : 0; }
    bool is_full() const { return heap_.size() >= k_; }

    void offer(Hit const& hit) {
        if (hit.score <= 0 || k_ == 0) return;
        auto const better = [&](Hit const& one, Hit const& other) { return is_better(one, other); };
        if (is_full()) {
            if (!is_better(hit, heap_.front())) return;
            std::ranges::pop_heap(heap_, better);
            heap_.back() = hit;
        } else {
            heap_.push_back(hit);
        }
        std::ranges::push_heap(heap_, better);
    }

    std::vector<Hit> take() {
        std::ranges::sort(heap_, [&](Hit const& one, Hit const& other) { return is_better(one, other); });
        return std::move(heap_);
    }

private:
    bool is_better(Hit const& one, Hit const& other) const {
        if (one.score != other.score) return one.score > other.score;
        return snapshot_.key(one.place) < snapshot_.key(other.place);
    }

    Snapshot const& snapshot_;
    std::size_t k_;
    std::vector<Hit> heap_; // the worst in front
};

} // namespace sangu::search
