#include "modules/rights/numbers.h"

#include "base/text.h"
#include "kernel/i18n/i18n.h"

#include <algorithm>

namespace sangu::rights {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

// Half width, upper case, no blanks.
std::string tidy(std::string_view typed) {
    std::string result;
    for (char const c : i18n::fold(typed))
        if (c != ' ' && c != '\t') result += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return result;
}

std::string_view without(std::string_view text, std::string_view prefix) {
    return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

tl::unexpected<Error> wrong_number(std::string_view field, std::string_view key,
                                   std::vector<std::string> arguments = {}) {
    return refuse(Problems{{std::string{field}, std::string{key}, std::move(arguments)}});
}

bool fits_kind(char digit, RightKind kind) {
    if (kind == RightKind::invention) return digit == '1' || digit == '8';
    if (kind == RightKind::utility_model) return digit == '2' || digit == '9';
    return digit == '3';
}

// "CN110569471A", "CN201234567U": country, seven to nine digits, kind letter, perhaps a digit.
bool is_publication_number(std::string_view text) {
    if (!text.starts_with("CN")) return false;
    text.remove_prefix(2);
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits])) ++digits;
    std::string_view const mark = text.substr(digits);
    return digits >= 7 && digits <= 9 && !mark.empty() && mark.size() <= 2 && is_letter(mark[0]) &&
           (mark.size() == 1 || is_digit(mark[1]));
}

void check_patent(Right& right, Problems& problems) {
    std::optional<ApplicationNumber> applied, granted;
    auto const read = [&](std::optional<std::string>& number,
                          std::string_view field) -> std::optional<ApplicationNumber> {
        if (!number) return {};
        auto result = read_application_number(*number, field);
        if (!result) {
            problems.insert(problems.end(), result.error().problems.begin(), result.error().problems.end());
            return {};
        }
        if (!fits_kind(result->kind, right.kind))
            problems.push_back({std::string{field}, "rights.number.other_kind", {std::string{result->kind}}});
        return *std::move(result);
    };
    if ((applied = read(right.application_number, "application_number"))) right.application_number = applied->text;
    if ((granted = read(right.grant_number, "grant_number"))) right.grant_number = "ZL" + granted->text;
    if (applied && granted && applied->text != granted->text)
        problems.push_back({"grant_number", "rights.number.differs", {applied->text}});
    // A divisional keeps the date of its parent, so its number may be of a later year, never of an earlier one.
    if (applied && right.application_date && applied->year < year_of(*right.application_date))
        problems.push_back({"application_date", "rights.number.year", {std::to_string(applied->year)}});
    if (right.publication_number) {
        right.publication_number = tidy(*right.publication_number);
        if (!is_publication_number(*right.publication_number))
            problems.push_back({"publication_number", "rights.number.publication", {}});
    }
}

} // namespace

bool is_patent(RightKind kind) { return kind <= RightKind::design; }

char check_character(std::string_view digits) {
    int sum = 0, weight = 2;
    for (char const c : digits) {
        sum += (c - '0') * weight;
        weight = weight == 9 ? 2 : weight + 1;
    }
    int const rest = sum % 11;
    return rest == 10 ? 'X' : static_cast<char>('0' + rest);
}

Result<ApplicationNumber> read_application_number(std::string_view typed, std::string_view field) {
    std::string const tidied = tidy(typed);
    std::string_view const text = without(without(tidied, "CN"), "ZL");
    std::size_t const dot = text.find('.');
    std::string_view digits = text.substr(0, dot);
    std::optional<char> check;
    if (dot != std::string_view::npos && text.size() == dot + 2)
        check = text[dot + 1];
    else if (dot == std::string_view::npos && (digits.size() == 9 || digits.size() == 13)) {
        check = digits.back(); // written without the dot
        digits.remove_suffix(1);
    }
    bool const is_long = digits.size() == 12;
    if (!all_digits(digits) || (!is_long && digits.size() != 8) || (dot != std::string_view::npos && !check))
        return wrong_number(field, "rights.number.form");
    ApplicationNumber number{.text = std::string{digits}};
    int const two = (digits[0] - '0') * 10 + digits[1] - '0';
    number.year = is_long ? two * 100 + (digits[2] - '0') * 10 + digits[3] - '0' : (two < 85 ? 2000 : 1900) + two;
    number.kind = digits[is_long ? 4 : 2];
    if (std::string_view{"12389"}.find(number.kind) == std::string_view::npos)
        return wrong_number(field, "rights.number.kind_digit", {std::string{number.kind}});
    char const right = check_character(digits);
    if (!check) return wrong_number(field, "rights.number.no_check_digit", {std::string{right}});
    if (*check != right) return wrong_number(field, "rights.number.check_digit", {std::string{*check}});
    number.text.append(".").append(1, right);
    return number;
}

void check_numbers(Right& right, Problems& problems) {
    for (char const c : right.country)
        if (!is_letter(c)) {
            problems.push_back({"country", "rights.number.country", {}});
            return;
        }
    for (auto* number : {&right.application_number, &right.publication_number, &right.grant_number})
        if (*number) {
            **number = std::string{trim(**number)};
            if ((*number)->empty()) number->reset();
        }
    if (right.country == "CN" && is_patent(right.kind)) check_patent(right, problems);
    if (right.main_class && is_patent(right.kind) && right.kind != RightKind::design) {
        if (auto tidied = tidy_ipc(*right.main_class))
            right.main_class = std::move(tidied);
        else
            problems.push_back({"main_class", "rights.number.class", {}});
    }
}

std::string search_form(std::string_view number) {
    std::string const tidied = tidy(number);
    return std::string{without(without(tidied, "CN"), "ZL")};
}

std::optional<std::string> tidy_ipc(std::string_view typed) {
    std::string const text = tidy(typed);
    if (text.size() < 4 || text[0] < 'A' || (text[0] > 'H' && text[0] != 'Y')) return {};
    if (!is_digit(text[1]) || !is_digit(text[2]) || !is_letter(text[3])) return {};
    if (text.size() == 4) return text;
    std::string_view const group = std::string_view{text}.substr(4);
    std::size_t const slash = group.find('/');
    if (slash == std::string_view::npos || !all_digits(group.substr(0, slash)) || slash > 4) return {};
    std::string_view const sub = group.substr(slash + 1);
    if (!all_digits(sub) || sub.size() < 2 || sub.size() > 6) return {};
    return text.substr(0, 4) + " " + std::string{group};
}

} // namespace sangu::rights
