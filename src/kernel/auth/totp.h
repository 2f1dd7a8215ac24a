#pragma once

// The second factor: time-based one-time passwords (RFC 6238, SHA-1, six digits, 30 seconds) and recovery codes.

#include "base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sangu::auth {

std::string new_totp_secret();                                     // 20 random bytes in base 32 (32 characters)
std::string totp_code(std::string_view secret, std::int64_t step); // six digits; "" for a broken secret
std::int64_t totp_step(Instant now);                               // 30-second periods since the Unix epoch

// The step whose code was typed: the current one or a neighbour, and later than `last_step`, so that a code works once.
std::optional<std::int64_t> check_totp(std::string_view secret, std::string_view typed, Instant now,
                                       std::int64_t last_step);

// For authenticator apps: "otpauth://totp/<issuer>:<login>?secret=…&issuer=…".
std::string otpauth_uri(std::string_view secret, std::string_view issuer, std::string_view login);
// A QR code (ISO/IEC 18004) as an inline SVG element without script or style; empty when the text is too long.
std::string qr_svg(std::string_view text, std::string_view label);

std::string new_recovery_code(); // "7k3m-…", 80 random bits
// What is stored of a recovery code; dashes, spaces and case do not matter.
std::string recovery_hash(std::string_view account_id, std::string_view code);

} // namespace sangu::auth
