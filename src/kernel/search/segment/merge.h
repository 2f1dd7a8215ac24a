#pragma once

// Several segments → one, without their deleted documents. Streams: memory is the dictionary of the new segment and one
// number for each term of the old ones.

#include "kernel/search/index/bitmap.h"
#include "kernel/search/segment/output.h"
#include "kernel/search/segment/segment.h"

#include <functional>
#include <memory>
#include <span>

namespace sangu::search {

struct MergeInput {
    std::shared_ptr<Segment const> segment;
    std::shared_ptr<Bitmap const> deleted; // may be null: none
};

// Documents keep their order. Returns how many there are; with none, nothing is written. `is_cancelled` is asked now
// and then; when it says so the merge ends early and returns nothing, and the output is to be thrown away.
std::optional<std::uint32_t> merge_segments(std::span<MergeInput const> inputs, Output& output,
                                            std::function<bool()> const& is_cancelled);

} // namespace sangu::search
