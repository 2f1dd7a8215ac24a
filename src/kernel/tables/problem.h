#pragma once

// The refusals of a table file.

#include "base/result.h"

namespace sangu::tables {

inline tl::unexpected<Error> wrong(std::string_view key, std::int64_t line, std::int64_t column,
                                   std::vector<std::string> arguments = {}) {
    return refuse(Problems{{"", std::string{key}, std::move(arguments), line, column}});
}

inline tl::unexpected<Error> too_large(std::uint64_t bytes_max) {
    Problem problem{"", "error.file.too_large", {std::to_string(bytes_max >> 20)}};
    return tl::make_unexpected(Error{Refusal::too_large, "error.invalid", {}, {std::move(problem)}});
}

} // namespace sangu::tables
