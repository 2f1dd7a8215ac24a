#pragma once

// Standing queries: saved needs and subscriptions that wait for documents. Hundreds of thousands are kept in memory and
// in one journal; a new or changed document is matched against all of them (percolator.h) in milliseconds.

#include "kernel/search/index/folder_lock.h"
#include "kernel/search/query/filter.h"
#include "kernel/search/query/weighted.h"
#include "kernel/search/standing/journal.h"
#include "kernel/search/text/analyzer.h"

#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sangu::search {

// A standing query for what a text says: the weights of now, with the inverse frequencies of the snapshot, so that what
// it finds later does not depend on when. `part` of the greatest score a document could have (0 … 1) must be reached:
// of ordinary documents good ones reach 0.2 to 0.4.
StandingQuery standing_query(std::string key, WeightedQuery const& query, Snapshot const& snapshot, double part,
                             Filter filter = {});

class StandingQueries {
public:
    // Opens the queries in the folder, or begins with none. What a crash cut off, or what is damaged, is left out with
    // all that stood behind it: the feed goes on from position(). Throws CorruptIndex when they belong to another
    // schema (then the owner removes the folder and feeds everything in again), std::system_error when the disk refuses
    // or another process has the folder open.
    StandingQueries(std::string folder, Schema schema, std::shared_ptr<Lexicon const> lexicon);
    ~StandingQueries();
    StandingQueries(StandingQueries const&) = delete;
    StandingQueries& operator=(StandingQueries const&) = delete;

    // Queries replace those of the same key; keys that are not there are no error. In force when it returns, durable
    // after flush(). `position` is that of the last of these changes in the feed.
    void apply(std::span<StandingQuery const> queries, std::span<std::string const> removed, std::uint64_t position);
    // Throws std::system_error; then everything stays as it was, and the next flush tries again.
    void flush();
    std::uint64_t position() const;
    std::uint64_t durable_position() const;
    std::size_t size() const;

private:
    friend class Percolator;

    struct Term {
        std::uint32_t term;
        float weight;
        std::uint8_t fields;
    };
    struct Waiting {
        StandingQuery query; // without its terms
        std::vector<Term> terms;
        float threshold = 0; // what the terms that wait in lists must give
        bool is_removed = false;
    };
    struct Entry {
        std::uint32_t waiting;
        float weight;
    };

    std::uint32_t number_of(std::string const& term);
    StandingQuery whole(Waiting const& waiting) const;
    void put(StandingQuery const& query);
    void put_need(Waiting& waiting, std::uint32_t number);
    void put_expert(Waiting& waiting, std::uint32_t number);
    void remove(std::string_view key);
    void compact();
    void rewrite();

    Schema schema_;
    std::shared_ptr<Lexicon const> lexicon_;
    std::unique_ptr<FolderLock> lock_;
    Analyzer analyzer_;

    mutable std::shared_mutex mutex_;
    std::vector<Waiting> waiting_;
    std::unordered_map<std::string, std::uint32_t> by_key_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::vector<std::string const*> terms_;
    std::vector<std::vector<Entry>> lists_; // of each term
    std::vector<std::uint32_t> always_;     // may match a document without any of their words: -motor
    std::uint64_t position_ = 0, durable_ = 0;
    Journal journal_; // reads into what stands before it
};

} // namespace sangu::search
