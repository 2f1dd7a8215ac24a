#include "kernel/imports/dates.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <vector>

namespace sangu::imports {

namespace {

constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                     "jul", "aug", "sep", "oct", "nov", "dec"};

int month_of(std::string_view word) {
    if (word.size() < 3) return 0;
    auto const found = std::ranges::find(months, word.substr(0, 3));
    return found == months.end() ? 0 : static_cast<int>(found - months.begin()) + 1;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

// The parts of a date: "1 Sep 2017" → 1, sep, 2017. A time of day at the end is cut.
std::vector<std::string> parts_of(std::string_view typed) {
    std::string text = to_lower_ascii(trim(typed));
    for (auto const& [wide, narrow] : {std::pair{"年", "-"},
                                       {"月", "-"},
                                       {"日", " "},
                                       {"／", "/"},
                                       {"．", "."},
                                       {"－", "-"},
                                       {"，", ","},
                                       {"\xe3\x80\x80", " "}})
        replace_all(text, wide, narrow);
    for (char digit = 0; digit < 10; ++digit)
        replace_all(text, std::string{'\xEF', '\xBC', static_cast<char>(0x90 + digit)},
                    std::string(1, static_cast<char>('0' + digit)));
    std::size_t const clock = text.find(':');
    if (clock != std::string::npos) {
        std::size_t const start = text.find_last_of(" t", clock);
        text = start == std::string::npos ? text : text.substr(0, start);
    }
    std::vector<std::string> parts;
    std::string part;
    for (char const c : text + ' ') {
        bool const is_between = c == '-' || c == '/' || c == '.' || c == ' ' || c == ',';
        if (!is_between) {
            part += c;
            continue;
        }
        if (!part.empty()) parts.push_back(std::move(part));
        part.clear();
    }
    return parts;
}

int number(std::string_view text, std::size_t digits_max) {
    if (text.empty() || text.size() > digits_max) return 0;
    if (!std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return 0;
    return static_cast<int>(parse_integer(text).value_or(0));
}

int year_of(std::string_view text) { return text.size() == 4 ? number(text, 4) : 0; }

std::optional<Date> compact(std::string_view text) {
    if (text.size() != 8) return {};
    int const year = year_of(text.substr(0, 4));
    if (year < 1900 || year > 2100) return {};
    return make_date(year, number(text.substr(4, 2), 2), number(text.substr(6, 2), 2));
}

std::optional<Date> named(std::vector<std::string> const& parts) {
    auto const day_of = [](std::string_view text) {
        for (std::string_view const ending : {"st", "nd", "rd", "th"})
            if (text.ends_with(ending)) text.remove_suffix(2);
        return number(text, 2);
    };
    if (int const month = month_of(parts[1])) return make_date(year_of(parts[2]), month, day_of(parts[0]));
    if (int const month = month_of(parts[0])) return make_date(year_of(parts[2]), month, day_of(parts[1]));
    return {};
}

} // namespace

std::optional<TwoNumbers> two_numbers(std::string_view text) {
    auto const parts = parts_of(text);
    if (parts.size() != 3 || year_of(parts[2]) == 0) return {};
    int const first = number(parts[0], 2), second = number(parts[1], 2), year = year_of(parts[2]);
    if (first == 0 || second == 0) return {};
    TwoNumbers const could{make_date(year, first, second).has_value(), make_date(year, second, first).has_value()};
    if (!could.month_first && !could.day_first) return {};
    return could;
}

std::optional<Date> parse_file_date(std::string_view text, DateOrder order) {
    if (auto const plain = parse_date(text)) return plain;
    auto const parts = parts_of(text);
    if (parts.size() == 1) return compact(parts[0]);
    if (parts.size() != 3) return {};
    if (int const year = year_of(parts[0])) return make_date(year, number(parts[1], 2), number(parts[2], 2));
    if (auto const date = named(parts)) return date;
    int const year = year_of(parts[2]), first = number(parts[0], 2), second = number(parts[1], 2);
    if (year == 0 || first == 0 || second == 0) return {};
    if (order == DateOrder::month_first) return make_date(year, first, second);
    if (order == DateOrder::day_first) return make_date(year, second, first);
    return {};
}

void OrderEvidence::add(std::string_view text, std::int64_t line) {
    auto const could = two_numbers(text);
    if (!could) return;
    if (dates_++ == 0) text_ = text;
    if (could->month_first == could->day_first) return;
    std::int64_t& decided = could->month_first ? month_first_line_ : day_first_line_;
    if (decided) return;
    decided = line;
    text_ = text;
}

DateOrder OrderEvidence::known() const {
    if (is_contradicting() || (!month_first_line_ && !day_first_line_)) return DateOrder::unknown;
    return month_first_line_ ? DateOrder::month_first : DateOrder::day_first;
}

} // namespace sangu::imports
