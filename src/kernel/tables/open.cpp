#include "kernel/tables/csv_reader.h"
#include "kernel/tables/json_reader.h"
#include "kernel/tables/problem.h"
#include "kernel/tables/tables.h"
#include "kernel/tables/xlsx_reader.h"

#include <array>

namespace sangu::tables {
namespace {

// The container of .xls, .doc and encrypted workbooks.
constexpr std::string_view ole_magic = "\xd0\xcf\x11\xe0";

} // namespace

Result<std::unique_ptr<Reader>> open(std::string const& path, Limits limits) {
    auto input = TRY(file_input(path));
    if (input->size() > limits.file_bytes_max) return too_large(limits.file_bytes_max);
    std::array<char, 64> bytes;
    std::string_view const start{bytes.data(), input->read(0, bytes.data(), bytes.size())};
    if (start.starts_with(ole_magic)) return wrong("error.file_type", 0, 0);
    if (start.starts_with("PK\x03\x04") || start.starts_with("PK\x05\x06")) return xlsx_reader(path, limits);
    if (looks_like_json(start)) return json_reader(std::move(input), limits);
    return csv_reader(text_source(std::move(input)), limits);
}

Result<std::unique_ptr<Reader>> open_text(std::string content, Limits limits) {
    if (content.size() > limits.file_bytes_max) return too_large(limits.file_bytes_max);
    if (looks_like_json(content)) return json_reader(memory_input(std::move(content)), limits);
    return csv_reader(text_source(memory_input(std::move(content))), limits);
}

} // namespace sangu::tables
