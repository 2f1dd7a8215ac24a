#include "golden/golden.h"

#include "base/text.h"
#include "support/files.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace sangu::test {

namespace {

// "line 12: kept … now …" of the first line that differs.
std::string first_difference(std::string_view kept, std::string_view now) {
    auto const before = split_text(kept, '\n'), after = split_text(now, '\n');
    std::size_t line = 0;
    while (line < before.size() && line < after.size() && before[line] == after[line]) ++line;
    auto const at = [line](auto const& lines) {
        return line < lines.size() ? std::string{lines[line]} : std::string{"(end of the text)"};
    };
    return "line " + std::to_string(line + 1) + "\n  kept: " + at(before) + "\n  now:  " + at(after);
}

} // namespace

void expect_golden(std::string const& path, std::string_view text) {
    auto const file = source_folder() / path;
    if (std::getenv("SANGU_UPDATE_GOLDEN")) {
        write_file(file, text);
        return;
    }
    std::string const kept = std::filesystem::exists(file) ? read_file(file) : std::string{};
    EXPECT_TRUE(kept == text) << path << " differs, " << first_difference(kept, text)
                              << "\nIf this is meant: make golden (or SANGU_UPDATE_GOLDEN=1 ctest --test-dir build/dev "
                                 "-R golden), then commit the file.";
}

std::string indented(std::string_view json) {
    std::string text;
    int depth = 0;
    bool in_string = false;
    auto const new_line = [&] { text.append("\n").append(static_cast<std::size_t>(depth) * 1, ' '); };
    for (std::size_t i = 0; i < json.size(); ++i) {
        char const c = json[i];
        bool const opens = c == '{' || c == '[', closes = c == '}' || c == ']';
        if (in_string || !(opens || closes || c == ',' || c == '"')) {
            text += c;
            if (in_string && c == '\\') text += json[++i];
            in_string = in_string && c != '"';
            continue;
        }
        if (closes) {
            --depth;
            if (json[i - 1] != '{' && json[i - 1] != '[') new_line();
        }
        text += c;
        in_string = c == '"';
        if (opens) ++depth;
        if ((opens && json[i + 1] != '}' && json[i + 1] != ']') || c == ',') new_line();
    }
    return text + "\n";
}

} // namespace sangu::test
