#pragma once

// What a reader asks of a list of published entries, read from the address, and what the database answers. Paging is by
// key, so a page costs the same at any depth; what was typed is only ever bound.

#include "modules/library/store.h"

namespace sangu::library {

inline constexpr int rows_default = 30;
inline constexpr int rows_on_page_max = 100;
inline constexpr std::int64_t counted_max = 20'000; // longer lists are counted up to here

struct ListQuery {
    Kind const* kind = nullptr;
    std::string search;           // "q"
    std::vector<Tag> filters;     // facet=value
    bool by_confirmation = false; // sort=confirmed: the most recently confirmed first; else the newest number
    std::string after_date, after_id;
    int rows = rows_default;

    bool any() const { return !search.empty() || !filters.empty(); }
    std::string const* filter(std::string_view facet) const;
    // The address of the same list below `base` with one parameter changed (empty value: without it) and from the
    // start.
    std::string with(std::string_view base, std::string_view name, std::string_view value) const;
    // "?q=…&field=…", or empty: what a saved view keeps.
    std::string text() const;
};

// Unknown parameters are ignored; values are cut to 60 characters.
ListQuery list_query(Kind const& kind, http::Pairs const& parameters);

struct Line {
    Entry entry;
    Layer granted = Layer::none;
};
struct Found {
    std::vector<Line> lines;
    bool more = false;
};
Found find_entries(db::Session& session, ListQuery const& query, Me const& me);
std::string cursor_of(ListQuery const& query, Entry const& last);

struct Counts {
    std::int64_t total = 0; // counted_max + 1: more than can be counted
    std::map<std::string, std::map<std::string, std::int64_t>, std::less<>> facets; // facet → value → entries
};
// How many entries the list has, and how many every other choice of a filter would show; one query.
Counts count_entries(db::Session& session, ListQuery const& query, Me const& me);

// True when a published entry would stand on the list: for telling those who keep the view.
bool would_list(http::Pairs const& query, Entry const& entry, std::span<Tag const> tags);

} // namespace sangu::library
