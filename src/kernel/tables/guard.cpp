#include "kernel/tables/guard.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace sangu::tables {

bool needs_guard(std::string_view cell) {
    std::size_t const first = cell.find_first_not_of('\'');
    if (first == std::string_view::npos) return false;
    // A Chinese spreadsheet reads the wide signs like the plain ones.
    std::string_view const rest = cell.substr(first);
    constexpr std::array<std::string_view, 4> wide_signs{"＝", "＋", "－", "＠"};
    bool const is_wide = std::ranges::any_of(wide_signs, [&](std::string_view sign) { return rest.starts_with(sign); });
    if (!is_wide && std::string_view{"=+-@\t\r\n"}.find(rest.front()) == std::string_view::npos) return false;
    return first > 0 || !parse_real(cell);
}

bool has_guard(std::string_view cell) { return cell.starts_with('\'') && needs_guard(cell); }

} // namespace sangu::tables
