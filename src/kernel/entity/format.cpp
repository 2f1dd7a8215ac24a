#include "kernel/entity/format.h"

#include "base/text.h"

#include <algorithm>

namespace sangu::entity {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_lower(static_cast<char>(c | 0x20)); }

bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

// Labels of letters, digits and inner hyphens, at least two of them unless `single` is allowed.
bool is_host(std::string_view host, bool single) {
    auto const labels = split_text(host, '.');
    if (host.size() > 253 || (labels.size() < 2 && !single)) return false;
    return std::ranges::all_of(labels, [](std::string_view label) {
        auto const fits = [](char c) { return is_letter(c) || is_digit(c) || c == '-'; };
        return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
               std::ranges::all_of(label, fits);
    });
}

} // namespace

bool is_email(std::string_view text) {
    std::size_t const at = text.find('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254) return false;
    std::string_view const local = text.substr(0, at);
    auto const fits = [](char c) {
        return is_letter(c) || is_digit(c) ||
               std::string_view{".!#$%&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos;
    };
    bool const dots_are_inside =
        local.front() != '.' && local.back() != '.' && local.find("..") == std::string_view::npos;
    return dots_are_inside && std::ranges::all_of(local, fits) && is_host(text.substr(at + 1), false);
}

bool is_url(std::string_view text) {
    std::string const scheme = to_lower_ascii(text.substr(0, text.find("://")));
    if (text.size() > 2000 || (scheme != "http" && scheme != "https") || text.size() < scheme.size() + 4) return false;
    auto const unsafe = [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == 0x7F ||
               std::string_view{"\"<>\\^`{|}"}.find(c) != std::string_view::npos;
    };
    if (std::ranges::any_of(text, unsafe)) return false;
    std::string_view authority = text.substr(scheme.size() + 3);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    std::size_t const colon = authority.find(':');
    if (colon != std::string_view::npos) {
        std::string_view const port = authority.substr(colon + 1);
        if (!all_digits(port) || port.size() > 5) return false;
    }
    return is_host(authority.substr(0, colon), true);
}

bool is_phone(std::string_view text) {
    std::string digits;
    for (char c : text.substr(text.starts_with('+'))) {
        if (is_digit(c))
            digits += c;
        else if (c != ' ' && c != '-' && c != '(' && c != ')')
            return false;
    }
    if (text.starts_with('+')) return digits.size() >= 6 && digits.size() <= 15;
    if (digits.size() == 11 && digits[0] == '1') return digits[1] >= '3';
    return digits.size() >= 5 && digits.size() <= 18; // 12345, 0731-8898xxxx, 400 numbers, with an extension
}

bool is_uscc(std::string_view text) { return uscc_problem(text).empty(); }

bool is_slug(std::string_view text) {
    return !text.empty() &&
           std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '_' || c == '-'; });
}

std::string format_problem(std::string_view name, std::string_view text) {
    auto const found = std::ranges::find(formats, name, &Format::name);
    std::string const key = "error.format." + std::string{name};
    if (found == formats.end()) return key;
    if (found->accepts) return found->accepts(text) ? "" : key;
    std::string_view const problem = found->problem(text);
    return problem.empty() ? "" : key + "." + std::string{problem};
}

bool has_format(std::string_view name, std::string_view text) { return format_problem(name, text).empty(); }

} // namespace sangu::entity
