// Whatever reads as a table can be written, and what was written reads as the same table.

#include "kernel/tables/tables.h"

#include <cstddef>
#include <cstdint>

namespace {

using namespace sangu;

constexpr tables::Limits limits{.rows_max = 2000, .columns_max = 50, .cell_bytes_max = 4096};

std::vector<tables::Row> rows_of(std::string text, bool& refused) {
    std::vector<tables::Row> rows;
    auto reader = tables::open_text(std::move(text), limits);
    SANGU_ASSERT(reader);
    for (;;) {
        tables::Row row;
        std::int64_t line = 0;
        auto const more = (*reader)->next(row, line);
        refused = !more;
        if (!more) SANGU_ASSERT(more.error().problems.size() == 1 && more.error().problems[0].line > 0);
        if (!more || !*more) return rows;
        SANGU_ASSERT(line > 0 && !row.empty() && row.size() == (rows.empty() ? row : rows.front()).size());
        rows.push_back(std::move(row));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    bool refused = false;
    auto const rows = rows_of({reinterpret_cast<char const*>(bytes), size}, refused);
    std::string written;
    auto const writer = tables::csv_writer([&written](std::string_view piece) { written += piece; });
    for (auto const& row : rows) writer->row(row);
    writer->finish();
    auto const again = rows_of(written, refused);
    SANGU_ASSERT(!refused && again == rows);
    return 0;
}
