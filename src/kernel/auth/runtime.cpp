#include "kernel/auth/runtime.h"

#include "kernel/context.h"

namespace sangu::auth {

Runtime& runtime_of(Services& services) {
    std::lock_guard const lock{services.mutex_};
    if (!services.auth_) services.auth_ = std::make_shared<Runtime>();
    return *services.auth_; // never replaced, so it lives as long as the services
}

} // namespace sangu::auth
