#pragma once

// Small text helpers that need no locale. Text is UTF-8 everywhere inside.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu {

std::string_view trim(std::string_view text);                                    // ASCII white space and U+3000, U+FEFF
std::vector<std::string_view> split_text(std::string_view text, char separator); // "a,,b" → a, "", b; "" → ""
std::string join(std::vector<std::string> const& parts, std::string_view separator);
std::string to_lower_ascii(std::string_view text);
bool is_valid_utf8(std::string_view text);
std::size_t count_characters(std::string_view utf8); // code points
// At most `characters` code points, never cutting inside one; "…" is added when something was cut.
std::string shorten(std::string_view utf8, std::size_t characters);
std::string to_hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view text);
std::string to_base64url(std::string_view bytes); // without padding
std::optional<std::string> from_base64url(std::string_view text);
// Shortest decimal text that reads back as the same double; "1800" not "1.8e+03" below 1e15.
std::string to_text(double number);
std::optional<double> parse_real(std::string_view text); // refuses nan, inf and trailing text
std::optional<std::int64_t> parse_integer(std::string_view text);

} // namespace sangu
