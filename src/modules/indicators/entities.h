#pragma once

// What the module stores. Sources, indicators and targets are reference rows matched by their codes in files; places
// are the register's. An observation is one published or entered figure and is never overwritten.

#include "kernel/entity/entity.h"
#include "kernel/flow/flow.h"

#include <optional>
#include <string>

namespace sangu::indicators {

// How a figure behaves, which decides how its progress is computed (rules.h).
enum class Measure : std::uint8_t { cumulative_count, stock, flow, ratio, stock_ratio, cagr, rank, list, count };
constexpr auto choices_of(Measure) {
    using enum Measure;
    return choices<Measure>({{cumulative_count, "cumulative_count"},
                             {stock, "stock"},
                             {flow, "flow"},
                             {ratio, "ratio"},
                             {stock_ratio, "stock_ratio"},
                             {cagr, "cagr"},
                             {rank, "rank"},
                             {list, "list"},
                             {count, "count"}});
}

enum class Direction : std::uint8_t { up, down };
constexpr auto choices_of(Direction) {
    using enum Direction;
    return choices<Direction>({{up, "up"}, {down, "down"}});
}

// The four headings of the plan's goals; `series` are the statistical series behind them.
enum class Topic : std::uint8_t { environment, input, performance, competitiveness, series };
constexpr auto choices_of(Topic) {
    using enum Topic;
    return choices<Topic>({{environment, "environment"},
                           {input, "input"},
                           {performance, "performance"},
                           {competitiveness, "competitiveness"},
                           {series, "series"}});
}

enum class IndicatorStatus : std::uint8_t { active, retired };
constexpr auto choices_of(IndicatorStatus) {
    using enum IndicatorStatus;
    return choices<IndicatorStatus>({{active, "active"}, {retired, "retired"}});
}

// The words of the plan: 以上 at_least, 达到 reach, 力争 strive, 提升至第 at_most.
enum class Comparator : std::uint8_t { at_least, reach, strive, range, at_most, list };
constexpr auto choices_of(Comparator) {
    using enum Comparator;
    return choices<Comparator>({{at_least, "at_least"},
                                {reach, "reach"},
                                {strive, "strive"},
                                {range, "range"},
                                {at_most, "at_most"},
                                {list, "list"}});
}

// How sure a number is. `missing`: the plan has the place but no text gives the number.
enum class Certainty : std::uint8_t {
    verified_body_text,
    verified,
    secondary,
    derived,
    reported,
    estimated,
    background,
    missing
};
constexpr auto choices_of(Certainty) {
    using enum Certainty;
    return choices<Certainty>({{verified_body_text, "verified_body_text"},
                               {verified, "verified"},
                               {secondary, "secondary"},
                               {derived, "derived"},
                               {reported, "reported"},
                               {estimated, "estimated"},
                               {background, "background"},
                               {missing, "missing"}});
}

enum class PeriodKind : std::uint8_t { year, half, month, day, other };
constexpr auto choices_of(PeriodKind) {
    using enum PeriodKind;
    return choices<PeriodKind>({{year, "year"}, {half, "half"}, {month, "month"}, {day, "day"}, {other, "other"}});
}

enum class ObservationState : std::uint8_t { draft, submitted, returned, approved, published, discarded };
constexpr auto choices_of(ObservationState) {
    using enum ObservationState;
    return choices<ObservationState>({{draft, "draft"},
                                      {submitted, "submitted"},
                                      {returned, "returned"},
                                      {approved, "approved"},
                                      {published, "published"},
                                      {discarded, "discarded"}});
}

enum class TableKind : std::uint8_t { sources, indicators, targets, observations };
constexpr auto choices_of(TableKind) {
    using enum TableKind;
    return choices<TableKind>(
        {{sources, "sources"}, {indicators, "indicators"}, {targets, "targets"}, {observations, "observations"}});
}

struct Source {
    Id<Source> id;
    std::string code;
    std::string title;
    std::string title_en;
    std::string url;
    std::optional<Date> published;
    std::string note;
    std::int64_t version = 0;

