#include "kernel/auth/totp.h"

#include "base/text.h"
#include "kernel/auth/digest.h"
#include "kernel/auth/random.h"
#include "kernel/http/message.h"

#include <liboath/oath.h>
#include <qrencode.h>

#include <cstdlib>
#include <memory>

namespace sangu::auth {

namespace {

constexpr unsigned step_s = 30, digits = 6;

struct Free {
    void operator()(char* text) const { std::free(text); }
};
using OathText = std::unique_ptr<char, Free>;

std::string without_separators(std::string_view typed) {
    std::string kept;
    for (char const c : typed)
        if (c != '-' && c != ' ') kept += c;
    return to_lower_ascii(kept);
}

} // namespace

std::string new_totp_secret() {
    std::string const bytes = random_bytes(20);
    char* text = nullptr;
    size_t size = 0;
    if (oath_base32_encode(bytes.data(), bytes.size(), &text, &size) != OATH_OK) throw std::bad_alloc{};
    OathText const owner{text};
    return {text, size};
}

std::string totp_code(std::string_view secret, std::int64_t step) {
    char* bytes = nullptr;
    size_t size = 0;
    if (secret.empty() || oath_base32_decode(secret.data(), secret.size(), &bytes, &size) != OATH_OK) return {};
    OathText const owner{bytes};
    char code[digits + 1] = {};
    if (oath_totp_generate(bytes, size, step * step_s, step_s, 0, digits, code) != OATH_OK) return {};
    return code;
}

std::int64_t totp_step(Instant now) { return now.ms / 1000 / step_s; }

std::optional<std::int64_t> check_totp(std::string_view secret, std::string_view typed, Instant now,
                                       std::int64_t last_step) {
    std::string const code = without_separators(typed);
    std::optional<std::int64_t> matched;
    for (std::int64_t step = totp_step(now) - 1; step <= totp_step(now) + 1; ++step) {
        std::string const expected = totp_code(secret, step);
        if (!expected.empty() && equal_in_constant_time(expected, code) && step > last_step) matched = step;
    }
    return matched;
}

std::string otpauth_uri(std::string_view secret, std::string_view issuer, std::string_view login) {
    std::string const by = http::percent_encode(issuer);
    return "otpauth://totp/" + by + ":" + http::percent_encode(login) + "?secret=" + std::string{secret} +
           "&issuer=" + by + "&algorithm=SHA1&digits=6&period=30";
}

std::string qr_svg(std::string_view text, std::string_view label) {
    std::unique_ptr<QRcode, void (*)(QRcode*)> const code{
        QRcode_encodeString8bit(std::string{text}.c_str(), 0, QR_ECLEVEL_M), &QRcode_free};
    if (!code) return {};
    constexpr int quiet = 4; // modules of margin the standard asks for
    std::string path;
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width; ++x)
            if (code->data[y * code->width + x] & 1)
                path += "M" + std::to_string(x + quiet) + " " + std::to_string(y + quiet) + "h1v1h-1z";
    std::string const side = std::to_string(code->width + 2 * quiet);
    std::string safe;
    for (char const c : label)
        safe += c == '<' || c == '&' || c == '"' ? std::string{"&#"} + std::to_string(int{c}) + ";" : std::string{c};
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"" + safe +
           "\" width=\"220\" height=\"220\" viewBox=\"0 0 " + side + " " + side +
           "\" shape-rendering=\"crispEdges\"><rect width=\"" + side + "\" height=\"" + side +
           "\" fill=\"#fff\"/><path fill=\"#000\" d=\"" + path + "\"/></svg>";
}

std::string new_recovery_code() { return random_code(4); }

std::string recovery_hash(std::string_view account_id, std::string_view code) {
    return sha256_hex(std::string{account_id} + ":" + without_separators(code));
}

} // namespace sangu::auth
