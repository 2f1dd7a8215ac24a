#include "modules/plan/page_parts.h"

#include <algorithm>

namespace sangu::plan {

using namespace html;

namespace {

struct ReportGrid {
    Context& context;
    std::vector<Plan> plans;
    Plan plan;
    std::vector<registry::PlaceCard> places; // cities and high-tech zones
    std::vector<ReportPeriod> periods;
    std::vector<Report> reports;
    bool staff = false, opener = false;
};

void cell(Out& out, ReportGrid const& grid, registry::PlaceCard const& place, ReportPeriod const& period) {
    auto const found = std::ranges::find_if(
        grid.reports, [&](Report const& one) { return one.place == place.code && one.period == period.name; });
    if (found == grid.reports.end() || !may_read(grid.context, *found)) {
        out << span(cls("hint"), grid.context.t("plan.report.none"));
        return;
    }
    out << a(href(Url::path("/reports", found->id.text)),
             grid.context.t("plan.report.state." + std::string{name_of(found->state)}),
             span(cls("visually-hidden"), " ", place.name(grid.context.language), " ",
                  period_text(grid.context, period.name)));
    if (is_late(*found, grid.context.today())) {
        out << " ";
        badge(out, grid.context.t("plan.late"), "bad");
    }
}

void calendar_table(Out& out, ReportGrid const& grid) {
    out << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(grid.context.t("plan.report.calendar")),
               table(cls("table"),
                     thead(tr(th(scope("col"), grid.context.t("plan.report.place")),
                              [&] {
                                  for (ReportPeriod const& period : grid.periods)
                                      out << th(
                                          scope("col"), period_text(grid.context, period.name), br(),
                                          small(cls("hint"), grid.context.t("plan.report.due_on",
                                                                            {date_text(grid.context, period.due)})));
                              })),
                     tbody([&] {
                         for (registry::PlaceCard const& place : grid.places)
                             out << tr(th(scope("row"), place.name(grid.context.language)), [&] {
                                 for (ReportPeriod const& period : grid.periods)
                                     out << td([&] { cell(out, grid, place, period); });
                             });
                     })));
}

void open_part(Out& out, ReportGrid const& grid) {
    if (!grid.opener) return;
    out << details(cls("card"), summary(grid.context.t("plan.report.open")), [&] {
        open_form(out, grid.context, "/reports", "form");
        out << input(type("hidden"), name("plan"), value(grid.plan.code));
        out << div(cls("field"), label(for_("period"), grid.context.t("plan.report.period")),
                   select(id("period"), name("period"), each(grid.periods, [&](ReportPeriod const& period) {
                              return option(value(period.name), period_text(grid.context, period.name));
                          })));
        out << fieldset(legend(grid.context.t("plan.report.places")), [&] {
            for (registry::PlaceCard const& place : grid.places)
                out << label(cls("choice"), for_("place-" + place.code),
                             input(type("checkbox"), id("place-" + place.code), name("place"), value(place.code),
                                   checked(place.kind == "city")),
                             span(place.name(grid.context.language)));
        });
        end_form(out, grid.context.t("plan.report.open"));
    });
}

} // namespace

http::Reply reports_page(Context& context, http::Request& request) {
    std::string code{request.query_value("plan").value_or("")};
    if (code.empty()) code = plan_with_tasks(context.reader());
    auto const plan_row = plan_named(context.reader(), code);
    if (!plan_row) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    ReportGrid grid{.context = context, .plans = plans(context.reader()), .plan = *plan_row};
    grid.periods = report_periods(plan_row->year_from, plan_row->year_to);
    grid.reports = reports_of(context.reader(), code);
    grid.opener = context.may(accept_permission);
    for (auto& place : registry::places(context.reader()))
        if (place.kind == "city" || place.kind == "htz") grid.places.push_back(std::move(place));
    html::Page const page{.title = std::string{context.t("plan.report.plural")},
                          .lead = std::string{context.t("plan.report.lead")},
                          .wide = true};
    return render(context, page, [&](Out& out) {
        out << ul(cls("tabs"), aria_label(context.t("plan.plan.plural")), [&] {
            for (Plan const& one : grid.plans)
                out << li(a(href(Url::path("/reports").query("plan", one.code)),
                            aria_current(one.code == code ? std::optional<std::string_view>{"true"} : std::nullopt),
                            one.year_from, "–", one.year_to));
        });
        calendar_table(out, grid);
        open_part(out, grid);
    });
}

http::Reply open_reports_post(Context& context, http::Request& request) {
    std::vector<std::string> places;
    for (auto const& [name, value] : request.form)
        if (name == "place" && places.size() < 100) places.push_back(value);
    std::string const plan{request.form_value("plan").value_or("")};
    auto const done = open_reports(context, plan, request.form_value("period").value_or(""), places);
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/reports?plan=" + http::percent_encode(plan) + "&done=done.saved");
}

} // namespace sangu::plan
