// The syntax of expert queries: everything parses, and what is written from it parses to the same.

#include "base/result.h"
#include "kernel/search/query/parse.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace {

using namespace sangu;
using namespace sangu::search;

constexpr std::string_view fields[] = {"title", "abstract", "a"};

std::size_t count(Node const& node) {
    std::size_t nodes = 1;
    for (Node const& child : node.children) nodes += count(child);
    return nodes;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(bytes), size};
    ParsedQuery const parsed = parse_query(text, fields);
    SANGU_ASSERT(count(parsed.root) <= size * 2 + 1);
    if (std::ranges::find(parsed.notes, Note::too_many_parts) != parsed.notes.end()) return 0;
    std::string const written = to_text(parsed.root);
    ParsedQuery const again = parse_query(written, fields);
    if (std::ranges::find(again.notes, Note::too_deep) != again.notes.end()) return 0;
    SANGU_ASSERT(again.root == parsed.root);
    SANGU_ASSERT(to_text(again.root) == written);
    return 0;
}
