// Whatever parses can be written, and what was written parses to the same.

#include "kernel/json/json.h"

#include <cstddef>
#include <cstdint>

namespace {

using namespace sangu;

void write(json::Writer& writer, json::Node node) {
    switch (node.kind()) {
    case json::Kind::null: writer.null(); break;
    case json::Kind::boolean: writer.value(node.boolean()); break;
    case json::Kind::integer: writer.value(node.integer()); break;
    case json::Kind::real: writer.value(node.real()); break;
    case json::Kind::string: writer.value(node.text()); break;
    case json::Kind::array:
        writer.begin_array();
        for (std::size_t i = 0; i < node.size(); ++i) write(writer, node.at(i));
        writer.end_array();
        break;
    case json::Kind::object:
        writer.begin_object();
        for (std::size_t i = 0; i < node.size(); ++i) {
            SANGU_ASSERT(node.find(node.key_at(i)));
            writer.key(node.key_at(i));
            write(writer, node.at(i));
        }
        writer.end_object();
        break;
    }
}

std::string written(json::Document const& document) {
    std::string out;
    json::Writer writer{out};
    write(writer, document.root());
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    auto const document = json::Document::parse({reinterpret_cast<char const*>(bytes), size}, {.bytes_max = 1 << 16});
    if (!document) {
        SANGU_ASSERT(document.error().problems.size() == 1);
        return 0;
    }
    std::string const once = written(*document);
    auto const again = json::Document::parse(once);
    SANGU_ASSERT(again);
    SANGU_ASSERT(written(*again) == once);
    return 0;
}
