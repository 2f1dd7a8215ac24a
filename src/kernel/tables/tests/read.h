#pragma once

#include "kernel/tables/tables.h"

#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>

namespace sangu::tables {

// Everything a reader gives, and the problem it stopped with.
struct Read {
    std::vector<Row> rows;
    std::vector<std::int64_t> lines;
    Problem problem;

    std::string refusal() const {
        return problem.key + '@' + std::to_string(problem.line) + ':' + std::to_string(problem.column);
    }
};

inline Read read(Result<std::unique_ptr<Reader>> reader) {
    Read read;
    auto const note = [&read](Error const& error) {
        read.problem = error.problems.empty() ? Problem{"", error.key} : error.problems.front();
    };
    if (!reader) return note(reader.error()), read;
    for (;;) {
        Row row;
        std::int64_t line = 0;
        auto const more = (*reader)->next(row, line);
        if (!more) return note(more.error()), read;
        if (!*more) return read;
        read.rows.push_back(std::move(row));
        read.lines.push_back(line);
    }
}

// Rows of a file, and the most heap that reading it needed at any row.
struct Weighed {
    std::int64_t rows = 0;
    std::size_t heap_bytes = 0;
};

inline Weighed weigh(std::string const& path) {
    auto const in_use = [] {
        auto const info = mallinfo2();
        return info.uordblks + info.hblkhd;
    };
    std::size_t const before = in_use();
    Weighed weighed;
    auto const reader = open(path);
    Row row;
    std::int64_t line = 0;
    while (reader && (*reader)->next(row, line).value_or(false)) {
        if (++weighed.rows % 1000 == 0) weighed.heap_bytes = std::max(weighed.heap_bytes, in_use() - before);
    }
    return weighed;
}

} // namespace sangu::tables
