#pragma once

// What importing a table file found and did.

#include "base/result.h"

#include <cstdint>

namespace sangu::resource {

struct ImportReport {
    std::int64_t rows = 0, created = 0, changed = 0, unchanged = 0;
    bool stored = false;
    Problems problems; // at most 100
    bool more_problems = false;
};

enum class ImportMode : std::uint8_t { check, store };

} // namespace sangu::resource
