#include "modules/indicators/board.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace sangu::indicators {

namespace {

Indicator const* find_indicator(std::span<Indicator const> all, std::string_view code) {
    auto const found = std::ranges::find(all, code, &Indicator::code);
    return found == all.end() ? nullptr : &*found;
}

std::vector<Figure> of_place(std::span<Figure const> figures, std::string_view series, std::string_view place) {
    std::vector<Figure> result;
    for (Figure const& one : figures)
        if (one.indicator == series && one.place == place) result.push_back(one);
    std::ranges::stable_sort(result, {}, &Figure::moment);
    return result;
}

// The newest figure of each city and of the three together, for a card that has none of its own. A province says
// nothing about the zone and is left out.
std::vector<Figure> related_figures(BoardInput const& input, Indicator const& indicator, std::string_view place) {
    std::vector<Figure> result;
    for (registry::PlaceCard const& other : input.places) {
        if (other.code == place || (other.kind != "city" && other.code != three_cities)) continue;
        auto history = of_place(input.figures, series_of(indicator), other.code);
        if (other.code == three_cities) {
            auto pooled = pooled_figures(indicator, input.places, input.figures);
            history.insert(history.end(), pooled.begin(), pooled.end());
            std::ranges::stable_sort(history, {}, &Figure::moment);
        }
        if (!history.empty()) result.push_back(history.back());
    }
    return result;
}

std::vector<Figure> history_of(BoardInput const& input, Indicator const& indicator, Target const& target) {
    auto history = of_place(input.figures, series_of(indicator), target.place);
    return indicator.kind == Measure::cagr ? growth_figures(target, history) : history;
}

void choose_figures(Card& card) {
    Date const first = *make_date(card.goal.from_year, 1, 1), last = *make_date(card.goal.year, 12, 31);
    for (Figure const& one : card.history) {
        if (!counts_for(card.goal, one)) continue;
        if (one.moment() > last)
            card.later = one;
        else if (one.moment() >= first)
            card.actual = one;
    }
}

Card make_card(BoardInput const& input, Indicator const& indicator, std::span<Target const* const> of_years) {
    Card card{.indicator = indicator, .target = *of_years.back()};
    for (Target const* one : of_years.first(of_years.size() - 1))
        if (one->value)
            card.yearly.push_back({static_cast<int>(one->year), *one->value, true});
        else
            card.open_years.push_back(static_cast<int>(one->year));
    card.goal = goal_of(indicator, card.target);
    card.path = required_path(card.goal, card.yearly);
    card.history = history_of(input, indicator, card.target);
    choose_figures(card);
    if (card.history.empty() && indicator.kind != Measure::cagr)
        card.related = related_figures(input, indicator, card.target.place);
    std::optional<Moment> moment;
    if (card.actual) moment = Moment{card.actual->moment(), card.actual->value};
    card.progress = progress(card.goal, moment ? std::optional{moment->value} : std::nullopt);
    card.rating = rate(card.goal, moment, card.path);
    return card;
}

} // namespace

std::string_view series_of(Indicator const& indicator) {
    return indicator.series_code.empty() ? indicator.code : indicator.series_code;
}

Goal goal_of(Indicator const& indicator, Target const& target) {
    return {.kind = indicator.kind,
            .direction = indicator.direction,
            .comparator = target.comparator,
            .value = target.value,
            .value_to = target.value_to,
            .base = target.base_value,
            .base_year = static_cast<int>(target.base_year.value_or(0)),
            .from_year = static_cast<int>(target.from_year),
            .year = static_cast<int>(target.year),
            .soft = target.soft,
            .growth_percent = target.growth_percent};
}

bool counts_for(Goal const& goal, Figure const& figure) {
    return goal.kind != Measure::flow || figure.end - figure.start >= 364;
}

std::vector<Figure> newest_of_each_period(std::span<Figure const> figures) {
    std::vector<Figure> result;
    std::set<std::tuple<std::string_view, std::string_view, Date, Date>> seen;
    for (Figure const& one : figures)
        if (seen.emplace(one.indicator, one.place, one.start, one.end).second) result.push_back(one);
    return result;
}

std::vector<Figure> pooled_figures(Indicator const& indicator, std::span<registry::PlaceCard const> places,
                                   std::span<Figure const> figures) {
    if (indicator.numerator_code.empty()) return {};
    std::map<std::pair<Date, Date>, std::vector<Figure const*>> periods;
    std::set<std::pair<Date, Date>> published;
    for (Figure const& one : figures) {
        if (one.indicator != series_of(indicator)) continue;
        if (one.place == three_cities) published.emplace(one.start, one.end);
        auto const* place = registry::find_place(places, one.place);
        if (place && place->kind == "city" && one.numerator && one.denominator)
            periods[{one.start, one.end}].push_back(&one);
    }
    auto const members = static_cast<std::size_t>(std::ranges::count(places, "city", &registry::PlaceCard::kind));
    std::vector<Figure> result;
    for (auto const& [period, parts] : periods) {
        if (parts.size() != members || published.contains(period)) continue;
        std::vector<RatioParts> ratio;
        Figure one = *parts.front();
        one.observation.clear();
        one.place = three_cities;
        one.numerator = one.denominator = 0;
        for (Figure const* part : parts) {
            ratio.push_back({*part->numerator, *part->denominator});
            *one.numerator += *part->numerator;
            *one.denominator += *part->denominator;
            one.vintage = std::max(one.vintage, part->vintage);
            one.approximate = one.approximate || part->approximate;
        }
        auto const value = pooled_ratio(ratio, indicator.factor);
        if (!value) continue;
        one.value = *value;
        one.computed = true;
        one.status = Certainty::derived;
        result.push_back(std::move(one));
    }
    return result;
}

std::vector<Figure> growth_figures(Target const& target, std::span<Figure const> series) {
    int const base_year = static_cast<int>(target.base_year.value_or(target.from_year - 1));
    Date const base_day = *make_date(base_year, 12, 31);
    std::optional<double> base = target.base_value;
    for (Figure const& one : series)
        if (!base && one.end == base_day) base = one.value;
    if (!base) return {};
    std::vector<Figure> result;
    for (Figure const& one : series) {
        auto const growth = yearly_growth(*base, one.value, (one.moment() - base_day) / 365.2425);
        if (!growth || one.moment() <= base_day) continue;
        Figure computed = one;
        computed.observation.clear();
        computed.value = *growth * 100;
        computed.numerator = one.value;
        computed.denominator = *base;
        computed.computed = true;
        computed.status = Certainty::derived;
        result.push_back(std::move(computed));
    }
    return result;
}

std::vector<Card> make_cards(BoardInput const& input, std::string_view only_place) {
    std::map<std::tuple<std::int64_t, std::string_view, std::size_t>, std::vector<Target const*>> groups;
    auto const position_of = [&](std::string_view place) {
        auto const found = std::ranges::find(input.places, place, &registry::PlaceCard::code);
        return static_cast<std::size_t>(found - input.places.begin());
    };
    for (Target const& target : input.targets) {
        if (!only_place.empty() && target.place != only_place) continue;
        if (Indicator const* indicator = find_indicator(input.indicators, target.indicator))
            groups[{indicator->position, indicator->code, position_of(target.place)}].push_back(&target);
    }
    std::vector<Card> result;
    for (auto& [key, of_years] : groups) {
        std::ranges::sort(of_years, {}, &Target::year);
        result.push_back(make_card(input, *find_indicator(input.indicators, std::get<1>(key)), of_years));
    }
    return result;
}

} // namespace sangu::indicators
