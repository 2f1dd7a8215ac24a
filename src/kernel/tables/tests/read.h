#pragma once

#include "kernel/tables/tables.h"

#include <gtest/gtest.h>

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

} // namespace sangu::tables
