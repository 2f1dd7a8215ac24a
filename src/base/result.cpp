#include "base/result.h"

#include <cstdio>
#include <cstdlib>

namespace sangu {

void assertion_failed(char const* condition, char const* file, int line) {
    std::fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, condition);
    std::abort();
}

} // namespace sangu
