#include "support/files.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace sangu::test {

std::filesystem::path source_folder() { return SANGU_SOURCE_DIR; }

std::string read_file(std::filesystem::path const& path) {
    std::ifstream stream{path, std::ios::binary};
    std::ostringstream content;
    content << stream.rdbuf();
    return std::move(content).str();
}

void write_file(std::filesystem::path const& path, std::string_view content) {
    std::ofstream stream{path, std::ios::binary};
    stream.write(content.data(), static_cast<std::streamsize>(content.size()));
}

std::filesystem::path shared_data(std::string_view name) {
    // A worktree lies one folder deeper than a clone.
    for (char const* const above : {"..", "../.."}) {
        std::filesystem::path path = source_folder() / above / "shared/data" / name;
        if (std::filesystem::exists(path)) return path;
    }
    return {};
}

bool unpack(std::filesystem::path const& archive, std::filesystem::path const& folder) {
    bool const is_tar = archive.string().find(".tar.") != std::string::npos;
    std::string const command =
        is_tar ? "tar -xf '" + archive.string() + "' -C '" + folder.string() + "'"
               : "gzip -dc '" + archive.string() + "' > '" + (folder / archive.stem()).string() + "'";
    return std::system(command.c_str()) == 0; // NOLINT(cert-env33-c): fixed commands on our own files
}

} // namespace sangu::test
