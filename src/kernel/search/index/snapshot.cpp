#include "kernel/search/index/snapshot.h"

namespace sangu::search {

Snapshot::Snapshot(Schema schema, std::vector<SegmentState> segments)
    : schema_{std::move(schema)}, segments_{std::move(segments)} {
    for (auto const& [segment, deleted] : segments_) {
        counted_ += segment->documents();
        documents_ += segment->documents() - (deleted ? deleted->count() : 0);
    }
}

std::optional<DocumentPlace> Snapshot::find(std::string_view key) const {
    for (std::uint32_t at = 0; at < segments_.size(); ++at)
        if (auto const document = segments_[at].segment->document_of(key);
            document && !segments_[at].is_deleted(*document))
            return DocumentPlace{at, *document};
    return std::nullopt;
}

} // namespace sangu::search
