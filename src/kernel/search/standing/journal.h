#pragma once

// The file of standing queries: one record behind the other, each with its checksum. What a crash cut off is left out,
// with all that stands behind it.

#include "kernel/search/query/filter.h"
#include "kernel/search/query/weighted.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::search {

struct StandingQuery {
    std::string key;     // its name, unique
    WeightedQuery terms; // with the inverse frequency in the weights; at most query_terms_max
    double least = 0;    // > 0: the score that is enough; 0: every document with one of the terms
    Filter filter;       // on the facets of the document
    std::string expert;  // an expert query that must match; not empty: terms only rank
};

class Journal {
public:
    struct Readers {
        std::function<void(StandingQuery)> query;
        std::function<void(std::string_view)> removed; // key
        std::function<void(std::uint64_t)> position;
    };

    // `mark` says whose file it is. Reads what is there. Throws CorruptIndex when it has another mark,
    // std::system_error.
    Journal(std::string path, std::string mark, Readers const& readers);
    ~Journal();
    Journal(Journal const&) = delete;
    Journal& operator=(Journal const&) = delete;

    void add(StandingQuery const& query);
    void add_removed(std::string_view key);
    void add_position(std::uint64_t position);
    // Durable when it returns. Throws std::system_error: what was added waits for the next flush.
    void flush();
    // Only what `write` adds is in the file from now on. Throws std::system_error: the old file holds then.
    void replace(std::function<void()> const& write);
    std::uint64_t bytes() const { return written_ + waiting_.size(); }

private:
    void open();
    void read(Readers const& readers);
    void add_record(std::string_view content);

    std::string path_, mark_;
    int file_ = -1;
    std::uint64_t written_ = 0; // bytes that are whole and durable
    std::string waiting_;
};

} // namespace sangu::search
