#include "modules/indicators/checks.h"
#include "modules/indicators/store.h"

#include <algorithm>

namespace sangu::indicators {

namespace {

// The report as a source of figures: one row, made at the first publication.
std::string source_of(Change& change, ReportOrigin const& origin, Date today) {
    std::string const code = "REP-" + origin.place + "-" + origin.period;
    if (change.transaction().exists("select 1 from indicators_source where code = ?", {code})) return code;
    auto const place = registry::place_of(change.transaction(), origin.place);
    Source source;
    source.id = new_id_of<Source>();
    source.code = code;
    auto const title = [&](i18n::Language language) {
        std::string const arguments[]{place ? place->name(language) : origin.place, origin.period};
        return i18n::message(language, "indicators.source.of_report", arguments);
    };
    source.title = title(i18n::Language::zh_hans);
    source.title_en = title(i18n::Language::en);
    source.published = today;
    change.create(source);
    return code;
}

} // namespace

Result<std::vector<std::string>> record_reported(Context const& context, Change& change, ReportOrigin const& origin,
                                                 std::span<ReportedFigure const> figures) {
    std::vector<std::string> ids;
    if (figures.empty()) return ids;
    auto const span = parse_period(origin.period);
    if (!span) return refuse({{"period", "indicators.error.period", {origin.period}}});
    auto const all = all_indicators(change.transaction());
    Date const today = context.today();
    std::string const source = source_of(change, origin, today);
    auto const place = registry::place_of(change.transaction(), origin.place);
    for (ReportedFigure const& figure : figures) {
        auto const indicator = std::ranges::find(all, figure.series, &Indicator::code);
        if (indicator == all.end())
            return refuse(Problems{{"", "indicators.error.unknown_indicator", {figure.series}}});
        Observation one;
        one.id = new_id_of<Observation>();
        one.indicator = figure.series;
        one.place = origin.place;
        one.period_kind = span->kind;
        one.period = origin.period;
        one.period_start = span->start;
        one.period_end = span->end;
        one.vintage = today;
        one.value = figure.value;
        one.unit = indicator->unit;
        one.source = source;
        one.note = figure.note;
        one.status = Certainty::reported;
        one.state = ObservationState::published;
        one.entered_by = origin.entered_by;
        one.entered_by_name = origin.entered_by_name;
        one.entered_at = context.now();
        one.approved_by = origin.approved_by;
        one.approved_by_name = origin.approved_by_name;
        one.approved_at = context.now();
        one.known_on = known_from(one, today);
        if (auto problems = entity::validate(one); !problems.empty()) return refuse(std::move(problems));
        std::string const scope = place ? place->path : "zone";
        change.create(one, scope);
        change.publish("indicators.observation.published", one.id.text, scope, "public");
        ids.push_back(one.id.text);
    }
    return ids;
}

} // namespace sangu::indicators
