#pragma once

// Local time, only for pages, files for people and civil deadlines. Default zone Asia/Shanghai through
// the tz database (+09:00 in the summers of 1986–1991: never a fixed offset).

#include "base/time.h"

namespace sangu {

inline constexpr std::string_view default_zone = "Asia/Shanghai";

struct LocalTime {
    Date date;
    int hour = 0;
    int minute = 0;
    int second = 0;
};

// Throws std::runtime_error when the zone is unknown to the tz database.
LocalTime local(Instant instant, std::string_view zone = default_zone);
Date local_date(Instant instant, std::string_view zone = default_zone);
// The first moment of a civil date.
Instant start_of(Date date, std::string_view zone = default_zone);
std::string to_local_text(Instant instant, std::string_view zone = default_zone); // "2025-03-31 16:00"

} // namespace sangu
