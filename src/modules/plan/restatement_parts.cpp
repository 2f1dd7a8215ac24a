#include "modules/plan/restatement_parts.h"

#include "base/text.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace sangu::plan {

using namespace html;

namespace {

std::string_view tone_of(RestatementState state) {
    using enum RestatementState;
    switch (state) {
    case asked: return "warn";
    case approved: return "good";
    case refused: return "bad";
    case withdrawn: return "muted";
    }
    return "muted";
}

// The restatements made at the figures themselves, as rows of the same kind.
void add_made_at_figures(Context& context, Report const& report, std::span<indicators::DueFigure const> due,
                         std::vector<Restated>& into) {
    auto const period = indicators::parse_period(report.period);
    if (!period) return;
    for (indicators::Observation const& one : indicators::restated_in(context.reader(), report.place, *period)) {
        bool const known =
            std::ranges::any_of(into, [&](Restated const& other) { return other.row.observation_id == one.id.text; });
        auto const figure = std::ranges::find(due, one.indicator, &indicators::DueFigure::series);
        if (known || figure == due.end()) continue;
        Restatement row;
        row.indicator = figure->indicator.code;
        row.value = one.value;
        row.as_of = one.as_of;
        row.reason = one.reason;
        row.state = RestatementState::approved;
        row.asked_by_name = one.entered_by_name;
        row.asked_on = one.vintage;
        row.decided_by_name = one.approved_by_name;
        row.decided_on = one.known_on;
        row.observation_id = one.id.text;
        into.push_back({std::move(row)});
    }
}

indicators::DueFigure const* figure_named(std::span<indicators::DueFigure const> due, std::string_view code) {
    auto const found = std::ranges::find(due, code, [](auto const& one) { return one.indicator.code; });
    return found == due.end() ? nullptr : &*found;
}

// "3 teams (as of 30 June 2017)", the day when it is known.
void value_on(Out& out, Context const& context, indicators::DueFigure const* figure, std::optional<double> value,
              std::optional<Date> day) {
    if (!value)
        out << context.t("plan.no_data");
    else if (figure)
        out << indicators::value_text(context, figure->indicator, *value);
    else
        out << to_text(*value);
    if (day) out << br() << small(cls("hint"), date_text(context, *day));
}

void who_and_when(Out& out, Context& context, Restatement const& one) {
    bool const staff = context.may(internal_permission, one.scope);
    out << context.t("plan.restatement.asked_on") << " " << date_text(context, one.asked_on);
    if (staff) out << " " << one.asked_by_name;
    if (one.decided_on) {
        out << br() << context.t("plan.restatement.decided_on") << " " << date_text(context, *one.decided_on);
        if (staff) out << " " << one.decided_by_name;
    }
    if (staff && !one.answer.empty()) out << br() << one.answer;
}

void row_of(Out& out, Context& context, std::span<indicators::DueFigure const> due, Restated const& restated) {
    Restatement const& one = restated.row;
    auto const* figure = figure_named(due, one.indicator);
    out << tr(id(one.id.text.empty() ? "figure-" + one.observation_id : "restatement-" + one.id.text),
              th(scope("row"), figure ? indicators::name_of(context.language, figure->indicator) : one.indicator),
              td(cls("num"), [&] { value_on(out, context, figure, one.value_before, one.as_of_before); }),
              td(cls("num"), [&] { value_on(out, context, figure, one.value, one.as_of); }), td(one.reason), td([&] {
                  badge(out, context.t("plan.restatement.state." + std::string{name_of(one.state)}),
                        tone_of(one.state));
                  out << br();
                  who_and_when(out, context, one);
                  if (one.id.text.empty()) return;
                  auto const offers = offers_for(context, one);
                  if (!offers.empty())
                      flow_buttons(out, context, Restatement::flow, offers, "/restatements/" + one.id.text);
              }));
}

} // namespace

std::vector<Restated> restated_of(Context& context, Report const& report, std::span<indicators::DueFigure const> due) {
    std::vector<Restated> all;
    bool const officer = context.may(submit_permission, report.scope) || context.may(accept_permission, report.scope) ||
                         context.may(publish_permission, report.scope);
    for (Restatement& one : restatements_of(context.reader(), report.id))
        if (officer || one.state == RestatementState::approved) all.push_back({std::move(one)});
    if (report.state == ReportState::published) add_made_at_figures(context, report, due, all);
    std::map<std::string, std::pair<std::optional<double>, std::optional<Date>>> last;
    for (Restated& one : all) {
        auto& [value, day] = last[one.row.indicator];
        if (one.row.id.text.empty()) {
            one.row.value_before = value;
            one.row.as_of_before = day;
        }
        if (one.row.state == RestatementState::approved)
            std::tie(value, day) = std::pair{one.row.value, one.row.decided_on};
    }
    return all;
}

void value_now(Out& out, Context const& context, indicators::DueFigure const& due, std::optional<double> reported,
               std::span<Restated const> restated) {
    auto const text = [&](std::optional<double> value) {
        return value ? indicators::value_text(context, due.indicator, *value) : std::string{context.t("plan.no_data")};
    };
    Restatement const* newest = nullptr;
    for (Restated const& one : restated)
        if (one.row.indicator == due.indicator.code && one.row.state == RestatementState::approved) newest = &one.row;
    if (!newest) {
        out << text(reported);
        return;
    }
    out << del(text(reported)) << " " << ins(text(newest->value));
    if (newest->decided_on)
        out << br()
            << small(cls("hint"), context.t("plan.restatement.restated_on", {date_text(context, *newest->decided_on)}));
}

void restatements_part(Out& out, Context& context, std::span<indicators::DueFigure const> due,
                       std::span<Restated const> restated) {
    if (restated.empty()) return;
    auto const heading = [&](std::string_view key, std::optional<std::string_view> look = {}) {
        return th(scope("col"), cls(look), context.t(key));
    };
    out << h2(id("restatements"), context.t("plan.restatement.plural"))
        << p(cls("hint"), context.t("plan.restatement.lead"))
        << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(context.t("plan.restatement.plural")),
               table(cls("table dense"),
                     thead(tr(heading("plan.restatement.indicator"), heading("plan.restatement.value_before", "num"),
                              heading("plan.restatement.value", "num"), heading("plan.restatement.reason"),
                              heading("plan.restatement.state"))),
                     tbody([&] {
                         for (Restated const& one : restated) row_of(out, context, due, one);
                     })));
}

} // namespace sangu::plan
