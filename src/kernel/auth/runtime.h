#pragma once

// What sign-in keeps in memory, one per process: the hashing threads and the queue that notes "last seen". Nothing here
// is needed by another server.

#include "kernel/auth/key_ring.h"
#include "kernel/auth/oidc.h"
#include "kernel/auth/password.h"
#include "kernel/auth/work_queue.h"

#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

namespace sangu {
struct Services;
}

namespace sangu::auth {

struct Runtime {
    PasswordHasher passwords;
    oidc::Client oidc;
    std::mutex mutex;
    std::shared_ptr<KeyRing const> keys;     // see secrets.h
    std::unordered_set<std::string> touched; // session and token ids that wait to be noted
    WorkQueue background{1, 4096};           // last: joined before what its work uses
};

// The one of these services, made at first use.
Runtime& runtime_of(Services& services);

} // namespace sangu::auth
