// A workbook from outside is read or refused. Input that begins with '<' becomes the sheet of a sound workbook, so that
// the fuzzer need not find out how zip files work.

#include "kernel/tables/tables.h"

#include <minizip/zip.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace {

using namespace sangu;

void add(zipFile file, char const* name, std::string_view content) {
    zipOpenNewFileInZip(file, name, nullptr, nullptr, 0, nullptr, 0, nullptr, 0, 0);
    zipWriteInFileInZip(file, content.data(), static_cast<unsigned>(content.size()));
    zipCloseFileInZip(file);
}

void write_workbook(std::string const& path, std::string_view sheet) {
    zipFile const file = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
    add(file, "xl/workbook.xml", "<workbook><sheets><sheet id='r1'/></sheets></workbook>");
    add(file, "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id='r1' Type='/worksheet' Target='s.xml'/>"
        "<Relationship Id='r2' Type='/styles' Target='t.xml'/>"
        "<Relationship Id='r3' Type='/sharedStrings' Target='i.xml'/></Relationships>");
    add(file, "xl/t.xml",
        "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='22'/></cellXfs></styleSheet>");
    add(file, "xl/i.xml", "<sst><si><t>a</t></si><si><t>b_x000D_</t></si></sst>");
    add(file, "xl/s.xml", sheet);
    zipClose(file, nullptr);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    static int const memory = memfd_create("workbook", MFD_CLOEXEC);
    static std::string const path = "/proc/self/fd/" + std::to_string(memory);
    std::string_view const input{reinterpret_cast<char const*>(bytes), size};
    SANGU_ASSERT(ftruncate(memory, 0) == 0);
    if (input.starts_with('<'))
        write_workbook(path, input);
    else
        SANGU_ASSERT(pwrite(memory, bytes, size, 0) == static_cast<ssize_t>(size));

    auto reader = tables::open(
        path, {.unpacked_bytes_max = 1 << 20, .rows_max = 2000, .columns_max = 50, .cell_bytes_max = 4096});
    if (!reader) return 0;
    tables::Row row;
    std::int64_t line = 0;
    std::size_t width = 0;
    while ((*reader)->next(row, line).value_or(false)) {
        SANGU_ASSERT(line > 0 && !row.empty() && (width == 0 || row.size() == width));
        width = row.size();
        for (std::string const& cell : row) SANGU_ASSERT(cell.size() <= 4096);
    }
    return 0;
}
