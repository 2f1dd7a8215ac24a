#pragma once

// Words that must stand side by side, in one field and in this order.

#include "kernel/search/query/order.h"
#include "kernel/search/segment/segment.h"
#include "kernel/search/text/analyzer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::search {

class Phrase {
public:
    struct Element {
        std::string term;
        std::uint32_t position = 0; // from the first
        // An ideograph next to something else ("A相"): it may be half of a pair in the document.
        bool is_lone = false;
    };

    // A quantity ("10 kW") is found in any unit, so it must be there, but not beside the others.
    Phrase(std::string_view text, Analyzer& analyzer);

    // Every match has them; none: nothing matches.
    std::vector<std::string> const& terms() const { return terms_; }
    // Whoever has this term has the phrase; may be empty.
    std::string const& whole() const { return whole_; }
    bool needs_neighbours() const { return elements_.size() > 1; }
    std::vector<Element> const& elements() const { return elements_; }

private:
    std::vector<Element> elements_;
    std::vector<std::string> terms_;
    std::string whole_;
};

// Looks a phrase up in the documents of one segment, some microseconds each.
class PhraseFinder {
public:
    PhraseFinder(Segment const& segment, Phrase const& phrase);

    // Whether it stands in one of the fields. Throws CorruptIndex when the segment is damaged.
    bool stands_in(std::uint32_t document, std::uint8_t fields);

private:
    bool stands_in(std::vector<Occurrence> const& field) const;
    bool stands_at(std::vector<Occurrence> const& field, std::uint32_t begin) const;
    bool is_element_at(std::vector<Occurrence> const& field, std::size_t element, std::uint32_t position) const;

    Segment const& segment_;
    Phrase const& phrase_;
    std::size_t anchor_ = 0;                           // the first element that is not lone
    std::vector<std::optional<std::uint32_t>> wanted_; // number of each element in the segment
    DocumentOrder order_;
};

} // namespace sangu::search
