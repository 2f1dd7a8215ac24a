#pragma once

// What other modules see of experts: the seam of the finder.

#include "base/id.h"

#include <string>
#include <vector>

namespace sangu {
class Context;
}

namespace sangu::experts {

struct Question {
    std::string text;
    std::string tech_field, industry; // empty: not said
    std::string organisation_id;      // who asks; empty: not known
    std::vector<std::string> parties; // names of organisations and people whose matter it is
};

// Entries of experts for a question, best first, by whoever can tell (an offer of a module above). The finder checks
// what is listed, finds the reasons and leaves out conflicts in either case.
struct Ranking {
    std::vector<std::string> (*of)(Context& context, Question const& question, int limit) = nullptr;
};

} // namespace sangu::experts
