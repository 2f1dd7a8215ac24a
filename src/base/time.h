#pragma once

// Civil dates and moments. Moments are UTC milliseconds; local time exists only at the edges
// (base/time_zone.h). A Clock is a parameter, so that tests can set it.

#include <atomic>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sangu {

// A civil date without a time zone: days since 1970-01-01 (proleptic Gregorian).
struct Date {
    std::int32_t days = 0;

    friend constexpr auto operator<=>(Date, Date) = default;
    friend constexpr Date operator+(Date date, int n) { return {date.days + n}; }
    friend constexpr int operator-(Date a, Date b) { return a.days - b.days; }
};

struct CivilDate {
    int year = 1970;
    int month = 1;
    int day = 1;
};

// A moment, UTC, in milliseconds since the Unix epoch.
struct Instant {
    std::int64_t ms = 0;

    friend constexpr auto operator<=>(Instant, Instant) = default;
};

CivilDate civil(Date date);
std::optional<Date> make_date(int year, int month, int day); // nothing for 30 February
int weekday(Date date);                                      // 0 Sunday … 6 Saturday
int year_of(Date date);

std::string to_text(Date date);       // "2025-03-31"
std::string to_text(Instant instant); // "2025-03-31T08:00:00.000Z"

// Exactly "YYYY-MM-DD" with years 0001–9999; nothing for a date that does not exist.
std::optional<Date> parse_date(std::string_view text);
// "YYYY-MM-DDTHH:MM[:SS[.fraction]]" followed by "Z" or "±HH:MM"; the fraction is cut to milliseconds.
std::optional<Instant> parse_instant(std::string_view text);

class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
    Instant now() const override;
};

// For tests: stands still until it is set.
class SetClock final : public Clock {
public:
    explicit SetClock(Instant start) : ms_{start.ms} {}
    Instant now() const override { return {ms_.load()}; }
    void set(Instant instant) { ms_ = instant.ms; }
    void advance_ms(std::int64_t ms) { ms_ += ms; }

private:
    std::atomic<std::int64_t> ms_;
};

} // namespace sangu
