#include "kernel/search/query/window.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sangu::search {
namespace {

constexpr std::uint32_t window_min = 1024; // the first windows are small: they only find a threshold
constexpr std::uint32_t window_max = 16384;
constexpr double units = 60000; // of the greatest sum; 65,535 less what rounding 1,024 terms up can add
constexpr double margin = 1e-8; // more than floating point can be wrong by
constexpr std::uint32_t group = 64;

std::vector<std::uint16_t>& sums_of_this_thread() {
    thread_local std::vector<std::uint16_t> sums(window_max);
    return sums;
}

} // namespace

WindowSearch::WindowSearch(Permitted const& permitted, Scorer const& scorer, std::uint32_t segment, Best& best,
                           SearchStatistics& statistics)
    : permitted_{permitted}, scorer_{scorer}, segment_{segment}, best_{best}, statistics_{statistics},
      reader_{*permitted.snapshot().segments()[segment].segment}, allowed_{permitted_.of(segment)},
      sums_{sums_of_this_thread()} {
    std::ranges::fill(sums_, std::uint16_t{0}); // a damaged segment may have ended a search half way
    prepare_lists();
}

void WindowSearch::prepare_lists() {
    auto const& terms = scorer_.of(segment_);
    double greatest = 0;
    for (auto const& [number, query] : terms)
        greatest += scorer_.greatest(query) * reader_.greatest_impact(number) / 255;
    scale_ = greatest > 0 ? units / greatest : 0;
    for (auto const& [number, query] : terms) {
        List list;
        list.postings = reader_.postings(number);
        list.weight =
            static_cast<std::uint32_t>(std::ceil(scorer_.greatest(query) * scale_ / 255 * 256 * (1 + margin)));
        lists_.push_back(list);
    }
}

std::uint32_t WindowSearch::threshold() const {
    return static_cast<std::uint32_t>(std::min(best_.threshold() * scale_ * (1 - margin), 65536.0));
}

void WindowSearch::run(std::size_t k) {
    k_ = k;
    if (lists_.empty() || scale_ <= 0) return;
    std::uint32_t size = window_min;
    for (begin_ = 0; begin_ < reader_.documents(); begin_ = end_) {
        end_ = std::min(begin_ + size, reader_.documents());
        size = std::min(size * 2, window_max);
        if (is_all_forbidden())
            ++statistics_.skipped;
        else
            window();
    }
}

bool WindowSearch::is_all_forbidden() const {
    auto const& words = allowed_.words(); // windows begin at multiples of 1,024
    return std::all_of(words.begin() + begin_ / 64, words.begin() + (end_ + 63) / 64,
                       [](std::uint64_t word) { return word == 0; });
}

// Finds the blocks of every list in the window. Returns the sum of the bounds.
std::uint32_t WindowSearch::enter() {
    active_.clear();
    std::uint32_t sum = 0;
    for (List& list : lists_) {
        PostingsView const& postings = list.postings;
        while (list.block + 1 < postings.blocks() && postings.first_document(list.block + 1) <= begin_) ++list.block;
        std::uint32_t greatest = 0;
        for (list.end = list.block; list.end < postings.blocks() && postings.first_document(list.end) < end_;
             ++list.end)
            greatest = std::max<std::uint32_t>(greatest, postings.greatest_impact(list.end));
        if (list.end == list.block) continue;
        list.bound = list.gives(greatest);
        sum += list.bound;
        active_.push_back(&list);
    }
    return sum;
}

// Puts the essential lists first and says how many; `rest` is the sum of the other bounds.
std::size_t WindowSearch::choose_essential(std::uint32_t needed, std::uint32_t& rest) {
    rest = 0;
    std::size_t essential = active_.size();
    if (needed == 0) return essential;
    auto const blocks = [](List const* list) { return static_cast<std::uint64_t>(list->end - list->block); };
    std::ranges::sort(active_, [&](List const* one, List const* other) {
        return blocks(one) * other->bound < blocks(other) * one->bound;
    });
    // Up to half of what is needed: a smaller rest leaves fewer candidates to look up.
    while (essential > 0 && (rest + active_[essential - 1]->bound) * 2 < needed) rest += active_[--essential]->bound;
    return essential;
}

