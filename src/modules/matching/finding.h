#pragma once

// The search over everything: what was typed, the chosen facets and who asks, to hits with their reasons. What the
// reader may not see is left out inside the index, before anything is counted or scored.

#include "kernel/search/query/explain.h"
#include "kernel/search/query/filter.h"
#include "kernel/search/query/parse.h"
#include "kernel/search/suggest/suggestions.h"
#include "modules/matching/record_index.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sangu::matching {

inline constexpr int hits_on_page = 15;
inline constexpr int pages_max = 30;
inline constexpr std::size_t text_max = 2000; // characters of a query on the page

// The facets people choose from, in their order.
inline constexpr std::string_view chosen_facets[] = {"kind", "field", "industry", "stage", "price", "place"};

struct Query {
    std::string text;
    std::vector<NamedText> filters; // at most one value of a facet
    int page = 1;
    bool any_word = false; // also what has only some of the words

    std::string const* filter(std::string_view facet) const;
};

// What a term of the query gave in a field; all shares of a hit together are its score.
struct Share {
    std::string term, field;
    double share = 0; // of the whole: 0 … 1
};
struct Hit {
    Filed filed;
    double score = 0;
    std::vector<search::Mark> title_marks;
    search::Passage passage; // of filed.words
    std::vector<Share> shares;
};

struct FacetCounts {
    std::string facet;
    std::vector<std::pair<std::string, std::uint64_t>> values;
};

struct Findings {
    bool ready = true; // false: the index is still being made
    Progress progress;
    std::vector<Hit> hits;
    std::uint64_t total = 0;
    std::uint64_t with_any_word = 0; // when `total` counts what has all words
    bool loosened = false;           // no record has all words: these have some
    std::vector<FacetCounts> facets; // of each: how many every choice would show
    std::vector<search::Note> notes;
    std::string meant; // the query with words that were not found put right; empty: nothing is near
};

// Two queries and one that asks who is asking.
Findings find(Context& context, Query const& query);

// What the reader may find at all, worked out for the snapshot of `view`.
std::shared_ptr<search::Permitted const> permitted_for(Context& context, View const& view);
// The records of a kind, whoever asks.
search::Permitted of_kind(View const& view, std::string const& kind);
// At most `most` titles and words that begin with what is typed, also in pinyin and by initials.
std::vector<search::Suggestion> complete(Context& context, std::string_view typed, std::size_t most);

} // namespace sangu::matching
