#include "modules/indicators/page_parts.h"

#include "modules/indicators/store.h"

#include <algorithm>
#include <array>

namespace sangu::indicators {

using namespace html;

namespace {

void tile_figure(Out& out, View const& view, Card const& card) {
    Context const& context = view.context;
    Figure const& figure = *card.actual;
    bool const rank = card.indicator.kind == Measure::rank;
    if (rank)
        out << p(cls("tile-figure"), value_text(context, card.indicator, figure.value));
    else
        out << p(cls("tile-figure"), number_text(context, card.indicator, figure.value),
                 span(cls("tile-unit"), unit_of(context.language, card.indicator)));
    if (!card.progress) return;
    std::string const text = progress_text(context, *card.progress);
    out << element<"progress">(
        attribute<"max">("100"),
        value(std::clamp(static_cast<std::int64_t>(*card.progress * 100), std::int64_t{0}, std::int64_t{100})),
        aria_label(text));
}

// The three cities together where there is such a figure, else each city.
std::span<Figure const> shown_instead(Card const& card) {
    std::span<Figure const> const all{card.related};
    bool const pooled = !all.empty() && all.back().place == "three_cities";
    return pooled ? all.last(1) : all;
}

// What is known although nothing counts for the target: a figure after the plan, or of another place.
void tile_instead(Out& out, View const& view, Card const& card) {
    Context const& context = view.context;
    out << p(cls("tile-nothing"),
             view.t(card.rating == Rating::list ? "indicators.list_kind" : "indicators.no_figure"));
    if (card.later)
        out << p(cls("hint"), context.t("indicators.after_plan", {period_text(context, *card.later),
                                                                  value_text(context, card.indicator, card.later->value,
                                                                             card.later->approximate)}));
    else
        for (Figure const& other : shown_instead(card))
            out << p(cls("hint"), context.t(year_of(other.moment()) > card.goal.year ? "indicators.elsewhere_later"
                                                                                     : "indicators.elsewhere",
                                            {view.place(other.place),
                                             value_text(context, card.indicator, other.value, other.approximate),
                                             period_text(context, other)}));
}

void tile_spark(Out& out, View const& view, Card const& card) {
    std::vector<Figure> const& shown = card.history;
    if (shown.size() < 2) return;
    std::vector<std::optional<double>> values;
    for (Figure const& one : shown) values.emplace_back(one.value);
    sparkline(out, values,
              view.context.t("indicators.trend", {period_text(view.context, shown.front()),
                                                  value_text(view.context, card.indicator, shown.front().value),
                                                  period_text(view.context, shown.back()),
                                                  value_text(view.context, card.indicator, shown.back().value)}));
}

} // namespace

std::string View::place(std::string_view code) const {
    registry::PlaceCard const* found = registry::find_place(places, code);
    return found ? found->name(context.language) : std::string{code};
}

std::string requested_plan(Context& context, http::Request const& request) {
    auto const asked = request.query_value("plan");
    if (!asked || *asked == default_plan) return std::string{default_plan};
    return std::string{definitions(context).plan(*asked) ? *asked : default_plan};
}

std::string plan_name(Context const& context, std::string_view plan) {
    i18n::Key const key{"indicators.plan.", plan};
    return i18n::has_message(context.language, key) ? std::string{context.t(key)} : std::string{plan};
}

std::optional<Date> requested_day(http::Request const& request) {
    auto const text = request.query_value("on");
    return text ? parse_date(*text) : std::nullopt;
}

std::string_view tone_of(Rating rating) {
    switch (rating) {
    case Rating::reached: return "good";
    case Rating::on_track: return "info";
    case Rating::behind: return "warn";
    case Rating::missed: return "bad";
    case Rating::unrated: return "info";
    case Rating::open:
    case Rating::list:
    case Rating::no_data: return "muted";
    }
    return "muted";
}

void rating_badge(Out& out, Context const& context, Card const& card) {
    badge(out, context.t(i18n::Key{"indicators.rating.", sangu::name_of(card.rating)}), tone_of(card.rating));
    if (card.goal.soft) {
        out << " ";
        badge(out, context.t("indicators.soft"), "muted");
    }
}

std::string period_text(Context const& context, PeriodKind kind, std::string_view label, Date start, Date end) {
    CivilDate const day = civil(start);
    std::string const year = std::to_string(day.year);
    switch (kind) {
    case PeriodKind::year: return context.t("indicators.period.year", {year});
    case PeriodKind::half:
        return context.t(day.month == 1 ? "indicators.period.half1" : "indicators.period.half2", {year});
    case PeriodKind::month: return context.t("indicators.period.month", {year, std::to_string(day.month)});
    case PeriodKind::day: return i18n::format_date(context.language, end);
    case PeriodKind::other: break;
    }
    return std::string{label};
}

std::string period_text(Context const& context, Figure const& figure) {
    return period_text(context, figure.period_kind, figure.period, figure.start, figure.end);
}

std::string goal_text(Context const& context, Card const& card) {
    i18n::Key const key{"indicators.goal.", sangu::name_of(card.goal.comparator)};
    if (card.goal.comparator == Comparator::list) return std::string{context.t(key)};
    if (!card.goal.value) return std::string{context.t("indicators.goal.open")};
    std::string const target = value_text(context, card.indicator, *card.goal.value);
    if (card.goal.comparator == Comparator::range && card.goal.value_to)
        return context.t(key, {number_text(context, card.indicator, *card.goal.value),
                               value_text(context, card.indicator, *card.goal.value_to)});
    return context.t(key, {target});
}

std::string progress_text(Context const& context, double progress) {
    return context.t("indicators.progress", {i18n::format_number(context.language, progress * 100, 0)});
}

std::string certainty_text(Context const& context, Certainty status) {
    return std::string{context.t(i18n::Key{"indicators.observation.status.", sangu::name_of(status)})};
}

Url indicator_url(std::string_view code, std::string_view place) {
    Url url = Url::path("/indicators", code);
    if (place.empty()) return url;
    return std::move(url).query("place", place);
}

Url receipt_url(std::string_view code, std::string_view observation) {
    return Url::path("/indicators", code, "figures", observation);
}

namespace {

// A tile that says "no data" in large letters need not say it twice.
void tile_rating(Out& out, Context const& context, Card const& card) {
    if (card.rating != Rating::no_data || card.actual)
        rating_badge(out, context, card);
    else if (card.goal.soft)
        badge(out, context.t("indicators.soft"), "muted");
}

} // namespace

void tile(Out& out, View const& view, Card const& card, bool with_place) {
    Context const& context = view.context;
    std::string const classes = "tile " + std::string{tone_of(card.rating)};
    std::string_view const place = with_place ? std::string_view{card.place.code} : std::string_view{};
    out << article(
        cls(classes), h3(a(href(indicator_url(card.indicator.code, place)), name_of(context.language, card.indicator))),
        [&] {
            if (with_place) out << p(cls("hint"), view.name(card.place));
            if (card.actual)
                tile_figure(out, view, card);
            else
                tile_instead(out, view, card);
            tile_spark(out, view, card);
            out << p(cls("tile-meta"), span([&] { tile_rating(out, context, card); }), span([&] {
                         if (card.actual && card.progress)
                             out << progress_text(context, *card.progress) << " · "
                                 << period_text(context, *card.actual);
                     }));
            out << p(cls("tile-meta"), span(context.t("indicators.target_of_year",
                                                      {std::to_string(card.goal.year), goal_text(context, card)})));
        });
}

void tiles(Out& out, View const& view, std::span<Card const* const> cards, bool with_place) {
    out << ul(cls("tiles"),
              each(cards, [&](Card const* card) { return li([&, card] { tile(out, view, *card, with_place); }); }));
}

void figure_link(Out& out, View const& view, Indicator const& indicator, Figure const& figure) {
    std::string const text = value_text(view.context, indicator, figure.value, figure.approximate);
    if (figure.observation.empty())
        out << text;
    else
        out << a(href(receipt_url(indicator.code, figure.observation)), text);
}

} // namespace sangu::indicators
