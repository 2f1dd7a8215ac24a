#pragma once

// What the command line asks of matching; everything is read as the given context's actor.

#include "modules/matching/evaluation.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu {
class Context;
}

namespace sangu::matching {

struct Matched {
    std::string kind, number, title, path; // number: empty for records without one
    double score = 0;                      // 0 … 1
    std::vector<std::string> shared;       // pieces of text both have
};
// Records that fit a text, best first; `kind` empty: of every kind.
std::vector<Matched> match_text(Context& context, std::string_view text, std::string_view kind);

// The search page's ranking of a text: numbers of records, else their paths, with scores; at most `limit`.
std::vector<std::pair<std::string, double>> ranking(Context& context, std::string const& text, std::string_view kind,
                                                    std::size_t limit);

} // namespace sangu::matching
