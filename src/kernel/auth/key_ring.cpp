#include "kernel/auth/key_ring.h"

#include "base/text.h"
#include "kernel/auth/digest.h"
#include "kernel/auth/random.h"

#include <openssl/evp.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace sangu::auth {

namespace {

constexpr std::string_view prefix = "v1:";
constexpr std::size_t key_bytes = 32, nonce_bytes = 12, tag_bytes = 16, id_digits = 12;

std::string hex_of(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned char const byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::optional<std::string> from_hex(std::string_view text) {
    auto const digit = [](char c) -> int {
        if (c >= '0' && c <= '9') return c - '0';
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    std::string bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        int const high = digit(text[i]), low = digit(text[i + 1]);
        if (high < 0 || low < 0) return {};
        bytes += static_cast<char>(high << 4 | low);
    }
    return text.size() % 2 == 0 ? std::optional{bytes} : std::nullopt;
}

std::string id_of(std::string_view key) { return sha256_hex("sangu key " + std::string{key}).substr(0, id_digits); }

std::string line_of(std::string const& key) { return id_of(key) + " " + hex_of(key) + "\n"; }

// Writes a file that nobody else may read beside `file` and makes it durable; gives its name.
std::string write_beside(std::string const& file, std::string_view content) {
    std::string const name = file + "." + random_code(2);
    int const handle = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool const written = handle >= 0 &&
                         ::write(handle, content.data(), content.size()) == static_cast<ssize_t>(content.size()) &&
                         ::fsync(handle) == 0;
    if (handle >= 0) ::close(handle);
    if (!written) {
        ::unlink(name.c_str());
        throw std::runtime_error{"the key file " + file + " cannot be written"};
    }
    return name;
}

struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

unsigned char const* bytes_of(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

} // namespace

KeyRing KeyRing::read(std::string const& file) {
    std::ifstream in{file};
    if (!in) throw std::runtime_error{"the key file " + file + " cannot be read"};
    KeyRing ring;
    for (std::string line; std::getline(in, line);) {
        std::string_view const text = trim(line);
        if (text.empty() || text.starts_with('#')) continue;
        auto const space = text.find(' ');
        auto key = from_hex(trim(text.substr(std::min(space, text.size()))));
        if (space == text.npos || !key || key->size() != key_bytes || id_of(*key) != text.substr(0, space))
            throw std::runtime_error{"the key file " + file + " has a line that is no key"};
        ring.keys_.emplace_back(text.substr(0, space), *std::move(key));
    }
    if (ring.keys_.empty()) throw std::runtime_error{"the key file " + file + " holds no key"};
    return ring;
}

void KeyRing::create(std::string const& file) {
    auto const folder = std::filesystem::path{file}.parent_path();
    if (!folder.empty()) std::filesystem::create_directories(folder);
    std::string const made = write_beside(file, line_of(random_bytes(key_bytes)));
    ::link(made.c_str(), file.c_str()); // two servers that start together end with the key of the first
    ::unlink(made.c_str());
    if (!std::filesystem::exists(file)) throw std::runtime_error{"the key file " + file + " cannot be written"};
}

std::string KeyRing::append(std::string const& file) {
    std::string content;
    for (auto const& [id, key] : read(file).keys_) content += line_of(key);
    std::string const key = random_bytes(key_bytes);
    std::string const made = write_beside(file, content + line_of(key));
    std::filesystem::rename(made, file);
    return id_of(key);
}

std::vector<std::string> KeyRing::ids() const {
    std::vector<std::string> all;
    for (auto const& [id, key] : keys_) all.push_back(id);
    return all;
}

std::string const* KeyRing::key_of(std::string_view id) const {
    auto const found = std::ranges::find_if(keys_, [&](auto const& one) { return one.first == id; });
    return found == keys_.end() ? nullptr : &found->second;
}

std::string KeyRing::seal(std::string_view secret, std::string_view owner) const {
    std::string const nonce = random_bytes(nonce_bytes);
    std::string text(secret.size(), '\0'), tag(tag_bytes, '\0');
    Cipher const cipher{EVP_CIPHER_CTX_new()};
    int written = 0;
    bool const good =
        cipher &&
        EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_of(std::string_view{keys_.back().second}),
                           bytes_of(std::string_view{nonce})) == 1 &&
        EVP_EncryptUpdate(cipher.get(), nullptr, &written, bytes_of(owner), static_cast<int>(owner.size())) == 1 &&
        EVP_EncryptUpdate(cipher.get(), bytes_of(text), &written, bytes_of(secret), static_cast<int>(secret.size())) ==
            1 &&
        EVP_EncryptFinal_ex(cipher.get(), nullptr, &written) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, tag.data()) == 1;
    if (!good) throw std::runtime_error{"a secret cannot be sealed"};
    return std::string{prefix} + newest() + ":" + hex_of(nonce + text + tag);
}

std::optional<std::string> KeyRing::open(std::string_view sealed, std::string_view owner) const {
    std::string const* const key = key_of(key_id_of(sealed));
    if (!key) return {};
    auto const packed = from_hex(sealed.substr(sealed.rfind(':') + 1));
    if (!packed || packed->size() < nonce_bytes + tag_bytes) return {};
    std::string_view const all = *packed;
    std::string_view const text = all.substr(nonce_bytes, all.size() - nonce_bytes - tag_bytes);
    std::string tag{all.substr(all.size() - tag_bytes)}, secret(text.size(), '\0');
    Cipher const cipher{EVP_CIPHER_CTX_new()};
    int written = 0;
    bool const good =
        cipher &&
        EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_of(std::string_view{*key}),
                           bytes_of(all)) == 1 &&
        EVP_DecryptUpdate(cipher.get(), nullptr, &written, bytes_of(owner), static_cast<int>(owner.size())) == 1 &&
        EVP_DecryptUpdate(cipher.get(), bytes_of(secret), &written, bytes_of(text), static_cast<int>(text.size())) ==
            1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) == 1 &&
        EVP_DecryptFinal_ex(cipher.get(), nullptr, &written) == 1;
    return good ? std::optional{secret} : std::nullopt;
}

bool is_sealed(std::string_view stored) { return stored.starts_with(prefix); }

std::string_view key_id_of(std::string_view sealed) {
    if (!is_sealed(sealed)) return {};
    sealed.remove_prefix(prefix.size());
    return sealed.substr(0, sealed.find(':'));
}

} // namespace sangu::auth
