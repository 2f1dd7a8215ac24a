#include "kernel/search/query/match.h"

#include "base/text.h"
#include "kernel/search/query/phrase.h"
#include "kernel/search/segment/checksum.h"

#include <algorithm>
#include <map>

namespace sangu::search {
namespace {

void add_term(Bitmap& bitmap, Segment const& segment, std::string_view term, std::uint8_t fields) {
    auto const number = segment.find(term_hash(term), term);
    if (!number) return;
    auto const is_in_fields = [&](std::uint32_t document) {
        RecordReader reader = segment.record(document);
        bool is_there = reader.next();
        while (is_there && reader.term() < *number) is_there = reader.next();
        if (!is_there || reader.term() != *number) return false;
        FieldCounts const counts = reader.counts();
        for (std::size_t field = 0; field < fields_max; ++field)
            if ((fields >> field & 1) != 0 && counts[field] > 0) return true;
        return false;
    };
    PostingsView const list = segment.postings(*number);
    Block block;
    for (std::uint32_t at = 0; at < list.blocks(); ++at) {
        list.decode(at, block);
        for (std::uint32_t place = 0; place < block.count; ++place)
            if (fields == every_field || is_in_fields(block.documents[place])) bitmap.add(block.documents[place]);
    }
}

// The phrases of a query, each analysed once for all segments.
class Phrases {
public:
    explicit Phrases(Analyzer& analyzer) : analyzer_{analyzer} {}
    Phrase const& of(std::string_view text) {
        auto const known = known_.find(text);
        if (known != known_.end()) return known->second;
        return known_.emplace(std::string{text}, Phrase{text, analyzer_}).first->second;
    }

private:
    Analyzer& analyzer_;
    std::map<std::string, Phrase, std::less<>> known_;
};

class Matcher {
public:
    // Only documents in `allowed` are looked at one by one; of the others nothing is said.
    Matcher(Schema const& schema, Segment const& segment, Bitmap const& allowed, Phrases& phrases)
        : schema_{schema}, segment_{segment}, allowed_{allowed}, phrases_{phrases} {}

    Bitmap match(Node const& node) {
        switch (node.kind) {
        case Node::Kind::text: return text(node);
        case Node::Kind::phrase: return phrase(node.text, mask_of(node.field));
        case Node::Kind::all: return all(node.children);
        case Node::Kind::any: return any(node.children);
        default: return sequence(node.children);
        }
    }

private:
    std::uint8_t mask_of(std::string const& field) const {
        if (field.empty()) return every_field;
        auto const place = std::ranges::find(schema_.fields, field, &Field::name);
        return place == schema_.fields.end() ? every_field
                                             : static_cast<std::uint8_t>(1U << (place - schema_.fields.begin()));
    }

    // A child that is forbidden matches what it does not name.
    Bitmap match_marked(Node const& node) {
        Bitmap bitmap = match(node);
        return node.occur == Occur::forbidden ? bitmap.invert() : bitmap;
    }

    Bitmap with_term(std::string_view term, std::uint8_t fields) const {
        Bitmap with{segment_.documents()};
        add_term(with, segment_, term, fields);
        return with;
    }

    Bitmap phrase(std::string_view words, std::uint8_t fields) {
        Phrase const& phrase = phrases_.of(words);
        Bitmap result{segment_.documents(), !phrase.terms().empty()};
        for (std::string const& term : phrase.terms()) result &= with_term(term, fields);
        if (!phrase.needs_neighbours()) return result;
        result &= allowed_;
        Bitmap certain{segment_.documents()};
        if (!phrase.whole().empty()) certain = with_term(phrase.whole(), fields);
        PhraseFinder finder{segment_, phrase};
        Bitmap const candidates = result;
        candidates.for_each([&](std::uint32_t document) {
            if (!certain.has(document) && !finder.stands_in(document, fields)) result.remove(document);
        });
        return result;
    }

    Bitmap text(Node const& node) {
        Bitmap result{segment_.documents()};
        for (std::string_view const word : split_text(node.text, ' ')) result |= phrase(word, mask_of(node.field));
        return result;
    }

    Bitmap all(std::vector<Node> const& children) {
        Bitmap result{segment_.documents(), true};
        for (Node const& child : children) result &= match_marked(child);
        return result;
    }

    Bitmap any(std::vector<Node> const& children) {
        Bitmap result{segment_.documents()};
        for (Node const& child : children) result |= match_marked(child);
        return result;
    }

    Bitmap sequence(std::vector<Node> const& children) {
        bool const has_required = std::ranges::count(children, Occur::required, &Node::occur) > 0;
        Bitmap optional{segment_.documents()}, result{segment_.documents(), true};
        bool has_optional = false;
        for (Node const& child : children) {
            if (child.occur != Occur::optional) {
                result &= match_marked(child);
            } else if (!has_required) {
                optional |= match(child);
                has_optional = true;
            }
        }
        if (has_optional) result &= optional;
        return result;
    }

    Schema const& schema_;
    Segment const& segment_;
    Bitmap const& allowed_;
    Phrases& phrases_;
};

} // namespace

Permitted matching(Permitted const& permitted, Node const& query, Analyzer& analyzer) {
    Snapshot const& snapshot = permitted.snapshot();
    Phrases phrases{analyzer};
    std::vector<Bitmap> matched;
    for (std::size_t at = 0; at < snapshot.segments().size(); ++at)
        matched.push_back(
            Matcher{snapshot.schema(), *snapshot.segments()[at].segment, permitted.of(at), phrases}.match(query));
    return {permitted, matched};
}

Permitted matching_any(Permitted const& permitted, WeightedQuery const& query) {
    std::vector<Bitmap> matched;
    for (SegmentState const& state : permitted.snapshot().segments()) {
        Bitmap& bitmap = matched.emplace_back(state.segment->documents());
        for (QueryTerm const& term : query) add_term(bitmap, *state.segment, term.term, term.fields);
    }
    return {permitted, matched};
}

std::vector<std::pair<std::string, std::uint64_t>> count_facet(Permitted const& documents, std::size_t facet) {
    std::map<std::string, std::uint64_t, std::less<>> counts;
    auto const& segments = documents.snapshot().segments();
    for (std::size_t at = 0; at < segments.size(); ++at) {
        Segment const& segment = *segments[at].segment;
        std::vector<std::uint64_t> of_value(segment.facet_value_count(facet));
        documents.of(at).for_each([&](std::uint32_t document) {
            for (std::uint32_t const value : segment.facet_values(facet, document)) ++of_value.at(value);
        });
        for (std::uint32_t value = 0; value < of_value.size(); ++value)
            if (of_value[value] > 0) counts[std::string{segment.facet_value(facet, value)}] += of_value[value];
    }
    std::vector<std::pair<std::string, std::uint64_t>> sorted{counts.begin(), counts.end()};
    std::ranges::stable_sort(sorted, std::greater{}, &std::pair<std::string, std::uint64_t>::second);
    return sorted;
}

} // namespace sangu::search
