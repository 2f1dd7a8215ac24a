#pragma once

// Unpredictable bytes from the operating system's generator (OpenSSL RAND_bytes).

#include <cstddef>
#include <string>

namespace sangu::auth {

// Throws std::runtime_error when the generator fails: nothing may go on with guessable secrets.
std::string random_bytes(std::size_t count);
// 32 random bytes as base64url (43 characters): session cookies, API tokens, states.
std::string random_token();
// `groups` groups of four characters of the Crockford alphabet with dashes, 20 bits a group: codes that people type.
std::string random_code(int groups);

} // namespace sangu::auth
