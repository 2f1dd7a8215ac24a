// A configuration file, whatever is in it, gives settings within their limits or says what is wrong.

#include "kernel/config/settings.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    using namespace sangu;
    static int const memory = memfd_create("settings", MFD_CLOEXEC);
    static std::string const path = "/proc/self/fd/" + std::to_string(memory);
    SANGU_ASSERT(ftruncate(memory, 0) == 0);
    SANGU_ASSERT(pwrite(memory, bytes, size, 0) == static_cast<ssize_t>(size));
    auto const loaded = config::load(path, {});
    if (!loaded) {
        SANGU_ASSERT(!loaded.error().key.empty());
        return 0;
    }
    SANGU_ASSERT(loaded->settings.port >= 0 && loaded->settings.port <= 65535);
    SANGU_ASSERT(loaded->settings.workers > 0 && loaded->settings.lockout_failures > 0);
    return 0;
}
