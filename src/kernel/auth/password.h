#pragma once

// Passwords: argon2id (RFC 9106) with m = 19,456 KiB, t = 4, p = 1, about 50 ms, stored as a PHC string. Hashing runs
// on threads of its own behind a bounded queue: a flood of sign-ins waits or is refused, the rest of the server goes
// on.

#include "base/function_ref.h"
#include "base/result.h"
#include "kernel/auth/work_queue.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sangu::auth {

inline constexpr std::size_t password_length_max = 128; // characters

// What is wrong with a new password: too short (length_min in characters), longer than 128, widely used, made of one
// pattern, or containing the account's name. `field` is where the problem is shown. Empty: fine.
Problems check_password(std::string_view password, std::string_view login, std::int64_t length_min,
                        std::string_view field = "password");

// In the calling thread; "$argon2id$v=19$m=19456,t=4,p=1$…".
std::string hash_password_now(std::string_view password);
bool verify_password_now(std::string_view stored, std::string_view password);

class PasswordHasher {
public:
    // At most `waiting_max` wait; 64 at 50 ms each are about three seconds on one thread.
    explicit PasswordHasher(int threads = 1, std::size_t waiting_max = 64) : queue_{threads, waiting_max} {}

    // Both wait for a hashing thread; "error.too_many" when too many wait already.
    Result<std::string> hash(std::string_view password);
    // With an empty `stored` it does the same work and answers false, so that an unknown account takes as long.
    Result<bool> verify(std::string_view stored, std::string_view password);

private:
    WorkQueue queue_;
};

} // namespace sangu::auth
