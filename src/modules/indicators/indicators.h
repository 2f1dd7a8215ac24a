#pragma once

// Definitions and values: what other modules may know. Codes are stable names ("I04", "changsha"), ids are of rows.

#include "kernel/context.h"
#include "modules/indicators/entities.h"
#include "modules/indicators/rules.h"
#include "modules/registry/registry.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::indicators {

// Events published: indicators.observation.published, .restated (public), indicators.observation.<step> (permission
// indicators.observation.enter), indicators.imported (public), indicators.period.locked (public).

inline constexpr std::string_view default_plan = "czt-2017";

// One figure as it is shown. `computed`: made here from published figures (pooled ratio, growth), with its parts.
struct Figure {
    std::string observation; // id; empty when computed
    std::string indicator;   // code of the series
    std::string place;
    PeriodKind period_kind = PeriodKind::year;
    std::string period;
    Date start, end;
    std::optional<Date> as_of;
    Date vintage;
    double value = 0;
    std::optional<double> numerator, denominator;
    bool approximate = false;
    bool computed = false;
    Certainty status = Certainty::reported;

    Date moment() const { return as_of.value_or(end); }
};

// One indicator of a plan for one place: target, what is known, how it stands.
struct Card {
    Indicator indicator;
    Target target;                 // the one due last
    std::vector<PathPoint> yearly; // earlier yearly targets that are given
    std::vector<int> open_years;   // yearly targets nobody has entered yet
    Goal goal;
    std::vector<PathPoint> path;
    std::optional<Figure> actual; // the newest within the plan's years, of this very place
    std::optional<Figure> later;  // the newest after them
    std::vector<Figure> history;  // all of this place, oldest first, newest vintage each
    std::vector<Figure> related;  // of other places when this one has none: newest of each city, pooled group, park
    std::optional<double> progress;
    Rating rating = Rating::no_data;
};

// Cards of a plan in the order of the indicators: one for each (indicator, place) with a target. `place`: only this
// one. `on`: as it stood on that day. A fixed number of queries.
std::vector<Card> cards(db::Session& session, std::string_view plan, std::string_view place = {},
                        std::optional<Date> on = {});
// One card; nothing when the plan has no such target.
std::optional<Card> card(db::Session& session, std::string_view plan, std::string_view indicator,
                         std::string_view place = {}, std::optional<Date> on = {});

// What a city or park must report for a period: the indicators of the plan with a target in this place or recorded
// city by city, with the figure already published or entered for the period.
struct DueFigure {
    Indicator indicator;
    std::string series; // where it is recorded
    std::optional<double> quota;
    std::optional<Observation> recorded; // newest of the period in any state but discarded
};
std::vector<DueFigure> figures_to_report(db::Session& session, std::string_view plan, std::string_view place,
                                         Period const& period);

std::vector<Indicator> all_indicators(db::Session& session); // in their order, at most 1,000
std::string name_of(i18n::Language language, Indicator const& indicator);
std::string name_of(i18n::Language language, Source const& source);
std::string definition_of(i18n::Language language, Indicator const& indicator);
std::string formula_of(i18n::Language language, Indicator const& indicator);
std::string note_of(i18n::Language language, Observation const& observation);
std::string unit_of(i18n::Language language, Indicator const& indicator);
std::string number_text(Context const& context, Indicator const& indicator, double value);
// "20 件/万人", "约 8,500 家": grouped, with the indicator's decimals and unit.
std::string value_text(Context const& context, Indicator const& indicator, double value, bool approximate = false);

// Closes the figures of a place and period after its report was accepted; repeating it changes nothing.
Result<void> lock_period(Context const& context, Change& change, std::string_view plan, std::string_view place,
                         std::string_view period, std::string_view report_id);
bool is_locked(db::Session& session, std::string_view place, Date start, Date end);

// The figures of an accepted report that becomes public, typed there and recorded here: published observations whose
// source is the report; gives their ids in order. They are of a period that is already closed. Who entered them and who
// approved them must be two people (the database checks it).
struct ReportedFigure {
    std::string series;
    double value = 0;
    std::string note;
};
struct ReportOrigin {
    std::string report_id, place, period;
    std::string entered_by, entered_by_name, approved_by, approved_by_name;
};
Result<std::vector<std::string>> record_reported(Context const& context, Change& change, ReportOrigin const& origin,
                                                 std::span<ReportedFigure const> figures);

// A correction of a published figure on which two people have agreed elsewhere: a new published observation that
// restates the newest one of the same figure; gives its id. Refuses "indicators.error.restate_published" when
// `observation` is not published.
struct AgreedRestatement {
    std::string observation;
    double value = 0;
    std::optional<Date> as_of;
    std::string reason;
    std::string entered_by, entered_by_name, approved_by, approved_by_name;
};
Result<std::string> record_restated(Context const& context, Change& change, AgreedRestatement const& agreed);
// Published restatements of the figures of a place and period, oldest first.
std::vector<Observation> restated_in(db::Session& session, std::string_view place, Period const& period);

} // namespace sangu::indicators
