#include "kernel/hash/sha256.h"

#include "base/result.h"
#include "base/text.h"

#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <stdexcept>

namespace sangu::hash {

namespace {

EVP_MD const* algorithm() {
    static EVP_MD const* const fetched =
        EVP_MD_fetch(nullptr, "SHA256", nullptr); // a fetch costs more than a short hash
    SANGU_ASSERT(fetched);
    return fetched;
}

} // namespace

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    State() { SANGU_ASSERT(context && EVP_DigestInit_ex2(context, algorithm(), nullptr)); }
    ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : state_{std::make_unique<State>()} {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Sha256& Sha256::add(std::string_view bytes) {
    SANGU_ASSERT(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()));
    return *this;
}

Sha256& Sha256::add_field(std::string_view text) { return add(std::to_string(text.size())).add(":").add(text); }

std::string Sha256::finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    SANGU_ASSERT(EVP_DigestFinal_ex(state_->context, digest.data(), &size));
    return to_hex({reinterpret_cast<char const*>(digest.data()), size});
}

std::string sha256_hex(std::string_view bytes) { return Sha256{}.add(bytes).finish(); }

std::string sha256_of_file(std::string const& path) {
    std::ifstream in{path, std::ios::binary};
    Sha256 hash;
    std::string piece(std::size_t{1} << 16, '\0');
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0)
        hash.add({piece.data(), static_cast<std::size_t>(in.gcount())});
    if (!in.eof()) throw std::runtime_error{"cannot read " + path};
    return hash.finish();
}

} // namespace sangu::hash
