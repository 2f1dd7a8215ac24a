#include "modules/plan/task_filter.h"

#include "base/text.h"

#include <algorithm>

namespace sangu::plan {

namespace {

enum Miss : unsigned { none = 0, section = 1, state = 2, place = 4, unit = 8, lateness = 16, search = 32 };

bool is_below(std::string_view code, std::string_view above) {
    return code == above || (code.starts_with(above) && code.size() > above.size() && code[above.size()] == '.');
}

bool is_found(TaskLine const& line, std::string const& folded) {
    for (std::string_view const text : {line.code, line.title_zh, line.title_en, line.lead_unit})
        if (i18n::fold(text).find(folded) != std::string::npos) return true;
    return false;
}

// Which of the filters a line does not pass.
unsigned misses(TaskLine const& line, TaskFilter const& filter, std::string const& folded, Date today) {
    unsigned result = none;
    if (!filter.section.empty() && !is_below(line.section, filter.section)) result |= section;
    if (!filter.state.empty() && name_of(line.state) != filter.state) result |= state;
    if (!filter.unit.empty() && line.lead_unit.empty() != (filter.unit == "open")) result |= unit;
    if (filter.overdue && !is_overdue(line.state, line.due, today)) result |= lateness;
    if (!folded.empty() && !is_found(line, folded)) result |= search;
    if (!filter.place.empty()) {
        bool found = false;
        each_part(line.places, [&](std::string_view code) { found = found || code == filter.place; });
        if (!found) result |= place;
    }
    return result;
}

void add(Counts& counts, std::string_view code, int more = 1) {
    auto const found = counts.find(code);
    if (found != counts.end())
        found->second += more;
    else
        counts.emplace(code, more);
}

// Counts of a column: neighbours in a list mostly have the same value.
class Tally {
public:
    void add(std::string_view value) {
        if (counted_.empty() || counted_.back().first != value) counted_.emplace_back(value, 0);
        ++counted_.back().second;
    }
    void into(Counts& counts) const {
        for (auto const& [value, count] : counted_) plan::add(counts, value, count);
    }
    // The same for values that name several: "changsha;zhuzhou".
    void parts_into(Counts& counts) const {
        Counts lists;
        into(lists);
        for (auto const& [list, count] : lists)
            each_part(list, [&, more = count](std::string_view part) { plan::add(counts, part, more); });
    }

private:
    std::vector<std::pair<std::string_view, int>> counted_;
};

// What is below a section counts for the ones above it too.
void add_up(Counts& sections) {
    for (auto const& [below, count] : Counts{sections})
        for (std::size_t dot = below.rfind('.'); dot != std::string::npos && dot > 0; dot = below.rfind('.', dot - 1))
            add(sections, std::string_view{below}.substr(0, dot), count);
}

struct Tallies {
    Tally sections, states, places, units;
    int overdue = 0;

    void count(TaskLine const& line, unsigned missed, Date today) {
        if (!(missed & ~section) && !line.section.empty()) sections.add(line.section);
        if (!(missed & ~state)) states.add(name_of(line.state));
        if (!(missed & ~unit)) units.add(line.lead_unit.empty() ? "open" : "given");
        if (!(missed & ~lateness) && is_overdue(line.state, line.due, today)) ++overdue;
        if (!(missed & ~place)) places.add(line.places);
    }
};

void sort_lines(std::vector<TaskLine const*>& lines, std::string_view sort) {
    bool const down = sort.starts_with('-');
    std::string_view const by = down ? sort.substr(1) : sort;
    auto const less = [&](TaskLine const* a, TaskLine const* b) {
        if (down) std::swap(a, b);
        if (by == "due") return a->due.value_or(Date{1 << 30}) < b->due.value_or(Date{1 << 30});
        if (by == "percent") return a->percent < b->percent;
        if (by == "lead_unit") return a->lead_unit < b->lead_unit;
        if (by == "state") return a->state < b->state;
        return false; // as in the plan
    };
    std::ranges::stable_sort(lines, less);
}

} // namespace

std::string TaskFilter::with(std::string_view name, std::string_view value) const {
    std::string address = "/tasks";
    char mark = '?';
    auto const add = [&](std::string_view key, std::string_view own) {
        std::string_view const used = key == name ? value : own;
        if (used.empty()) return;
        address += mark;
        mark = '&';
        address.append(key).append("=").append(http::percent_encode(used));
    };
    add("plan", plan);
    add("q", search);
    add("section", section);
    add("state", state);
    add("place", place);
    add("unit", unit);
    add("overdue", overdue ? "1" : "");
    add("sort", sort);
    add("view", view);
    add("page", "");
    return address;
}

TaskFilter task_filter(http::Request const& request, std::string_view plan_otherwise) {
    auto const text = [&](std::string_view name) { return shorten(trim(request.query_value(name).value_or("")), 100); };
    TaskFilter filter{.plan = text("plan"),
                      .search = text("q"),
                      .section = text("section"),
                      .state = text("state"),
                      .place = text("place"),
                      .unit = text("unit"),
                      .sort = text("sort"),
                      .view = text("view")};
    if (filter.plan.empty()) filter.plan = plan_otherwise;
    filter.overdue = text("overdue") == "1";
    filter.page = static_cast<int>(std::clamp<std::int64_t>(parse_integer(text("page")).value_or(1), 1, tasks_max));
    return filter;
}

TaskList listed(std::span<TaskLine const> all, TaskFilter const& filter, Date today) {
    TaskList list;
    list.lines.reserve(all.size());
    Tallies tallies;
    std::string const folded = filter.search.empty() ? "" : i18n::fold(filter.search);
    for (TaskLine const& line : all) {
        unsigned const missed = misses(line, filter, folded, today);
        tallies.count(line, missed, today);
        if (!missed) list.lines.push_back(&line);
    }
    tallies.sections.into(list.sections);
    tallies.states.into(list.states);
    tallies.units.into(list.units);
    tallies.places.parts_into(list.places);
    list.overdue = tallies.overdue;
    add_up(list.sections);
    if (!filter.sort.empty()) sort_lines(list.lines, filter.sort);
    return list;
}

} // namespace sangu::plan
