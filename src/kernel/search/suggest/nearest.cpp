#include "kernel/search/suggest/nearest.h"

#include "kernel/search/text/pinyin.h"

#include <algorithm>
#include <vector>

namespace sangu::search {
namespace {

constexpr unsigned step = 2;

struct Cell {
    unsigned cost;
    std::size_t begin;
};

unsigned cost_of(char32_t one, char32_t other) {
    if (one == other) return 0;
    return sound_alike(one, other) ? step / 2 : step;
}

// The last row of the table: for every end in `text` the cost of making the value of what stands before it.
std::vector<Cell> last_row(std::u32string_view text, std::u32string_view value, bool begins_anywhere) {
    std::vector<Cell> before, row(text.size() + 1), next(text.size() + 1);
    for (std::size_t at = 0; at <= text.size(); ++at)
        row[at] = begins_anywhere ? Cell{0, at} : Cell{static_cast<unsigned>(at) * step, 0};
    auto const better = [](Cell& best, Cell const& other, unsigned more) {
        if (other.cost + more < best.cost) best = {other.cost + more, other.begin};
    };
    for (std::size_t line = 1; line <= value.size(); ++line) {
        next[0] = {static_cast<unsigned>(line) * step, 0};
        for (std::size_t at = 1; at <= text.size(); ++at) {
            Cell best{row[at - 1].cost + cost_of(text[at - 1], value[line - 1]), row[at - 1].begin};
            better(best, row[at], step);
            better(best, next[at - 1], step);
            if (line > 1 && at > 1 && text[at - 1] == value[line - 2] && text[at - 2] == value[line - 1])
                better(best, before[at - 2], step);
            next[at] = best;
        }
        before = row;
        std::swap(row, next);
    }
    return row;
}

} // namespace

Nearest nearest_part(std::u32string_view text, std::u32string_view value) {
    std::vector<Cell> const row = last_row(text, value, true);
    Nearest nearest{~0U, 0, 0};
    for (std::size_t end = 0; end <= text.size(); ++end)
        if (row[end].cost < nearest.cost) nearest = {row[end].cost, row[end].begin, end};
    return nearest;
}

unsigned distance(std::u32string_view text, std::u32string_view value) {
    return last_row(text, value, false).back().cost;
}

} // namespace sangu::search
