#include "base/time_zone.h"

#include <date/tz.h>

#include <cstdio>
#include <string>

namespace sangu {

namespace {

date::time_zone const& zone_named(std::string_view name) {
    static date::time_zone const& home = *date::locate_zone(std::string{default_zone});
    return name == default_zone ? home : *date::locate_zone(std::string{name});
}

} // namespace

LocalTime local(Instant instant, std::string_view zone) {
    date::sys_time<std::chrono::milliseconds> const moment{std::chrono::milliseconds{instant.ms}};
    auto const there = zone_named(zone).to_local(moment);
    auto const day = date::floor<date::days>(there);
    auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(there - day).count();
    return {Date{static_cast<std::int32_t>(day.time_since_epoch().count())}, static_cast<int>(seconds / 3600),
            static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60)};
}

Date local_date(Instant instant, std::string_view zone) { return local(instant, zone).date; }

Instant start_of(Date date, std::string_view zone) {
    date::local_time<std::chrono::milliseconds> const midnight{date::days{date.days}};
    return {zone_named(zone).to_sys(midnight, date::choose::earliest).time_since_epoch().count()};
}

std::string to_local_text(Instant instant, std::string_view zone) {
    LocalTime const there = local(instant, zone);
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, " %02d:%02d", there.hour, there.minute);
    return to_text(there.date) + buffer;
}

} // namespace sangu
