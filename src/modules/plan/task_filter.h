#pragma once

// What a reader asks of the task list, read from the address, and how many tasks each other choice would show.

#include "modules/plan/page_parts.h"

#include <map>

namespace sangu::plan {

inline constexpr int tasks_on_page = 50;

struct TaskFilter {
    std::string plan, search, section, state, place, unit, sort, view; // unit: "open" or "given"
    bool overdue = false;
    int page = 1;

    bool any() const {
        return overdue || !search.empty() || !section.empty() || !state.empty() || !place.empty() || !unit.empty();
    }
    // The address of the same list with one parameter changed; an empty value removes it.
    std::string with(std::string_view name, std::string_view value) const;
};

TaskFilter task_filter(http::Request const& request, std::string_view plan_otherwise);

// How many tasks each choice would show, by its code.
using Counts = std::map<std::string, int, std::less<>>;

struct TaskList {
    std::vector<TaskLine const*> lines; // all that match, sorted
    Counts sections, states, places, units;
    int overdue = 0;
};
// A section counts for the ones above it too.
TaskList listed(std::span<TaskLine const> all, TaskFilter const& filter, Date today);

} // namespace sangu::plan
