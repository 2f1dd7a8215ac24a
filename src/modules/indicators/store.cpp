#include "modules/indicators/store.h"

#include "modules/indicators/board.h"

#include <algorithm>
#include <map>

namespace sangu::indicators {

namespace {

#define FIGURE_COLUMNS                                                                                                 \
    "id, indicator, place, period_kind, period, period_start, period_end, as_of, vintage, value, numerator, "          \
    "denominator, approximate, status"
#define NEWEST_FIRST "period_end desc, period_start, vintage desc, revision desc, id desc"
#define NUMBERED                                                                                                       \
    "select " FIGURE_COLUMNS ", revision, row_number() over (partition by indicator, place order by " NEWEST_FIRST     \
    ") as position_in_place from indicators_observation "

Date date_at(db::Row const& row, int column) { return parse_date(row.text(column)).value_or(Date{}); }

template <class E> E choice_at(db::Row const& row, int column) {
    E one{};
    entity::Type<E>::read(one, row, column);
    return one;
}

void read(Figure& one, db::Row const& row) {
    auto const real_at = [&](int column) {
        return row.is_null(column) ? std::nullopt : std::optional{row.real(column)};
    };
    one.observation = row.text(0);
    one.indicator = row.text(1);
    one.place = row.text(2);
    one.period_kind = choice_at<PeriodKind>(row, 3);
    one.period = row.text(4);
    one.start = date_at(row, 5);
    one.end = date_at(row, 6);
    if (!row.is_null(7)) one.as_of = date_at(row, 7);
    one.vintage = date_at(row, 8);
    one.value = row.real(9);
    one.numerator = real_at(10);
    one.denominator = real_at(11);
    one.approximate = row.boolean(12);
    one.status = choice_at<Certainty>(row, 13);
}

// Keeps the first figure of each period, which is the newest vintage in the order of the queries.
void take_newest(std::vector<Figure>& figures, db::Row const& row) {
    read(figures.emplace_back(), row);
    if (figures.size() > 1 && is_same_period(figures[figures.size() - 2], figures.back())) figures.pop_back();
}

std::string marks(std::size_t count) {
    std::string text = "?";
    for (std::size_t i = 1; i < count; ++i) text += ", ?";
    return text;
}

std::string day_or_end(std::optional<Date> on) { return on ? to_text(*on) : std::string{"9999-12-31"}; }

} // namespace

std::vector<Indicator> all_indicators(db::Session& session) {
    return entity::where<Indicator>(session, "order by position, code limit 1000");
}

std::vector<Source> all_sources(db::Session& session) {
    return entity::where<Source>(session, "order by published desc, code limit 1000");
}

std::vector<Target> targets_of(db::Session& session, std::string_view plan) {
    return entity::where<Target>(session, "where plan = ? order by indicator, place, year limit 5000",
                                 {std::string{plan}});
}

#define PUBLISHED_AND_KNOWN "where state = 'published' and known_on <= ? and "

// One index scan gives the rows in order. Only where there are more than fit does each series and place get its share.
std::vector<Figure> figures_of_plan(db::Session& session, PlanAims const& plan, std::optional<Date> on, int per_place) {
    if (plan.series.empty()) return {};
    constexpr std::size_t rows_max = 4000;
    std::vector<Value> parameters{day_or_end(on)};
    parameters.insert(parameters.end(), plan.series.begin(), plan.series.end());
    std::string const of_plan = PUBLISHED_AND_KNOWN "indicator in (" + marks(plan.series.size()) + ")";
    std::size_t rows = 0;
    std::vector<Figure> result;
    session.query("select " FIGURE_COLUMNS " from indicators_observation " + of_plan +
                      " order by indicator, place, " NEWEST_FIRST " limit 4001",
                  db::Parameters{parameters}, [&](db::Row const& row) {
                      ++rows;
                      take_newest(result, row);
                  });
    if (rows <= rows_max) return result;
    result.clear();
    parameters.emplace_back(std::int64_t{per_place});
    session.query("select " FIGURE_COLUMNS " from (" NUMBERED + of_plan +
                      ") as numbered where position_in_place <= ? order by indicator, place, " NEWEST_FIRST
                      " limit 10000",
                  db::Parameters{parameters}, [&](db::Row const& row) { take_newest(result, row); });
    return result;
}

std::vector<Figure> figures_of_series(db::Session& session, std::string_view series, std::optional<Date> on) {
    std::vector<Figure> result;
    session.query("select " FIGURE_COLUMNS " from (" NUMBERED PUBLISHED_AND_KNOWN
                  "indicator = ?) as numbered where position_in_place <= 200 order by indicator, place, " NEWEST_FIRST
                  " limit 10000",
                  {day_or_end(on), std::string{series}}, [&](db::Row const& row) { take_newest(result, row); });
    return result;
}

std::vector<Observation> vintages_of(db::Session& session, Observation const& observation) {
    return entity::where<Observation>(
        session,
        "where state = 'published' and indicator = ? and place = ? and period_end = ? and "
        "period_start = ? order by vintage desc, revision desc limit 100",
        {observation.indicator, observation.place, to_text(observation.period_end), to_text(observation.period_start)});
}

std::vector<Observation> restated_in(db::Session& session, std::string_view place, Period const& period) {
    return entity::where<Observation>(session,
                                      "where place = ? and period_end = ? and period_start = ? and restates is not "
                                      "null and state = 'published' order by vintage, revision limit 500",
                                      {std::string{place}, to_text(period.end), to_text(period.start)});
}

std::vector<Observation> in_state(db::Session& session, ObservationState state, std::span<std::string const> places,
                                  int limit) {
    if (places.empty()) return {};
    std::vector<Value> parameters{std::string{sangu::name_of(state)}};
    std::string tail = "where state = ? and place in (";
    for (std::string const& place : places.first(std::min<std::size_t>(places.size(), 200))) {
        tail += parameters.size() == 1 ? "?" : ", ?";
        parameters.emplace_back(place);
    }
    tail += ") order by id desc limit ?";
    parameters.emplace_back(std::int64_t{limit});
    std::vector<Observation> result;
    Observation one;
    entity::each(session, Observation::meta, &one, tail, db::Parameters{parameters}, [&] { result.push_back(one); });
    return result;
}

std::vector<WaitingImport> waiting_imports(db::Session& session) {
    std::map<std::string, std::int64_t> waiting;
    session.query(
        "select import_id, count(*) from indicators_observation where state = 'submitted' and import_id is not null "
        "group by import_id limit 200",
        {}, [&](db::Row const& row) { waiting.emplace(row.text(0), row.integer(1)); });
    std::vector<WaitingImport> result;
    for (Import& one : entity::where<Import>(session, "order by imported_at desc limit 50"))
        if (auto const found = waiting.find(one.id.text); found != waiting.end())
            result.push_back({std::move(one), found->second});
        else
            result.push_back({std::move(one), 0});
    return result;
}

std::vector<Card> cards(Context const& context, std::string_view plan, std::string_view place, std::optional<Date> on) {
    Definitions const& all = definitions(context);
    PlanAims const* const wanted = all.plan(plan);
    if (!wanted) return {};
    auto const figures = figures_of_plan(context.reader(), *wanted, on);
    return make_cards({wanted->aims, all.places, figures}, place);
}

std::optional<Card> card(Context const& context, std::string_view plan, std::string_view indicator,
                         std::string_view place, std::optional<Date> on) {
    Definitions const& all = definitions(context);
    PlanAims const* const wanted = all.plan(plan);
    Indicator const* const found = all.find(indicator);
    if (!wanted || !found) return {};
    auto const figures = figures_of_series(context.reader(), series_of(*found), on);
    auto made = make_cards({wanted->aims, all.places, figures}, place, indicator);
    if (made.empty()) return {};
    return std::move(made.front());
}

std::vector<DueFigure> figures_to_report(db::Session& session, std::string_view plan, std::string_view place,
                                         Period const& period) {
    auto const all = all_indicators(session);
    auto const targets = targets_of(session, plan);
    std::map<std::string, Observation> recorded;
    for (auto& one : entity::where<Observation>(session,
                                                "where place = ? and period_start = ? and period_end = ? and state <> "
                                                "'discarded' order by vintage, revision limit 2000",
                                                {std::string{place}, to_text(period.start), to_text(period.end)}))
        recorded.insert_or_assign(one.indicator, one);
    std::vector<DueFigure> result;
    for (Indicator const& indicator : all) {
        if (indicator.kind == Measure::list || indicator.kind == Measure::cagr) continue;
        DueFigure due{indicator, std::string{series_of(indicator)}, {}, {}};
        bool in_plan = false;
        for (Target const& target : targets) {
            if (target.indicator != indicator.code) continue;
            in_plan = in_plan || target.place == place || target.place == "zone";
            if (target.place == place && target.value) due.quota = target.value;
        }
        if (!in_plan) continue;
        if (auto const found = recorded.find(due.series); found != recorded.end()) due.recorded = found->second;
        result.push_back(std::move(due));
    }
    return result;
}

} // namespace sangu::indicators
