#pragma once

// The half-year and annual report of a city or park: figures typed once, progress of its tasks, evidence.

#include "kernel/entity/entity.h"
#include "kernel/flow/flow.h"

#include <optional>
#include <string>

namespace sangu::plan {

enum class ReportKind : std::uint8_t { half_year, annual };
constexpr auto choices_of(ReportKind) {
    return choices<ReportKind>({{ReportKind::half_year, "half_year"}, {ReportKind::annual, "annual"}});
}

enum class ReportState : std::uint8_t { open, submitted, returned, accepted, published };
constexpr auto choices_of(ReportState) {
    using enum ReportState;
    return choices<ReportState>({{open, "open"},
                                 {submitted, "submitted"},
                                 {returned, "returned"},
                                 {accepted, "accepted"},
                                 {published, "published"}});
}

struct Report {
    Id<Report> id;
    std::string plan;
    std::string place; // code in the register
    ReportKind kind = ReportKind::half_year;
    std::string period; // "2017H1", "2017"
    Date due;
    ReportState state = ReportState::open;
    std::string summary;
    std::optional<Date> submitted_on; // the first time: what counts for being late
    std::string submitted_by;
    std::string submitted_by_name;
    std::string accepted_by;
    std::string accepted_by_name;
    std::optional<Date> accepted_on;
    std::string published_by;
    std::string published_by_name;
    std::optional<Date> published_on;
    std::string scope = "zone"; // of the place
    std::int64_t version = 0;

    static entity::EntityMeta const meta;
    static flow::Flow const flow;
};

// One figure of a report. Either it was already recorded (observation_id) or it is typed here and recorded when the
// report is published. No value: the note must say why.
struct ReportFigure {
    Id<ReportFigure> id;
    Id<Report> report_id;
    std::string indicator;
    std::optional<double> value;
    std::string note;
    std::string observation_id;

    static entity::EntityMeta const meta;
};

enum class RestatementState : std::uint8_t { asked, approved, refused, withdrawn };
constexpr auto choices_of(RestatementState) {
    using enum RestatementState;
    return choices<RestatementState>(
        {{asked, "asked"}, {approved, "approved"}, {refused, "refused"}, {withdrawn, "withdrawn"}});
}

// A correction of one figure after its report was accepted: the old value stays, the new one counts once another person
// has approved it.
struct Restatement {
    Id<Restatement> id;
    Id<Report> report_id;
    std::string indicator;
    std::optional<double> value_before; // empty: the report had no data
    std::optional<Date> as_of_before;   // the day the old value was published; empty: not yet
    double value = 0;
    std::optional<Date> as_of; // the day it describes when that is not the end of the period
    std::string reason;
    RestatementState state = RestatementState::asked;
    std::string asked_by;
    std::string asked_by_name;
    Date asked_on;
    std::string decided_by;
    std::string decided_by_name;
    std::optional<Date> decided_on;
    std::string answer;         // why it was refused
    std::string observation_id; // the figure it was recorded as; empty until the report is public
    std::string scope = "zone"; // of the report
    std::int64_t version = 0;

    static entity::EntityMeta const meta;
    static flow::Flow const flow;
};

struct ReportTask {
    Id<ReportTask> id;
    Id<Report> report_id;
    std::string task;
    std::optional<std::int64_t> percent;
    std::string text;

    static entity::EntityMeta const meta;
};

} // namespace sangu::plan
