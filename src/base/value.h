#pragma once

// The exchange value between typed members, SQL parameters, files and JSON.

#include <cstdint>
#include <string>
#include <variant>

namespace sangu {

// Raw bytes: bound as blob / bytea.
struct Bytes {
    std::string data;

    friend auto operator<=>(Bytes const&, Bytes const&) = default;
};

using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, Bytes>;

inline bool is_null(Value const& value) { return std::holds_alternative<std::monostate>(value); }

} // namespace sangu
