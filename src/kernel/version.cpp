#include "kernel/version.h"

namespace sangu {

std::string_view const version = SANGU_VERSION;

} // namespace sangu
