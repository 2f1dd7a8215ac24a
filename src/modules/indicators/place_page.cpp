#include "modules/indicators/board.h"
#include "modules/indicators/page_parts.h"
#include "modules/indicators/pages.h"
#include "modules/indicators/store.h"

#include <algorithm>

namespace sangu::indicators {

using namespace html;

namespace {

Figure const* newest(std::span<Figure const> figures, std::string_view series, std::string_view place) {
    Figure const* result = nullptr;
    for (Figure const& one : figures)
        if (one.indicator == series && one.place == place && (!result || result->moment() < one.moment()))
            result = &one;
    return result;
}

void figures_of_place(Out& out, View const& view, std::string_view place, std::span<Card const> cards,
                      std::span<Figure const> figures) {
    Context const& context = view.context;
    auto const heading = [&](std::string_view key) { return th(scope("col"), view.t(key)); };
    out << div(cls("table-wrap"), role("region"), tabindex(0), aria_label(view.t("indicators.place_figures")),
               table(cls("table"),
                     thead(tr(heading("indicators.indicator"), heading("indicators.zone_target"),
                              heading("indicators.place_figure"), heading("indicators.observation.period"),
                              heading("indicators.observation.status"))),
                     tbody(each(cards, [&](Card const& card) {
                         return [&, card](Out&) {
                             if (card.target.place != "zone" || card.indicator.kind == Measure::list ||
                                 card.indicator.kind == Measure::cagr)
                                 return;
                             Figure const* one = newest(figures, series_of(card.indicator), place);
                             out << tr(th(scope("row"), a(href(indicator_url(card.indicator.code, place)),
                                                          name_of(context.language, card.indicator))),
                                       td(goal_text(context, card)), td([&] {
                                           if (one)
                                               figure_link(out, view, card.indicator, *one);
                                           else
                                               out << view.t("indicators.no_figure");
                                       }),
                                       td([&] {
                                           if (!one) return;
                                           out << period_text(context, *one);
                                           if (year_of(one->moment()) > card.goal.year)
                                               out << " · " << view.t("indicators.after_plan_mark");
                                       }),
                                       td([&] {
                                           if (one) out << certainty_text(context, one->status);
                                       }));
                         };
                     }))));
}

} // namespace

http::Reply place_page(Context& context, http::Request& request) {
    View const view{context, requested_plan(context, request)};
    std::string const code{request.parameter("place")};
    registry::PlaceCard const* place = registry::find_place(view.places, code);
    if (!place || (place->kind != "city" && place->kind != "htz" && place->kind != "park"))
        return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    auto const all = cards(context, view.plan);
    PlanAims const* const plan = definitions(context).plan(view.plan);
    auto const figures = plan ? figures_of_plan(context.reader(), *plan, {}) : std::vector<Figure>{};
    std::vector<Card const*> own;
    for (Card const& card : all) {
        registry::PlaceCard const* at = registry::find_place(view.places, card.target.place);
        if (at && (at->code == code || at->path.starts_with(place->path + "/"))) own.push_back(&card);
    }
    html::Page const page{.title = place->name(context.language),
                          .lead = context.t("indicators.place_lead", {plan_name(context, view.plan)})};
    return render(context, page, [&](Out& out) {
        std::vector<std::pair<std::string, std::string>> below;
        for (registry::PlaceCard const& other : view.places)
            if (other.parent == code) below.emplace_back(other.code, other.name(context.language));
        if (!below.empty())
            out << p(cls("hint"),
                     each(below, [](auto const& one) { return parts(span(cls("badge muted"), one.second), " "); }));
        out << h2(view.t("indicators.quotas"));
        if (own.empty())
            empty_state(out, view.t("indicators.no_quotas"), view.t("indicators.no_quotas_hint"));
        else
            tiles(out, view, own, true);
        if (place->kind == "city") {
            out << h2(view.t("indicators.place_figures")) << p(cls("hint"), view.t("indicators.place_figures_hint"));
            figures_of_place(out, view, code, all, figures);
        }
    });
}

} // namespace sangu::indicators
