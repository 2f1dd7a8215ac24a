#pragma once

// How an entry stays true: its owner confirms it again and again. Pure.

#include "modules/library/entities.h"

#include <span>

namespace sangu::library {

// The periods in force on a day.
struct Terms {
    std::int64_t confirm_days = 90;   // after these an entry is overdue
    std::int64_t remind_days = 14;    // the owner is told so many days before
    std::int64_t grace_days = 30;     // so many days later an overdue entry leaves the list
    std::int64_t answer_workdays = 5; // for answering an expression of interest
};
Terms terms_on(std::span<Term const> all, Date day);

// Sets the days that follow from a confirmation today.
void confirm(Entry& entry, Date today, Terms const& terms);

enum class Due : std::uint8_t { nothing, remind, overdue, expire };
// What the clock has to do with a published entry today. One thing at a time: called again until nothing is due.
Due due_on(Entry const& entry, Date today);
// Takes the step in memory and sets the day of the next one; expiring itself is a step of the flow.
void pass(Entry& entry, Due due, Terms const& terms);

} // namespace sangu::library
