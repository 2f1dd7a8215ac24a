#include "kernel/tables/guard.h"

#include "base/text.h"

#include <algorithm>

namespace sangu::tables {

bool needs_guard(std::string_view cell) {
    std::size_t const first = cell.find_first_not_of('\'');
    if (first == std::string_view::npos || std::string_view{"=+-@\t\r"}.find(cell[first]) == std::string_view::npos)
        return false;
    return first > 0 || !parse_real(cell);
}

bool has_guard(std::string_view cell) { return cell.starts_with('\'') && needs_guard(cell); }

} // namespace sangu::tables
