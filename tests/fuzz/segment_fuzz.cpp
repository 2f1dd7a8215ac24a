// The reader of segments: torn, damaged and hostile files. The input is taken as a file, and as changes to a whole
// segment whose checksums are then made right again, so that its contents are believed. Reading it in every way ends
// with answers or with CorruptIndex.

#include "base/result.h"
#include "kernel/search/index/snapshot.h"
#include "kernel/search/query/match.h"
#include "kernel/search/query/search.h"
#include "kernel/search/query/weigh.h"
#include "kernel/search/segment/builder.h"
#include "kernel/search/segment/checksum.h"
#include "kernel/search/segment/merge.h"
#include "kernel/search/suggest/suggestions.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace {

using namespace sangu;
using namespace sangu::search;

std::shared_ptr<Lexicon const> no_words() {
    static auto const lexicon = std::make_shared<Lexicon const>("");
    return lexicon;
}

Schema schema() { return {{{"title", 2, 0.5, 6}, {"text", 1, 0.75, 40}}, {"kind"}, 1.2}; }

std::string const& whole_segment() {
    static std::string const bytes = [] {
        SegmentBuilder builder{schema(), no_words()};
        for (int at = 0; at < 300; ++at) {
            std::string const number = std::to_string(at);
            builder.add({"k" + number,
                         {"永磁同步电机" + number, at % 2 == 0 ? "motor motor of a 电机" : "高速电机，磁悬浮轴承"},
                         {{0, "v" + std::to_string(at % 5)}},
                         1});
        }
        Output output;
        builder.write(output);
        return output.take_memory();
    }();
    return bytes;
}

// Checksums as the writer makes them, as far as the footer still says where.
void seal(std::string& bytes) {
    Footer footer;
    char* const place = bytes.data() + bytes.size() - sizeof footer;
    std::memcpy(&footer, place, sizeof footer);
    std::uint64_t const begin = footer.checksums.offset, size = footer.checksums.size;
    if (begin <= bytes.size() - sizeof footer && size <= bytes.size() - sizeof footer - begin) {
        for (std::uint64_t block = 0; block * 8 + 8 <= size && block * checked_bytes < begin; ++block) {
            std::uint64_t const from = block * checked_bytes;
            std::uint64_t const sum = checksum(
                {bytes.data() + from, static_cast<std::size_t>(std::min<std::uint64_t>(checked_bytes, begin - from))});
            std::memcpy(bytes.data() + begin + block * 8, &sum, sizeof sum);
        }
        footer.checksums_checksum = checksum({bytes.data() + begin, static_cast<std::size_t>(size)});
    }
    footer.magic = segment_magic;
    std::memcpy(place, &footer, sizeof footer);
    footer.checksum = checksum({place, offsetof(Footer, checksum)});
    std::memcpy(place, &footer, sizeof footer);
}

// Every four bytes of the input: where, counted from the end in turns of the footer and the rest, and what to put
// there.
std::string changed_segment(std::string_view input) {
    std::string bytes = whole_segment();
    for (std::size_t at = 0; at + 4 <= input.size(); at += 4) {
        std::uint16_t where = 0;
        std::memcpy(&where, input.data() + at, sizeof where);
        bool const is_footer = (static_cast<unsigned char>(input[at + 2]) & 1U) != 0;
        std::size_t const begin = is_footer ? bytes.size() - sizeof(Footer) : 0;
        std::size_t const size = is_footer ? sizeof(Footer) : bytes.size() - sizeof(Footer);
        bytes[begin + where * std::size_t{7} % size] = input[at + 3];
    }
    seal(bytes);
    return bytes;
}

template <class F> void refused_or_read(F const& function) {
    try {
        function();
    } catch (CorruptIndex const&) { // refused
    }
}

void read_everything(std::shared_ptr<Segment const> const& segment) {
    thread_local Analyzer analyzer{no_words()};
    auto const snapshot = std::make_shared<Snapshot const>(schema(), std::vector<SegmentState>{{segment, nullptr}});
    WeightedQuery const query{{"电机"}, {"motor"}, {"磁悬"}, {"永磁", 0.5, 1}};
    refused_or_read([&] {
        Permitted const some{snapshot, {{{{0, {"v1", "v2"}}}}}};
        auto const hits = search::search(some, query, 10);
        for (Hit const& hit : hits) {
            SANGU_ASSERT(some.of(0).has(hit.place.document));
            refused_or_read([&] { snapshot->key(hit.place); });
            refused_or_read([&] { weigh_like(*snapshot, hit.place); });
        }
        count_facet(some, 0);
    });
    refused_or_read([&] {
        Node node;
        node.kind = Node::Kind::phrase;
        node.text = "同步电机";
        matching(Permitted{snapshot, {}}, node, analyzer);
    });
    refused_or_read([&] {
        Suggestions const suggestions{{0}};
        suggestions.complete(Permitted{snapshot, {}}, "v", 5);
    });
    refused_or_read([&] { segment->document_of("k7"); });
    refused_or_read([&] {
        Output output;
        std::vector<MergeInput> const inputs{{segment, nullptr}, {segment, nullptr}};
        merge_segments(inputs, output, {});
        Segment::in_memory(output.take_memory())->verify_all();
    });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string_view const input{reinterpret_cast<char const*>(bytes), size};
    refused_or_read([&] { Segment::in_memory(std::string{input})->verify_all(); });
    refused_or_read([&] { read_everything(Segment::in_memory(changed_segment(input))); });
    return 0;
}
