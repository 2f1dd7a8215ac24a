#include "base/text.h"
#include "modules/indicators/board.h"
#include "modules/indicators/indicator_chart.h"
#include "modules/indicators/page_parts.h"
#include "modules/indicators/pages.h"
#include "modules/indicators/store.h"

#include <algorithm>

namespace sangu::indicators {

using namespace html;

namespace {

// Everything one indicator's page shows, gathered before the first byte is written.
struct Subject {
    View view;
    Indicator indicator;
    Indicator series; // where its figures are recorded
    std::optional<Date> on;
    std::vector<Card> cards;     // of this plan: the main one first, then quotas
    Card const* card = nullptr;  // of the chosen place
    std::string place;           // the chosen one
    std::vector<Figure> figures; // of every place, computed ones included, newest period first
    std::vector<Figure> own;     // of the chosen place, oldest first

    Context& context() const { return view.context; }
};

std::vector<Figure> all_figures(Subject const& subject, std::vector<Figure> figures) {
    auto pooled = pooled_figures(subject.indicator, subject.view.places, figures);
    figures.insert(figures.end(), pooled.begin(), pooled.end());
    std::ranges::stable_sort(figures, [](Figure const& a, Figure const& b) { return a.moment() > b.moment(); });
    return figures;
}

Result<Subject> gather(Context& context, http::Request const& request) {
    Subject subject{.view = View{context, requested_plan(context, request)}, .on = requested_day(request)};
    Definitions const& all = definitions(context);
    Indicator const* const found = all.find(request.parameter("code"));
    if (!found) return refuse(Refusal::not_found, "error.not_found");
    Indicator const* const series = all.find(series_of(*found));
    subject.indicator = *found;
    subject.series = series ? *series : *found;
    auto const published = figures_of_series(context.reader(), series_of(*found), subject.on);
    if (PlanAims const* const plan = all.plan(subject.view.plan))
        subject.cards = make_cards({plan->aims, all.places, published}, {}, found->code);
    subject.figures = all_figures(subject, published);
    auto const asked = request.query_value("place");
    if (asked && registry::find_place(subject.view.places, *asked))
        subject.place = *asked;
    else if (!subject.cards.empty())
        subject.place = subject.cards.front().target.place;
    else if (!subject.figures.empty())
        subject.place = subject.figures.front().place;
    for (Card const& card : subject.cards)
        if (card.target.place == subject.place) subject.card = &card;
    if (subject.card)
        subject.own = subject.card->history;
    else
        for (Figure const& one : subject.figures)
            if (one.place == subject.place) subject.own.insert(subject.own.begin(), one);
    return subject;
}

void choose_form(Out& out, Subject const& subject) {
    View const& view = subject.view;
    std::vector<std::string> offered;
    for (Card const& card : subject.cards) offered.push_back(card.target.place);
    for (Figure const& figure : subject.figures) offered.push_back(figure.place);
    out << form(cls("filters"), method("get"), action(indicator_url(subject.indicator.code)), [&] {
        if (view.plan != default_plan) out << input(type("hidden"), name("plan"), value(view.plan));
        out << div(cls("field"), label(for_("place"), view.t("indicators.observation.place")),
                   select(id("place"), name("place"), [&] {
                       for (registry::PlaceCard const& place : view.places)
                           if (std::ranges::find(offered, place.code) != offered.end())
                               out << option(value(place.code), selected(place.code == subject.place),
                                             place.name(view.context.language));
                   }));
        out << div(cls("field"), label(for_("on"), view.t("indicators.on_day")),
                   input(type("date"), id("on"), name("on"), value(subject.on ? to_text(*subject.on) : std::string{})));
        out << button(cls("button"), type("submit"), view.t("indicators.show"));
    });
    if (subject.on)
        out << div(cls("note info"), p(view.context.t("indicators.as_it_stood",
                                                      {i18n::format_date(view.context.language, *subject.on)})));
}

void standing(Out& out, Subject const& subject) {
    View const& view = subject.view;
    Context const& context = view.context;
    if (!subject.card) {
        out << div(cls("note muted"), p(context.t("indicators.no_target_here", {view.place(subject.place)})));
        return;
    }
    Card const& card = *subject.card;
    auto const fact = [&](std::string_view key, auto&& content) {
        return parts(dt(view.t(key)), dd(std::forward<decltype(content)>(content)));
    };
    out << dl(cls("facts"),
              fact("indicators.target_heading",
                   [&] {
                       out << goal_text(context, card) << " "
                           << context.t("indicators.by_year", {std::to_string(card.goal.year)});
                   }),
              fact("indicators.actual",
                   [&] {
                       if (card.actual) {
                           figure_link(out, view, card.indicator, *card.actual);
                           out << " · " << period_text(context, *card.actual);
                       } else
                           out << view.t("indicators.no_figure");
                   }),
              fact("indicators.progress_heading",
                   [&] {
                       if (card.progress) out << progress_text(context, *card.progress) << " ";
                       rating_badge(out, context, card);
                   }),
              when(card.goal.base.has_value(),
                   [&] {
                       std::string base = value_text(context, card.indicator, *card.goal.base);
                       return fact(
                           "indicators.base",
                           context.t(card.target.base_derived ? "indicators.base_derived" : "indicators.base_of_year",
                                     {std::move(base), std::to_string(card.goal.base_year)}));
                   }),
              when(card.later.has_value(), [&] {
                  return fact("indicators.after_plan_heading", [&] {
                      figure_link(out, view, card.indicator, *card.later);
                      out << " · " << period_text(context, *card.later);
                  });
              }));
    if (!card.open_years.empty()) {
        std::vector<std::string> years;
        for (int const year : card.open_years) years.push_back(std::to_string(year));
        out << div(cls("note warn"), p(context.t("indicators.open_years", {join(years, ", ")})));
    }
    if (card.history.empty() && !card.related.empty())
        out << div(cls("note info"), p(context.t("indicators.other_places_only", {view.place(subject.place)})));
}

void path_table(Out& out, Subject const& subject) {
    if (!subject.card || subject.card->path.empty()) return;
    Context const& context = subject.view.context;
    out << section(
        h2(context.t("indicators.path")),
        p(cls("hint"),
          context.t(subject.card->goal.growth_percent ? "indicators.path_growth" : "indicators.path_straight")),
        table(cls("table"),
              thead(tr(th(scope("col"), context.t("indicators.target.year")),
                       th(scope("col"), context.t("indicators.required")),
                       th(scope("col"), context.t("indicators.origin")))),
              tbody(each(subject.card->path, [&](PathPoint const& point) {
                  bool const derived =
                      !point.given || (subject.card->target.base_derived && point.year == subject.card->goal.base_year);
                  return tr(th(scope("row"), point.year),
                            td(cls("num"),
                               i18n::format_number(context.language, point.value,
                                                   std::max<int>(1, static_cast<int>(subject.indicator.decimals)))),
                            td(context.t(derived ? "indicators.path_computed" : "indicators.path_given")));
              }))));
}

void forecast_part(Out& out, Subject const& subject, std::optional<Forecast> const& forecast) {
    Context const& context = subject.view.context;
    out << section(h2(context.t("indicators.forecast")), [&] {
        std::string const where = subject.view.place(subject.place);
        if (!forecast) {
            out << p(context.t("indicators.forecast_none",
                               {where, std::to_string(subject.own.size()), std::to_string(forecast_observations_min)}));
            return;
        }
        out << p(context.t(forecast->method == ForecastMethod::log_linear ? "indicators.forecast_log"
                                                                          : "indicators.forecast_linear",
                           {where, std::to_string(forecast->observations)}));
        auto const number = [&](double value) { return number_text(context, subject.indicator, value); };
        out << table(
            cls("table"),
            thead(tr(th(scope("col"), context.t("indicators.day")), th(scope("col"), context.t("indicators.forecast")),
                     th(scope("col"), context.t("indicators.band")))),
            tbody(each(forecast->points, [&](Forecast::Point const& point) {
                return tr(th(scope("row"), i18n::format_date(context.language, point.on)),
                          td(cls("num"), number(point.value)),
                          td(cls("num"), number(point.low), " – ", number(point.high)));
            })));
    });
}

void figures_table(Out& out, Subject const& subject) {
    View const& view = subject.view;
    Context const& context = view.context;
    auto const heading = [&](std::string_view key) { return th(scope("col"), view.t(key)); };
    Indicator const& shown = subject.series;
    out << table(cls("table"), caption(cls("visually-hidden"), name_of(context.language, shown)),
                 thead(tr(heading("indicators.observation.period"), heading("indicators.observation.place"),
                          heading("indicators.observation.value"), heading("indicators.observation.vintage"),
                          heading("indicators.observation.status"))),
                 tbody(each(subject.figures, [&](Figure const& figure) {
                     return tr(th(scope("row"), period_text(context, figure)), td(view.place(figure.place)),
                               td(cls("num"), [&] { figure_link(out, view, shown, figure); }),
                               td(i18n::format_date(context.language, figure.vintage)),
                               td(certainty_text(context, figure.status), [&] {
                                   if (figure.computed) out << " · " << view.t("indicators.computed");
                               }));
                 })));
}

void quotas(Out& out, Subject const& subject) {
    std::vector<Card const*> others;
    for (Card const& card : subject.cards)
        if (&card != subject.card) others.push_back(&card);
    if (others.empty()) return;
    out << section(h2(subject.view.t("indicators.other_targets")), [&] { tiles(out, subject.view, others, true); });
}

} // namespace

http::Reply indicator_page(Context& context, http::Request& request) {
    auto subject = gather(context, request);
    if (!subject) return refusal(context, request, subject.error());
    for (Card const& card : subject->cards) // the subject has moved
        if (card.target.place == subject->place) subject->card = &card;
    auto const forecast = forecast_of(subject->indicator, subject->own);
    std::string const title = name_of(context.language, subject->indicator);
    html::Page const page{.title = title,
                          .lead = definition_of(context.language, subject->indicator),
                          .crumbs = {{std::string{context.t("indicators.indicator.plural")}, "/indicators"}},
                          .features = static_cast<std::uint8_t>(Feature::chart)};
    return render(context, page, [&](Out& out) {
        choose_form(out, *subject);
        standing(out, *subject);
        if (subject->figures.empty())
            empty_state(out, context.t("indicators.no_observations"), context.t("indicators.no_observations_hint"));
        else
            chart(out, context, "history",
                  context.t("indicators.chart", {title, unit_of(context.language, subject->indicator)}),
                  chart_option(
                      {subject->view, subject->indicator, subject->figures, subject->card, subject->place, forecast}),
                  [&](Out&) { figures_table(out, *subject); });
        path_table(out, *subject);
        if (!subject->figures.empty()) forecast_part(out, *subject, forecast);
        quotas(out, *subject);
        out << section(
            h2(context.t("indicators.formula")), p(formula_of(context.language, subject->indicator)),
            p(cls("hint"), a(href(Url{"/data/observations/csv"}.query("indicator", series_of(subject->indicator))),
                             context.t("indicators.download_csv"))));
    });
}

} // namespace sangu::indicators