void WindowSearch::window() {
    std::uint32_t const sum = enter();
    std::uint32_t const needed = threshold();
    if (sum < needed || active_.empty()) {
        ++statistics_.skipped;
        return;
    }
    std::uint32_t rest = 0;
    std::size_t const essential = choose_essential(needed, rest);
    for (std::size_t at = 0; at < essential; ++at) accumulate(*active_[at]);
    gather(needed > rest ? std::max(needed - rest, 1U) : 1);
    std::ranges::sort(active_.begin() + static_cast<std::ptrdiff_t>(essential), active_.end(),
                      [](List const* one, List const* other) { return one->bound > other->bound; });
    for (std::size_t at = essential; at < active_.size() && !candidates_.empty(); ++at) {
        rest -= active_[at]->bound;
        complete(*active_[at], rest);
    }
    score_candidates();
    std::fill_n(sums_.begin(), end_ - begin_, std::uint16_t{0});
}

void WindowSearch::accumulate(List const& list) {
    for (std::uint32_t block = list.block; block < list.end; ++block) {
        list.postings.decode(block, block_);
        statistics_.postings += block_.count;
        std::uint32_t from = 0, until = block_.count;
        while (from < until && block_.documents[from] < begin_) ++from;
        while (until > from && block_.documents[until - 1] >= end_) --until;
        std::array<std::uint16_t, block_size> given; // apart from the sums, so that the compiler can do many at once
        for (std::uint32_t at = 0; at < block_size; ++at)
            given[at] = static_cast<std::uint16_t>(list.gives(block_.impacts[at]));
        std::uint16_t* const sums = sums_.data();
        for (std::uint32_t at = from; at < until; ++at) sums[block_.documents[at] - begin_] += given[at];
    }
}

void WindowSearch::gather(std::uint32_t needed) {
    candidates_.clear();
    auto const least = static_cast<std::uint16_t>(std::min(needed, 65535U));
    std::uint32_t const size = end_ - begin_;
    for (std::uint32_t start = 0; start < size; start += group) {
        std::uint64_t const allowed = allowed_.words()[(begin_ + start) / 64];
        if (allowed == 0) continue;
        std::uint16_t const* const sums = sums_.data() + start;
        std::uint16_t greatest = 0;
        for (std::uint32_t at = 0; at < group; ++at) greatest = std::max(greatest, sums[at]);
        if (greatest < least) continue;
        for (std::uint32_t at = 0; at < group; ++at)
            if (sums[at] >= least && (allowed >> at & 1) != 0)
                candidates_.push_back({sums[at], static_cast<std::uint16_t>(start + at)});
    }
}

// Adds a list to the candidates that can still reach the threshold with it and with what is left; drops the others.
void WindowSearch::complete(List& list, std::uint32_t rest) {
    std::uint32_t const needed = threshold();
    std::uint32_t block = list.block, at = 0;
    bool is_open = false;
    std::size_t kept = 0;
    for (Candidate candidate : candidates_) {
        std::uint32_t const document = begin_ + candidate.document;
        while (block + 1 < list.end && list.postings.first_document(block + 1) <= document) {
            ++block;
            is_open = false;
        }
        if (candidate.bound + list.gives(list.postings.greatest_impact(block)) + rest < needed) continue;
        if (!is_open) {
            list.postings.decode(block, block_);
            statistics_.postings += block_.count;
            is_open = true;
            at = 0;
        }
        while (at < block_.count && block_.documents[at] < document) ++at;
        if (at < block_.count && block_.documents[at] == document)
            candidate.bound = static_cast<std::uint16_t>(candidate.bound + list.gives(block_.impacts[at]));
        if (candidate.bound + rest >= needed) candidates_[kept++] = candidate;
    }
    candidates_.resize(kept);
}

// The most promising first, some at a time, so that the threshold rises and the others need no exact score.
void WindowSearch::score_candidates() {
    auto const by_bound = [](Candidate const& one, Candidate const& other) { return one.bound > other.bound; };
    std::size_t const portion = std::max<std::size_t>(k_, 16);
    auto rest = candidates_.begin();
    while (rest != candidates_.end()) {
        auto const until =
            rest + std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(portion), candidates_.end() - rest);
        std::nth_element(rest, until, candidates_.end(), by_bound);
        std::sort(rest, until, by_bound);
        for (; rest != until; ++rest) {
            if (rest->bound < threshold()) return;
            DocumentPlace const place{segment_, begin_ + rest->document};
            ++statistics_.scored;
            best_.offer({place, scorer_.score(place)});
        }
    }
}

} // namespace sangu::search
