#pragma once

// A state of the index that does not change any more: searches hold one and never wait for writers.

#include "kernel/search/index/bitmap.h"
#include "kernel/search/segment/segment.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace sangu::search {

struct SegmentState {
    std::shared_ptr<Segment const> segment;
    std::shared_ptr<Bitmap const> deleted; // null: none

    bool is_deleted(std::uint32_t document) const { return deleted && deleted->has(document); }
};

struct DocumentPlace {
    std::uint32_t segment = 0;
    std::uint32_t document = 0;

    auto operator<=>(DocumentPlace const&) const = default;
};

class Snapshot {
public:
    Snapshot(Schema schema, std::vector<SegmentState> segments);

    Schema const& schema() const { return schema_; }
    std::vector<SegmentState> const& segments() const { return segments_; }
    std::uint64_t documents() const { return documents_; } // without deleted ones
    // Numbers that weights are made of; they count deleted documents until a merge removes them.
    std::uint64_t counted_documents() const { return counted_; }
    std::string_view key(DocumentPlace place) const { return segments_[place.segment].segment->key(place.document); }
    std::optional<DocumentPlace> find(std::string_view key) const;

private:
    Schema schema_;
    std::vector<SegmentState> segments_;
    std::uint64_t documents_ = 0;
    std::uint64_t counted_ = 0;
};

} // namespace sangu::search
