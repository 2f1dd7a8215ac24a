#pragma once

// String literals of the sources, with the call they stand in: enough to find message keys without a compiler.

#include <string>
#include <string_view>
#include <vector>

namespace sangu::test {

struct Literal {
    std::string text;
    std::string callee; // the name before the innermost open bracket: "t", "message", "refuse", "Problem"
    int argument = 0;   // from 0
    int line = 0;
};

std::vector<Literal> literals_of(std::string_view source);
// "plan.task.title": lower-case words and digits with at least one dot.
bool looks_like_key(std::string_view text);

} // namespace sangu::test
