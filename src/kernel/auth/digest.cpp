#include "kernel/auth/digest.h"

#include "base/text.h"

#include <openssl/crypto.h>

namespace sangu::auth {

std::string sha256(std::string_view data) { return from_hex(sha256_hex(data)).value(); }

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace sangu::auth
