#include "base/time.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace sangu {

namespace {

std::optional<int> digits(std::string_view text, std::size_t from, std::size_t count) {
    if (from + count > text.size()) return {};
    int value = 0;
    for (char const c : text.substr(from, count)) {
        if (c < '0' || c > '9') return {};
        value = value * 10 + (c - '0');
    }
    return value;
}

bool has(std::string_view text, std::size_t at, char c) { return at < text.size() && text[at] == c; }

constexpr std::int64_t ms_per_day = 86'400'000;

} // namespace

CivilDate civil(Date date) {
    std::chrono::year_month_day const ymd{std::chrono::sys_days{std::chrono::days{date.days}}};
    return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
            static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

std::optional<Date> make_date(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return {};
    std::chrono::year_month_day const ymd{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                          std::chrono::day{static_cast<unsigned>(day)}};
    if (day > 28 && !ymd.ok()) return {};
    return Date{static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count())};
}

int weekday(Date date) {
    return static_cast<int>(std::chrono::weekday{std::chrono::sys_days{std::chrono::days{date.days}}}.c_encoding());
}

int year_of(Date date) { return civil(date).year; }

std::string to_text(Date date) {
    CivilDate const c = civil(date);
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", c.year, c.month, c.day);
    return buffer;
}

std::string to_text(Instant instant) {
    std::int64_t const day = instant.ms >= 0 ? instant.ms / ms_per_day : (instant.ms - ms_per_day + 1) / ms_per_day;
    std::int64_t const rest = instant.ms - day * ms_per_day;
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d.%03dZ", static_cast<int>(rest / 3'600'000),
                  static_cast<int>(rest / 60'000 % 60), static_cast<int>(rest / 1000 % 60),
                  static_cast<int>(rest % 1000));
    return to_text(Date{static_cast<std::int32_t>(day)}) + buffer;
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
    unsigned worst = 0; // a byte that is no digit leaves more than 9
    auto const digit = [&](std::size_t at) {
        unsigned const value = static_cast<unsigned char>(text[at]) - unsigned{'0'};
        worst = std::max(worst, value);
        return static_cast<int>(value & 0xff);
    };
    int const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
    int const month = digit(5) * 10 + digit(6), day = digit(8) * 10 + digit(9);
    return worst > 9 ? std::nullopt : make_date(year, month, day);
}

std::optional<Instant> parse_instant(std::string_view text) {
    auto const date = parse_date(text.substr(0, 10));
    auto const hour = digits(text, 11, 2);
    auto const minute = digits(text, 14, 2);
    if (!date || !has(text, 10, 'T') || !hour || !has(text, 13, ':') || !minute || *hour > 23 || *minute > 59)
        return {};
    std::size_t at = 16;
    int second = 0;
    int ms = 0;
    if (has(text, at, ':')) {
        auto const seconds = digits(text, at + 1, 2);
        if (!seconds || *seconds > 60) return {};
        second = *seconds;
        at += 3;
        if (has(text, at, '.')) {
            int scale = 100;
            std::size_t const start = ++at;
            for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
                ms += (text[at] - '0') * scale;
            if (at == start) return {};
        }
    }
    std::int64_t offset_minutes = 0;
    if (has(text, at, 'Z') && at + 1 == text.size()) {
        offset_minutes = 0;
    } else if ((has(text, at, '+') || has(text, at, '-')) && at + 6 == text.size() && text[at + 3] == ':') {
        auto const hours = digits(text, at + 1, 2);
        auto const minutes = digits(text, at + 4, 2);
        if (!hours || !minutes || *hours > 18 || *minutes > 59) return {};
        offset_minutes = *hours * std::int64_t{60} + *minutes;
        if (text[at] == '-') offset_minutes = -offset_minutes;
    } else {
        return {};
    }
    std::int64_t const seconds = (static_cast<std::int64_t>(*hour) * 60 + *minute - offset_minutes) * 60 + second;
    return Instant{date->days * ms_per_day + seconds * 1000 + ms};
}

Instant SystemClock::now() const {
    using namespace std::chrono;
    return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

} // namespace sangu
