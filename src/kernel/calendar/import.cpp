#include "base/embedded.h"
#include "base/text.h"
#include "kernel/calendar/calendar.h"
#include "kernel/json/json.h"

#include <algorithm>

namespace sangu::embedded {
std::span<EmbeddedFile const> calendar_files();
}

namespace sangu::calendar {

namespace {

struct Year {
    int year = 0;
    std::vector<DayException> days;
};

void refuse_day(Problems& problems, std::string_view year, std::size_t index, std::string_view key) {
    problems.push_back({.field = std::string{year} + "[" + std::to_string(index) + "]", .key = std::string{key}});
}

// A table may begin in the December before: the days of its New Year holiday.
bool belongs_to(Date date, int year) {
    return year_of(date) == year || (year_of(date) == year - 1 && civil(date).month == 12);
}

Year read_year(std::string_view name, json::Node days, Problems& problems) {
    Year result;
    auto const number = parse_integer(name);
    if (!number || *number < 1949 || *number > 9999 || days.kind() != json::Kind::array || days.size() > 400) {
        problems.push_back({.field = std::string{name}, .key = "error.calendar.year"});
        return result;
    }
    result.year = static_cast<int>(*number);
    for (std::size_t i = 0; i < days.size(); ++i) {
        json::Node const day = days.at(i);
        if (day.kind() != json::Kind::object) {
            refuse_day(problems, name, i, "error.calendar.day");
            continue;
        }
        auto const date = parse_date(day.text_of("date"));
        auto const off = day.find("isOffDay");
        if (!date || !belongs_to(*date, result.year))
            refuse_day(problems, name, i, "error.calendar.date");
        else if (!off || off->kind() != json::Kind::boolean)
            refuse_day(problems, name, i, "error.calendar.day");
        else
            result.days.push_back({*date, off->boolean(), shorten(day.text_of("name"), 60)});
    }
    return result;
}

Result<std::vector<Year>> parse(std::string_view text) {
    json::Document const document = TRY(json::Document::parse(text));
    json::Node const root = document.root();
    if (root.kind() != json::Kind::object || root.size() == 0)
        return refuse(Problems{{.key = "error.calendar.format"}});
    Problems problems;
    std::vector<Year> years;
    years.reserve(root.size());
    for (std::size_t i = 0; i < root.size(); ++i) years.push_back(read_year(root.key_at(i), root.at(i), problems));
    if (!problems.empty()) return refuse(std::move(problems));
    return years;
}

void store(db::Transaction& transaction, Year const& one, std::string_view source, Instant now) {
    std::int64_t const year = one.year;
    transaction.execute("delete from kernel_calendar_day where year = ?", {year});
    transaction.execute("insert into kernel_calendar_year (year, source, imported_at) values (?, ?, ?) "
                        "on conflict (year) do update set source = excluded.source, imported_at = excluded.imported_at",
                        {year, std::string{source}, to_text(now)});
    for (DayException const& day : one.days)
        transaction.execute("insert into kernel_calendar_day (year, date, off, name) values (?, ?, ?, ?) "
                            "on conflict (year, date) do update set off = excluded.off, name = excluded.name",
                            {year, to_text(day.date), day.off, day.name});
}

struct BuiltInYear {
    Year table;
    std::string_view source;
};

// The tables shipped in data/, each named after its origin (NOTICE).
std::vector<BuiltInYear> built_in_years() {
    std::vector<BuiltInYear> result;
    for (std::string_view const source : {"holiday-cn", "chinese-days"}) {
        auto const files = embedded::calendar_files();
        auto const file = std::ranges::find(files, std::string{source} + ".json", &EmbeddedFile::name);
        SANGU_ASSERT(file != files.end());
        auto years = parse(file->data);
        SANGU_ASSERT(years.has_value());
        for (Year& one : *years) result.push_back({std::move(one), source});
    }
    return result;
}

} // namespace

WorkingDays load(db::Session& session) {
    std::vector<DayException> days;
    std::set<int> years;
    // A day named by two tables counts as the later table says.
    session.query("select date, off, name from kernel_calendar_day order by date, year", {}, [&](db::Row const& row) {
        days.push_back({parse_date(row.text(0)).value_or(Date{}), row.boolean(1), std::string{row.text(2)}});
    });
    session.query("select year from kernel_calendar_year", {},
                  [&](db::Row const& row) { years.insert(static_cast<int>(row.integer(0))); });
    return {std::move(days), std::move(years)};
}

Result<int> import_years(db::Transaction& transaction, std::string_view json, std::string_view source, Instant now) {
    std::vector<Year> const years = TRY(parse(json));
    for (Year const& one : years) store(transaction, one, source, now);
    return static_cast<int>(years.size());
}

int import_built_in_years(db::Database& database, Instant now) {
    std::vector<BuiltInYear> const years = built_in_years();
    auto const is_missing = [](db::Session& session, BuiltInYear const& one) {
        return !session.exists("select 1 from kernel_calendar_year where year = ?", {std::int64_t{one.table.year}});
    };
    auto const reader = database.read();
    if (std::ranges::none_of(years, [&](BuiltInYear const& one) { return is_missing(*reader, one); })) return 0;
    int added = 0;
    database.write([&](db::Transaction& transaction) {
        added = 0;
        for (BuiltInYear const& one : years)
            if (is_missing(transaction, one)) store(transaction, one.table, one.source, now), ++added;
    });
    return added;
}

} // namespace sangu::calendar
