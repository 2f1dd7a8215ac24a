#include "kernel/search/query/filter.h"

#include "base/result.h"

#include <algorithm>

namespace sangu::search {
namespace {

void add_matching(Bitmap& bitmap, Segment const& segment, Condition const& condition) {
    std::vector<bool> wanted(segment.facet_value_count(condition.facet));
    bool is_any = false;
    for (std::string const& value : condition.any_of)
        if (auto const number = segment.facet_number(condition.facet, value)) wanted[*number] = is_any = true;
    if (!is_any && !condition.is_negated) return;
    for (std::uint32_t document = 0; document < segment.documents(); ++document) {
        auto const values = segment.facet_values(condition.facet, document);
        bool const holds = std::ranges::any_of(values, [&](std::uint32_t value) { return wanted.at(value); });
        if (holds != condition.is_negated) bitmap.add(document);
    }
}

Bitmap permitted(SegmentState const& state, Filter const& filter) {
    Segment const& segment = *state.segment;
    Bitmap bitmap{segment.documents(), true};
    if (state.deleted) bitmap &= Bitmap{*state.deleted}.invert();
    for (auto const& group : filter.groups) {
        Bitmap passes{segment.documents()};
        for (Condition const& condition : group) add_matching(passes, segment, condition);
        bitmap &= passes;
    }
    return bitmap;
}

} // namespace

Permitted::Permitted(std::shared_ptr<Snapshot const> snapshot, Filter const& filter) : snapshot_{std::move(snapshot)} {
    for (SegmentState const& state : snapshot_->segments()) segments_.push_back(permitted(state, filter));
}

Permitted::Permitted(Permitted const& one, Permitted const& other) : Permitted{one, other.segments_} {
    SANGU_ASSERT(one.snapshot_ == other.snapshot_);
}

Permitted::Permitted(Permitted const& one, std::vector<Bitmap> const& segments)
    : snapshot_{one.snapshot_}, segments_{one.segments_} {
    SANGU_ASSERT(segments.size() == segments_.size());
    for (std::size_t at = 0; at < segments_.size(); ++at) segments_[at] &= segments[at];
}

std::uint64_t Permitted::count() const {
    std::uint64_t count = 0;
    for (Bitmap const& bitmap : segments_) count += bitmap.count();
    return count;
}

} // namespace sangu::search
