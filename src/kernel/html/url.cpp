#include "kernel/html/url.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace sangu::html {

namespace {

constexpr std::array<bool, 256> plain_bytes = [] {
    std::array<bool, 256> plain{};
    for (char const byte : std::string_view{"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~"})
        plain[static_cast<unsigned char>(byte)] = true;
    return plain;
}();

void append_encoded(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    auto const is_plain = [](char byte) { return plain_bytes[static_cast<unsigned char>(byte)]; };
    for (auto at = text.begin(); at != text.end();) {
        auto const end = std::find_if_not(at, text.end(), is_plain);
        out.append(at, end);
        if (end == text.end()) return;
        auto const code = static_cast<unsigned char>(*end);
        ((out += '%') += hex[code >> 4]) += hex[code & 15];
        at = end + 1;
    }
}

// Browsers drop tabs and line breaks inside addresses and read a backslash as a slash.
bool has_tricks(std::string_view text) {
    return std::ranges::any_of(text, [](char byte) { return static_cast<unsigned char>(byte) <= ' ' || byte == '\\'; });
}

} // namespace

Url Url::local(std::string_view path) {
    bool const inside =
        !path.empty() && (path[0] == '/' || path[0] == '?' || path[0] == '#') && !path.starts_with("//");
    return inside && !has_tricks(path) ? Url{std::string{path}} : Url{"#"};
}

Url Url::external(std::string_view text) {
    std::string const lower = to_lower_ascii(text.substr(0, 8));
    bool const allowed = lower.starts_with("https://") || lower.starts_with("http://") || lower.starts_with("mailto:");
    return allowed && !has_tricks(text) ? Url{std::string{text}} : Url{"#"};
}

Url Url::fragment(std::string_view id) {
    Url url{"#"};
    append_encoded(url.text, id);
    return url;
}

Url&& Url::query(std::string_view name, std::string_view value) && {
    text += text.find('?') == std::string::npos ? '?' : '&';
    append_encoded(text, name);
    text += '=';
    append_encoded(text, value);
    return std::move(*this);
}

void Url::add_segment(std::string_view segment) {
    text += '/';
    append_encoded(text, segment);
}

} // namespace sangu::html
