#include "base/mail_address.h"

#include <algorithm>

namespace sangu {

namespace {

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_atom(char c) {
    return is_letter_or_digit(c) || std::string_view{"!#$%&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos;
}

bool is_host_character(char c) { return c == '-' || is_letter_or_digit(c); }

bool is_dotted(std::string_view text, bool (*is_part)(char)) {
    if (text.empty() || text.front() == '.' || text.back() == '.' || text.find("..") != text.npos) return false;
    return std::ranges::all_of(text, [&](char c) { return c == '.' || is_part(c); });
}

} // namespace

bool is_mail_address(std::string_view address) {
    auto const at = address.find('@');
    if (at == address.npos || address.size() > 254 || at > 64) return false;
    std::string_view const host = address.substr(at + 1);
    return is_dotted(address.substr(0, at), is_atom) && is_dotted(host, is_host_character) &&
           host.find('.') != host.npos && host.front() != '-' && host.back() != '-';
}

} // namespace sangu
