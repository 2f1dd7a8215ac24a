#include "kernel/auth/random.h"

#include "base/text.h"

#include <openssl/rand.h>

#include <stdexcept>

namespace sangu::auth {

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1)
        throw std::runtime_error{"the random generator failed"};
    return bytes;
}

std::string random_token() { return to_base64url(random_bytes(32)); }

std::string random_code(int groups) {
    constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string code;
    std::string const bytes = random_bytes(static_cast<std::size_t>(groups) * 4);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i && i % 4 == 0) code += '-';
        code += alphabet[static_cast<unsigned char>(bytes[i]) % alphabet.size()];
    }
    return code;
}

} // namespace sangu::auth
