#include "kernel/entity/identifiers.h"

#include "base/text.h"

#include <algorithm>

namespace sangu::entity {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }
int digit(char c) { return c - '0'; }

// GB 11714: eight characters and a check character (10 is written X).
bool organisation_code_is_right(std::string_view code) {
    constexpr int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < 8; ++i) sum += weights[i] * (is_digit(code[i]) ? digit(code[i]) : code[i] - 'A' + 10);
    return code[8] == "0123456789X0"[11 - sum % 11];
}

// The digits of "0000-0002-1825-0097": groups of four with dashes, the last character may be X.
bool grouped_digits(std::string_view text, std::size_t groups, std::string& digits) {
    if (text.size() != groups * 5 - 1) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const is_dash = i % 5 == 4, is_last = i + 1 == text.size();
        if (is_dash ? text[i] != '-' : !is_digit(text[i]) && !(is_last && text[i] == 'X')) return false;
        if (!is_dash) digits += text[i];
    }
    return true;
}

} // namespace

std::string_view uscc_problem(std::string_view text) {
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    constexpr int weights[] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    if (count_characters(text) != 18) return "length";
    if (text.size() != 18 || text.find_first_not_of(alphabet) != std::string_view::npos) return "character";
    if (!organisation_code_is_right(text.substr(8, 9))) return "organisation_check";
    int sum = 0;
    for (std::size_t i = 0; i < 17; ++i) sum += weights[i] * static_cast<int>(alphabet.find(text[i]));
    return text[17] == alphabet[static_cast<std::size_t>((31 - sum % 31) % 31)] ? "" : "check";
}

std::string bare_patent_application(std::string_view text) {
    std::string bare;
    for (char const c : text)
        if (c != ' ') bare += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return bare.starts_with("CN") || bare.starts_with("ZL") ? bare.substr(2) : bare;
}

std::string_view patent_application_problem(std::string_view text) {
    std::string const bare = bare_patent_application(text);
    std::size_t const dot = bare.find('.');
    std::string_view const number = std::string_view{bare}.substr(0, dot);
    if (dot == std::string::npos || dot + 2 != bare.size() || (number.size() != 8 && number.size() != 12))
        return "length";
    if (!all_digits(number) || (!is_digit(bare.back()) && bare.back() != 'X')) return "character";
    bool const is_new = number.size() == 12;
    int const year = is_new ? std::stoi(bare.substr(0, 4)) : 1900 + std::stoi(bare.substr(0, 2));
    // Applications are taken since 1 April 1985; of the old form the years 2000 to 2003 are written 00 to 03.
    bool const year_is_right = is_new ? year >= 2003 && year < 2100 : year >= 1985 || year <= 1903;
    if (!year_is_right) return "year";
    if (std::string_view{"12389"}.find(number[is_new ? 4 : 2]) == std::string_view::npos) return "kind";
    int sum = 0;
    for (std::size_t i = 0; i < number.size(); ++i) sum += digit(number[i]) * static_cast<int>(2 + i % 8);
    return bare.back() == "0123456789X"[sum % 11] ? "" : "check";
}

std::string_view orcid_problem(std::string_view text) {
    std::string digits;
    if (!grouped_digits(text, 4, digits)) return "form";
    int total = 0;
    for (std::size_t i = 0; i < 15; ++i) total = (total + digit(digits[i])) * 2;
    return digits[15] == "0123456789X"[(12 - total % 11) % 11] ? "" : "check";
}

std::string_view issn_problem(std::string_view text) {
    std::string digits;
    if (!grouped_digits(text, 2, digits)) return "form";
    int sum = 0;
    for (int i = 0; i < 7; ++i) sum += digit(digits[static_cast<std::size_t>(i)]) * (8 - i);
    return digits[7] == "0123456789X"[(11 - sum % 11) % 11] ? "" : "check";
}

std::string_view doi_problem(std::string_view text) {
    std::size_t const slash = text.find('/');
    if (!text.starts_with("10.") || slash == std::string_view::npos || slash + 1 == text.size()) return "form";
    std::string_view const registrant = text.substr(3, slash - 3);
    bool const registrant_is_right = registrant.size() >= 4 &&
                                     std::ranges::all_of(registrant, [](char c) { return is_digit(c) || c == '.'; }) &&
                                     is_digit(registrant.front()) && is_digit(registrant.back());
    bool const suffix_is_right = std::ranges::all_of(text.substr(slash), [](char c) {
        return static_cast<unsigned char>(c) > ' ' && c != 0x7F && c != '"' && c != '<' && c != '>';
    });
    return registrant_is_right && suffix_is_right ? "" : "form";
}

} // namespace sangu::entity
