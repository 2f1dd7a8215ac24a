#pragma once

// SHA-256 over pieces, for the audit chain, attachments, backups and stored tokens.

#include <memory>
#include <string>
#include <string_view>

namespace sangu::hash {

class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    Sha256& add(std::string_view bytes);
    // Adds the length before the text, so that neighbouring fields cannot run into each other.
    Sha256& add_field(std::string_view text);
    std::string finish(); // 64 lower-case hexadecimal characters; ends this object's life

private:
    struct State;
    std::unique_ptr<State> state_;
};

std::string sha256_hex(std::string_view bytes);
// Of a whole file, read in pieces. Throws std::runtime_error when it cannot be read.
std::string sha256_of_file(std::string const& path);

} // namespace sangu::hash
