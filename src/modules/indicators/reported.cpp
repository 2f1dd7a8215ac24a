#include "modules/indicators/checks.h"
#include "modules/indicators/service.h"
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
        change.publish("indicators.observation.published", one.id.text, scope, "public", event_payload(change, one));
        ids.push_back(one.id.text);
    }
    return ids;
}

Result<std::string> record_restated(Context const& context, Change& change, AgreedRestatement const& agreed) {
    db::Transaction& transaction = change.transaction();
    auto const named = entity::find(transaction, Id<Observation>{agreed.observation});
    if (!named || named->state != ObservationState::published)
        return refuse(Refusal::conflict, "indicators.error.restate_published");
    Observation const before = vintages_of(transaction, *named).front();
    Observation after = before;
    after.id = new_id_of<Observation>();
    after.vintage = context.today();
    after.revision = next_revision(transaction, before);
    after.value = agreed.value;
    after.as_of = agreed.as_of;
    after.numerator.reset();
    after.denominator.reset();
    after.denominator_note.clear();
    after.approximate = false;
    after.status = Certainty::reported;
    after.restates = before.id;
    after.reason = agreed.reason;
    after.import_id.reset();
    after.entered_by = agreed.entered_by;
    after.entered_by_name = agreed.entered_by_name;
    after.entered_at = context.now();
    after.approved_by = agreed.approved_by;
    after.approved_by_name = agreed.approved_by_name;
    after.approved_at = context.now();
    after.known_on = known_from(after, context.today());
    after.version = 0;
    if (auto problems = entity::validate(after); !problems.empty()) return refuse(std::move(problems));
    std::string const scope = scope_of(transaction, after.place);
    change.create(after, scope);
    change.publish("indicators.observation.restated", after.id.text, scope, "public", event_payload(change, after));
    return after.id.text;
}

} // namespace sangu::indicators
