#pragma once

// Texts that are kept in the repository and must change only on purpose. With SANGU_UPDATE_GOLDEN=1 in the environment
// the files are written anew ("make golden"); the difference is then looked at in the commit.

#include <string>
#include <string_view>

namespace sangu::test {

// `path` is below the root of the repository.
void expect_golden(std::string const& path, std::string_view text);
// JSON with one member a line, so that differences are readable.
std::string indented(std::string_view json);

} // namespace sangu::test
