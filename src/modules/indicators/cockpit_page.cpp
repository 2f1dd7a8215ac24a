#include "modules/indicators/page_parts.h"
#include "modules/indicators/pages.h"
#include "modules/indicators/store.h"
#include "modules/indicators/zone_map.h"

#include <algorithm>
#include <array>

namespace sangu::indicators {

using namespace html;

namespace {

bool is_main(Card const& card) {
    bool const quota = card.place.kind == "city";
    return !quota || card.indicator.code == "I03b"; // given for Zhuzhou alone: there is no zone target above it
}

void summary_counts(Out& out, View const& view, std::span<Card const* const> cards) {
    auto const count = [&](std::initializer_list<Rating> ratings) {
        return std::ranges::count_if(
            cards, [&](Card const* card) { return std::ranges::find(ratings, card->rating) != ratings.end(); });
    };
    auto const item = [&](std::string_view key, std::int64_t number) { return div(dt(view.t(key)), dd(number)); };
    out << dl(cls("figures"), item("indicators.count.all", static_cast<std::int64_t>(cards.size())),
              item("indicators.count.reached", count({Rating::reached})),
              item("indicators.count.on_track", count({Rating::on_track})),
              item("indicators.count.behind", count({Rating::behind, Rating::missed})),
              item("indicators.count.no_data", count({Rating::no_data, Rating::open, Rating::unrated})),
              item("indicators.count.list", count({Rating::list})));
}

// Markup of a city's shapes, the same on every page.
std::string shapes_of(ZoneMap::City const& city) {
    Out out;
    if (city.districts.empty()) out << path(cls("area"), d(city.outline));
    for (std::string const& district : city.districts) out << path(cls("area"), d(district));
    out << circle(cls("place"), cx(city.valley.x), cy(city.valley.y), r(6))
        << path(d(city.outline), fill("none"), stroke("currentColor"), stroke_width(1));
    return out.take();
}

void map_drawing(Out& out, View const& view) {
    static auto const shapes = [] {
        std::vector<std::string> each_city;
        for (ZoneMap::City const& city : zone_map().cities) each_city.push_back(shapes_of(city));
        return each_city;
    }();
    ZoneMap const& map = zone_map();
    std::string const box = "0 0 " + std::to_string(map.width) + " " + std::to_string(map.height);
    out << svg(cls("drawing"), view_box(box), role("group"), aria_label(view.t("indicators.map")), [&] {
        for (std::size_t i = 0; i < map.cities.size(); ++i) {
            ZoneMap::City const& city = map.cities[i];
            std::string const place = view.place(city.place), valley = view.place(city.place + "_valley");
            out << a(href(Url::path("/cities", city.place)), aria_label(place + " · " + valley), [&] {
                out.raw(shapes[i]);
                bool const leftwards = city.valley.x < map.width / 2 && city.place != "changsha";
                out << svg_text(x(city.valley.x + (leftwards ? -10 : 10)), y(city.valley.y + 5),
                                attribute<"text-anchor">(leftwards ? "end" : "start"), valley);
            });
        }
    });
}

void cities_beside(Out& out, View const& view, std::span<Card const> cards) {
    for (ZoneMap::City const& city : zone_map().cities) {
        auth::Scope const scope{"zone/" + city.place};
        out << h3(a(href(Url::path("/cities", city.place)), view.place(city.place)))
            << p(cls("hint"), view.place(city.place + "_valley")) << ul([&] {
                   for (Card const& card : cards) {
                       if (!scope.covers(card.place.path)) continue;
                       out << li(a(href(indicator_url(card.indicator.code, card.place.code)),
                                   name_of(view.context.language, card.indicator)),
                                 view.t("form.colon"), goal_text(view.context, card), " ",
                                 [&] { rating_badge(out, view.context, card); });
                   }
               });
    }
}

void topic_sections(Out& out, View const& view, std::span<Card const* const> cards) {
    static constexpr std::array topics{Topic::environment, Topic::input, Topic::performance, Topic::competitiveness,
                                       Topic::series};
    for (Topic const topic : topics) {
        std::vector<Card const*> of_topic;
        for (Card const* card : cards)
            if (card->indicator.topic == topic) of_topic.push_back(card);
        if (of_topic.empty()) continue;
        i18n::Key const key{"indicators.indicator.topic.", sangu::name_of(topic)};
        out << section(h2(view.t(key)), [&] { tiles(out, view, of_topic, false); });
    }
}

void other_plans(Out& out, View const& view) {
    auto const& all = definitions(view.context).plans;
    if (all.size() < 2) return;
    out << ul(cls("chips"), each(all, [&](PlanAims const& one) {
                  auto const current = one.plan == view.plan ? std::optional<std::string_view>{"page"} : std::nullopt;
                  Url address = one.plan == default_plan ? Url{"/"} : Url{"/"}.query("plan", one.plan);
                  return li(a(href(std::move(address)), aria_current(current), plan_name(view.context, one.plan)));
              }));
}

} // namespace

http::Reply cockpit_page(Context& context, http::Request& request) {
    View const view{context, requested_plan(context, request)};
    auto const all = cards(context, view.plan);
    std::vector<Card const*> main;
    for (Card const& card : all)
        if (is_main(card)) main.push_back(&card);
    html::Page const page{.title = plan_name(context, view.plan),
                          .lead = std::string{context.t("indicators.cockpit_lead")},
                          .feed = "/feed.atom"};
    return render(context, page, [&](Out& out) {
        other_plans(out, view);
        summary_counts(out, view, main);
        out << div(cls("split"), section(cls("card"), h2(view.t("indicators.map")), [&] { map_drawing(out, view); }),
                   section(cls("card"), h2(view.t("indicators.cities")), [&] { cities_beside(out, view, all); }));
        topic_sections(out, view, main);
        out << p(cls("hint"), view.t("indicators.cockpit_note"), " ", a(href("/data"), view.t("indicators.open_data")),
                 " · ", a(href("/feed.atom"), view.t("indicators.feed")));
    });
}

http::Reply list_page(Context& context, http::Request& request) {
    View const view{context, requested_plan(context, request)};
    auto const all = cards(context, view.plan);
    html::Page const page{.title = std::string{context.t("indicators.indicator.plural")},
                          .lead = plan_name(context, view.plan),
                          .wide = true};
    return render(context, page, [&](Out& out) {
        auto const heading = [&](std::string_view key) { return th(scope("col"), view.t(key)); };
        out << div(cls("table-wrap"), role("region"), tabindex(0), aria_label(view.t("indicators.indicator.plural")),
                   table(cls("table"),
                         thead(tr(heading("indicators.indicator"), heading("indicators.target.place"),
                                  heading("indicators.target.value"), heading("indicators.target.year"),
                                  heading("indicators.actual"), heading("indicators.observation.period"),
                                  heading("indicators.progress_heading"), heading("indicators.observation.state"))),
                         tbody(each(all, [&](Card const& card) {
                             return tr(th(scope("row"), a(href(indicator_url(card.indicator.code, card.target.place)),
                                                          name_of(context.language, card.indicator))),
                                       td(view.place(card.target.place)), td(goal_text(context, card)),
                                       td(card.goal.year), td([&] {
                                           if (card.actual)
                                               figure_link(out, view, card.indicator, *card.actual);
                                           else
                                               out << view.t("indicators.no_figure");
                                       }),
                                       td([&] {
                                           if (card.actual) out << period_text(context, *card.actual);
                                       }),
                                       td(cls("num"),
                                          card.progress ? progress_text(context, *card.progress) : std::string{"–"}),
                                       td([&] { rating_badge(out, context, card); }));
                         }))));
        out << h2(view.t("indicators.series"));
        out << ul([&] {
            for (Indicator const& one : definitions(context).indicators)
                if (one.topic == Topic::series)
                    out << li(a(href(indicator_url(one.code)), name_of(context.language, one)), " ",
                              span(cls("hint"), unit_of(context.language, one)));
        });
    });
}

} // namespace sangu::indicators
