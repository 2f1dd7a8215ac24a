#include "modules/library/counters.h"

#include "base/time_zone.h"

namespace sangu::library {

namespace {

constexpr int year_days = 365;

using Figures = std::map<std::pair<std::string, std::string>, std::int64_t>;

void take(db::Session& session, Figures& figures, std::string_view name, std::string_view sql,
          std::initializer_list<Value> parameters) {
    session.query(sql, parameters,
                  [&](db::Row const& row) { figures[{std::string{row.text(0)}, std::string{name}}] = row.integer(1); });
}

Figures count(db::Session& session, Date today) {
    auto const first = make_date(civil(today).year, civil(today).month, 1).value_or(today);
    std::string const month = to_text(first), year = to_text(today + -year_days), now = to_text(today);
    Figures figures;
    take(session, figures, "live", "select kind, count(*) from library_entry where state = 'published' group by kind",
         {});
    take(session, figures, "confirmed",
         "select kind, count(*) from library_entry where state = 'published' and confirmed_on >= ? group by kind",
         {month});
    take(session, figures, "results",
         "select kind, count(*) from library_entry where state = 'ended' and ended_on >= ? and outcome in ('transfer', "
         "'licence', 'development', 'investment', 'service', 'employment') group by kind",
         {year});
    constexpr std::string_view due = "select e.kind, count(*) from library_thread t join library_entry e on e.id = "
                                     "t.entry_id where t.answer_due < ? and t.answer_due >= ?";
    take(session, figures, "due", std::string{due} + " group by e.kind", {now, year});
    take(session, figures, "answered", std::string{due} + " and t.answered_on <= t.answer_due group by e.kind",
         {now, year});
    return figures;
}

} // namespace

std::map<std::string, Counters, std::less<>> counters(db::Session& session) {
    std::map<std::string, Counters, std::less<>> all;
    session.query("select kind, name, value, as_of from library_counter", {}, [&](db::Row const& row) {
        Counters& one = all[std::string{row.text(0)}];
        std::string_view const name = row.text(1);
        one.as_of = parse_instant(row.text(3)).value_or(Instant{});
        if (name == "live") one.live = row.integer(2);
        if (name == "confirmed") one.confirmed = row.integer(2);
        if (name == "due") one.due = row.integer(2);
        if (name == "answered") one.answered = row.integer(2);
        if (name == "results") one.results = row.integer(2);
    });
    return all;
}

Result<void> renew_counters(Context& context) {
    context.refresh();
    Figures const figures = count(context.reader(), context.today());
    return context.change<void>([&](Change& change) -> Result<void> {
        change.transaction().execute("delete from library_counter");
        for (auto const& [key, value] : figures)
            change.transaction().execute("insert into library_counter (kind, name, value, as_of) values (?, ?, ?, ?)",
                                         {key.first, key.second, value, to_text(context.now())});
        return {};
    });
}

} // namespace sangu::library
