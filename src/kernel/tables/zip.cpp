#include "kernel/tables/zip.h"

#include "base/text.h"
#include "kernel/tables/problem.h"

#include <minizip/unzip.h>

#include <algorithm>
#include <array>
#include <set>

namespace sangu::tables {
namespace {

constexpr std::uint64_t entries_max = 1000;
constexpr std::uint64_t ratio_counts_from = 1u << 20;
constexpr std::size_t name_bytes_max = 512;
constexpr unsigned long encrypted_flag = 1;
constexpr int ignore_case = 2;

tl::unexpected<Error> broken(std::string_view what) {
    return wrong("error.file.xlsx_broken", 0, 0, {std::string{what}});
}

bool leaves_archive(std::string_view name) {
    if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos) return true;
    if (name.find('\0') != std::string_view::npos || name.find(':') != std::string_view::npos) return true;
    return std::ranges::any_of(split_text(name, '/'), [](std::string_view part) { return part == ".."; });
}

} // namespace

Result<std::unique_ptr<Zip>> Zip::open(std::string const& path, Limits const& limits) {
    unzFile const file = unzOpen64(path.c_str());
    if (!file) return broken("zip");
    std::unique_ptr<Zip> zip{new Zip{file, limits}};
    TRY_VOID(zip->check_entries());
    return zip;
}

Zip::~Zip() {
    if (is_inside_) unzCloseCurrentFile(file_);
    unzClose(file_);
}

Result<void> Zip::check_entries() {
    unz_global_info64 all{};
    if (unzGetGlobalInfo64(file_, &all) != UNZ_OK) return broken("zip");
    if (all.number_entry > entries_max) return wrong("error.file.xlsx_unpacks", 0, 0);
    std::set<std::string> names;
    std::uint64_t unpacked = 0;
    for (int status = unzGoToFirstFile(file_); status != UNZ_END_OF_LIST_OF_FILE; status = unzGoToNextFile(file_)) {
        if (status != UNZ_OK) return broken("zip");
        unz_file_info64 info{};
        std::array<char, name_bytes_max + 1> name{};
        if (unzGetCurrentFileInfo64(file_, &info, name.data(), name.size(), nullptr, 0, nullptr, 0) != UNZ_OK)
            return broken("zip");
        if (info.size_filename > name_bytes_max || leaves_archive({name.data(), info.size_filename}))
            return wrong("error.file.xlsx_forbidden", 0, 0, {"path"});
        if (!names.insert(to_lower_ascii({name.data(), info.size_filename})).second) return broken("zip");
        if (info.flag & encrypted_flag) return wrong("error.file.xlsx_forbidden", 0, 0, {"encryption"});
        unpacked += std::min<std::uint64_t>(info.uncompressed_size, limits_.unpacked_bytes_max + 1);
        double const ratio = static_cast<double>(info.uncompressed_size) /
                             static_cast<double>(std::max<std::uint64_t>(info.compressed_size, 1));
        bool const is_bomb = info.uncompressed_size > ratio_counts_from && ratio > limits_.ratio_max;
        if (is_bomb || unpacked > limits_.unpacked_bytes_max) return wrong("error.file.xlsx_unpacks", 0, 0);
    }
    return {};
}

Result<bool> Zip::begin(std::string const& name) {
    TRY_VOID(end());
    if (unzLocateFile(file_, name.c_str(), ignore_case) != UNZ_OK) return false;
    unz_file_info64 info{};
    if (unzGetCurrentFileInfo64(file_, &info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK) return broken("zip");
    if (unzOpenCurrentFile(file_) != UNZ_OK) return broken("zip");
    is_inside_ = true;
    left_ = info.uncompressed_size;
    return true;
}

Result<std::size_t> Zip::read(char* bytes, std::size_t count) {
    if (!is_inside_) return 0;
    int const got = unzReadCurrentFile(file_, bytes, static_cast<unsigned>(count));
    if (got < 0) return broken("zip");
    if (static_cast<std::uint64_t>(got) > left_) return wrong("error.file.xlsx_unpacks", 0, 0);
    left_ -= static_cast<std::uint64_t>(got);
    if (got == 0) TRY_VOID(end());
    return static_cast<std::size_t>(got);
}

Result<void> Zip::end() {
    if (!is_inside_) return {};
    is_inside_ = false;
    if (unzCloseCurrentFile(file_) != UNZ_OK) return broken("crc");
    return {};
}

} // namespace sangu::tables
