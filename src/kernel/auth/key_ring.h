#pragma once

// Keys that seal secrets at rest: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce for each secret. The keys lie
// in a file of their own, one a line ("<id> <64 hex digits>", newest last, mode 0600), never in the database. An id is
// derived from its key, so that a wrong key cannot pass under a known name.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sangu::auth {

class KeyRing {
public:
    // Throws std::runtime_error when a line is no key or the file cannot be read.
    static KeyRing read(std::string const& file);
    // A new file with one new key; an existing file stays as it is. Throws std::runtime_error.
    static void create(std::string const& file);
    // Appends a new key, which seals from now on; gives its id. The file is replaced at once or not at all.
    static std::string append(std::string const& file);

    std::string const& newest() const { return keys_.back().first; }
    bool knows(std::string_view id) const { return key_of(id) != nullptr; }
    std::vector<std::string> ids() const;

    // "v1:<key id>:<hex of nonce, text and tag>". `owner` is bound to it: a sealed secret moved to another row
    // does not open.
    std::string seal(std::string_view secret, std::string_view owner) const;
    // Nothing for an unknown key, another owner or a changed text.
    std::optional<std::string> open(std::string_view sealed, std::string_view owner) const;

private:
    std::string const* key_of(std::string_view id) const;

    std::vector<std::pair<std::string, std::string>> keys_; // id, 32 bytes; never empty
};

bool is_sealed(std::string_view stored);
// The id of the key that sealed it; "" when it is not sealed.
std::string_view key_id_of(std::string_view sealed);

} // namespace sangu::auth
