#include "base/time_zone.h"
#include "kernel/i18n/i18n.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace sangu::i18n {
namespace {

// Adds one to the last digit of "12.99": rounding of decimal text, so that 2.675 becomes 2.68 as on paper.
void round_up(std::string& digits) {
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        if (*digit == '.') continue;
        if (*digit != '9') {
            ++*digit;
            return;
        }
        *digit = '0';
    }
    digits.insert(0, 1, '1');
}

std::string rounded(double positive, int decimals_max) {
    constexpr double exact_max = 1e15;
    if (positive < exact_max && positive == std::floor(positive))
        return std::to_string(static_cast<std::int64_t>(positive)); // most of what pages show
    std::array<char, 400> buffer;
    auto const end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), positive, std::chars_format::fixed).ptr;
    std::string digits{buffer.data(), end};
    std::size_t const point = digits.find('.');
    if (point == std::string::npos) return digits;
    std::size_t const kept = point + 1 + static_cast<std::size_t>(std::max(decimals_max, 0));
    if (digits.size() > kept) {
        bool const up = digits[kept] >= '5';
        digits.resize(kept);
        if (up) round_up(digits);
    }
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
    return digits;
}

constexpr std::array<std::string_view, 12> english_months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

} // namespace

std::string format_number(Language, double number, int decimals_max) {
    if (!std::isfinite(number)) return "–";
    std::string digits = rounded(std::abs(number), decimals_max);
    std::size_t at = std::min(digits.find('.'), digits.size());
    for (; at > 3; at -= 3) digits.insert(at - 3, 1, ',');
    return number < 0 && digits != "0" ? "−" + digits : digits;
}

std::string format_date(Language language, Date date) {
    auto const [year, month, day] = civil(date);
    if (language == Language::en)
        return std::to_string(day) + ' ' + std::string{english_months[static_cast<std::size_t>(month - 1)]} + ' ' +
               std::to_string(year);
    return std::to_string(year) + "年" + std::to_string(month) + "月" + std::to_string(day) + "日";
}

std::string format_time(Language language, Instant instant) {
    LocalTime const time = local(instant);
    return format_date(language, time.date) + (language == Language::en ? ", " : " ") + two_digits(time.hour) + ':' +
           two_digits(time.minute);
}

} // namespace sangu::i18n
