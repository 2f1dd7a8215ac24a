#pragma once

// Files that tests read: of the repository, and the real-world inputs beside it, which may be absent.

#include <filesystem>
#include <string>

namespace sangu::test {

std::filesystem::path source_folder(); // the root of the repository
std::string read_file(std::filesystem::path const& path);
void write_file(std::filesystem::path const& path, std::string_view content);

// A folder or file of "../shared/data" beside the repository; empty when it is absent: GTEST_SKIP then.
std::filesystem::path shared_data(std::string_view name);
// Unpacks a .tar.xz or .csv.gz into `folder` with the system's tools; false when that fails.
bool unpack(std::filesystem::path const& archive, std::filesystem::path const& folder);

} // namespace sangu::test
