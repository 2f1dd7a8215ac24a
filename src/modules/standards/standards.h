#pragma once

// The library of standards as other modules see it: small cards.

#include "kernel/db/db.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::standards {

struct StandardCard {
    std::string id, number, title, level, status; // "national", "in_force", …
    std::string path() const { return "/standards/" + id; }
};

// At most 500 cards in one query, in no order; unknown ids are left out.
std::vector<StandardCard> cards(db::Session& session, std::span<std::string const> ids);
// By number as people write it ("GB/T42748-2023"); nothing when the library lacks it.
std::optional<StandardCard> find_standard(db::Session& session, std::string_view number);
// Standards an organisation takes part in drafting, at most `limit`, newest first.
std::vector<StandardCard> standards_of(db::Session& session, std::string_view organisation_id, int limit);

} // namespace sangu::standards
