#pragma once

// The order of the terms of one document, read from its record: some microseconds.

#include "kernel/search/segment/segment.h"

#include <cstdint>
#include <vector>

namespace sangu::search {

struct DocumentOrder {
    std::vector<std::uint32_t> numbers; // of its terms in the segment
    std::vector<SequenceTerm> terms;
    Sequences sequences; // of places in both

    // Throws CorruptIndex when the segment is damaged.
    void read(Segment const& segment, std::uint32_t document) {
        RecordReader reader = segment.record(document);
        numbers.clear();
        terms.clear();
        while (reader.next()) {
            numbers.push_back(reader.term());
            terms.push_back({segment.ends(reader.term()), reader.counts()});
        }
        read_sequences(reader.rest(), terms, sequences);
    }
};

} // namespace sangu::search
