#pragma once

// Which documents may be answered at all: what the caller chose, and what the caller may see. Applied inside the
// search, so that neither hits nor counts can tell of anything else.

#include "kernel/search/index/snapshot.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sangu::search {

// A document passes when in every group one condition at least holds.
struct Condition {
    std::uint32_t facet = 0;
    std::vector<std::string> any_of;
    bool is_negated = false; // none of them
};
struct Filter {
    std::vector<std::vector<Condition>> groups;
};

// A filter worked out for one snapshot: one bit for each document, deleted ones never pass. Immutable; keep it as long
// as the snapshot for a caller's permissions.
class Permitted {
public:
    Permitted(std::shared_ptr<Snapshot const> snapshot, Filter const& filter);
    // What passes both; of the same snapshot.
    Permitted(Permitted const& one, Permitted const& other);
    // What passes `one` and is in the bitmap of its segment.
    Permitted(Permitted const& one, std::vector<Bitmap> const& segments);

    Snapshot const& snapshot() const { return *snapshot_; }
    Bitmap const& of(std::size_t segment) const { return segments_[segment]; }
    std::uint64_t count() const;

private:
    std::shared_ptr<Snapshot const> snapshot_;
    std::vector<Bitmap> segments_;
};

} // namespace sangu::search