    static entity::EntityMeta const meta;
};

struct Indicator {
    Id<Indicator> id;
    std::string code;
    std::string series_code; // where its observations are recorded; empty: under its own code
    std::string name_zh;
    std::string name_en;
    std::string unit;
    std::string unit_en;
    Measure kind = Measure::stock;
    Direction direction = Direction::up;
    Topic topic = Topic::series;
    std::int64_t decimals = 0;
    std::string numerator_code; // of a ratio that is pooled as sum over sum
    std::string denominator_code;
    double factor = 1; // value = factor × numerator ÷ denominator
    std::string definition_zh;
    std::string definition_en;
    std::string formula_zh;
    std::string formula_en;
    std::int64_t position = 0;
    IndicatorStatus status = IndicatorStatus::active;
    std::int64_t version = 0;

    static entity::EntityMeta const meta;
};

// One target of a plan for a place and year. Without a value it is open and shown as open. A quota is a target
// whose place is a city or park.
struct Target {
    Id<Target> id;
    std::string plan; // code of the plan: "czt-2017"
    std::string indicator;
    std::string place;          // code in the register
    std::int64_t from_year = 0; // first year that counts
    std::int64_t year = 0;      // due at the end of this year
    Comparator comparator = Comparator::reach;
    std::optional<double> value;
    std::optional<double> value_to; // upper end of a range
    bool soft = false;              // 力争
    std::optional<double> base_value;
    std::optional<std::int64_t> base_year;
    bool base_derived = false;
    std::optional<double> growth_percent; // the yearly growth the plan names on the way
    std::string source;
    Certainty status = Certainty::verified;
    std::string note;
    std::int64_t version = 0;

    static entity::EntityMeta const meta;
};

// One import of a file as an act of its own; the same file is recognised by its hash.
struct Import {
    Id<Import> id;
    TableKind kind = TableKind::observations;
    std::string file_name;
    std::string sha256;
    std::int64_t rows = 0;
    std::int64_t inserted = 0;
    std::int64_t updated = 0;
    std::string imported_by;
    Instant imported_at;

    static entity::EntityMeta const meta;
};

struct Observation {
    Id<Observation> id;
    std::string indicator; // code of the series
    std::string place;
    PeriodKind period_kind = PeriodKind::year;
    std::string period; // label: "2019", "2019H1", "2020-11"
    Date period_start;
    Date period_end;
    std::optional<Date> as_of; // the day it describes when that is not the end of the period
    Date vintage;              // day of publication, else of entry: the newest counts
    std::int64_t revision = 0; // counts restatements of one vintage
    double value = 0;
    std::optional<double> numerator;
    std::optional<double> denominator;
    std::string denominator_note;
    std::string unit;
    bool approximate = false; // "8500+"
    std::string source;
    std::string note;
    std::string note_en;
    Certainty status = Certainty::reported;
    ObservationState state = ObservationState::draft;
    std::string entered_by;
    std::string entered_by_name;
    Instant entered_at;
    std::string approved_by; // empty until approved
    std::string approved_by_name;
    std::optional<Instant> approved_at;
    std::optional<Date> known_on; // from this day it counts in "as it stood on day D"; set when published
    std::optional<Id<Observation>> restates;
    std::string reason; // of a restatement
    std::optional<Id<Import>> import_id;
    std::int64_t version = 0;

    static entity::EntityMeta const meta;
    static flow::Flow const flow;
};

// A period whose report was accepted: its figures change only by restatement with a reason.
struct PeriodLock {
    Id<PeriodLock> id;
    std::string plan;
    std::string place;
    std::string period;
    Date period_start;
    Date period_end;
    std::string locked_by;
    Instant locked_at;
    std::string report_id;

    static entity::EntityMeta const meta;
};

} // namespace sangu::indicators
