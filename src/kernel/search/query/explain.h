#pragma once

// Why a document was found: what each term gave in each field, and the passages of the text that show it.

#include "kernel/search/query/scorer.h"
#include "kernel/search/text/analyzer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::search {

struct Reason {
    std::string term;
    std::uint32_t field = 0; // number in the schema
    double share = 0;        // of the score; the shares of a hit add up to its score
    // Of a prior: the facet it looks at; what it added to the words. `term` and `field` say nothing then.
    std::optional<std::uint32_t> facet{};
};

// The greatest first.
std::vector<Reason> reasons(Snapshot const& snapshot, WeightedQuery const& query, DocumentPlace place,
                            Ranking const& ranking = {});

struct Mark {
    std::uint32_t begin = 0; // bytes of the text, half open
    std::uint32_t end = 0;

    bool operator==(Mark const&) const = default;
};
struct Passage {
    std::uint32_t begin = 0; // bytes of the text, half open; never inside a character
    std::uint32_t end = 0;
    std::vector<Mark> marks; // inside it, in order, not touching each other
};

// The passage of about `characters` characters in which the query's terms weigh most; without any mark it is the
// beginning. `text` is the original: marks lie on full-width and traditional forms as they stand.
Passage best_passage(std::string_view text, WeightedQuery const& query, Analyzer& analyzer,
                     std::size_t characters = 120);

} // namespace sangu::search
