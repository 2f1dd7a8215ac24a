#pragma once

// 128-bit integers for exact products of amounts and rates.

namespace sangu {

__extension__ using Wide = __int128;
__extension__ using UnsignedWide = unsigned __int128;

} // namespace sangu
