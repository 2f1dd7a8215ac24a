#include "modules/indicators/board.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace sangu::indicators {

namespace {

using Run = std::span<Figure const>; // the figures of one series and place

// Where the figures of each series and place stand.
class FigureIndex {
public:
    explicit FigureIndex(std::span<Figure const> figures) {
        for (std::size_t first = 0, end = 0; first < figures.size(); first = end) {
            while (end < figures.size() && figures[end].indicator == figures[first].indicator &&
                   figures[end].place == figures[first].place)
                ++end;
            if (runs_.empty() || runs_.back().front().indicator != figures[first].indicator)
                starts_.push_back(runs_.size());
            runs_.push_back(figures.subspan(first, end - first));
        }
        starts_.push_back(runs_.size());
    }

    // A run for each place that has figures of the series.
    std::span<Run const> of(std::string_view series) const {
        for (std::size_t i = 0; i + 1 < starts_.size(); ++i)
            if (runs_[starts_[i]].front().indicator == series)
                return std::span{runs_}.subspan(starts_[i], starts_[i + 1] - starts_[i]);
        return {};
    }

private:
    std::vector<Run> runs_;
    std::vector<std::size_t> starts_; // of each series in runs_, and their end
};

Run of_place(std::span<Run const> runs, std::string_view place) {
    auto const found = std::ranges::find_if(runs, [&](Run run) { return run.front().place == place; });
    return found == runs.end() ? Run{} : *found;
}

std::vector<Figure> oldest_first(Run figures) {
    std::vector<Figure const*> order; // a figure is large: it is copied once, to its place
    order.reserve(figures.size());
    for (Figure const& one : figures) order.push_back(&one);
    std::ranges::stable_sort(order, {}, &Figure::moment);
    std::vector<Figure> result;
    result.reserve(order.size());
    for (Figure const* one : order) result.push_back(*one);
    return result;
}

// The last one of oldest_first; nullptr without any.
Figure const* newest(Run figures) {
    Figure const* result = nullptr;
    for (Figure const& one : figures)
        if (!result || one.moment() >= result->moment()) result = &one;
    return result;
}

// The newest figure of each city and of the three together, for a card that has none of its own. A province says
// nothing about the zone and is left out.
std::vector<Figure> related_figures(BoardInput const& input, std::span<Run const> runs, Card const& card) {
    std::vector<Figure> result;
    if (runs.empty()) return result;
    for (registry::PlaceCard const& other : input.places) {
        if (&other == &card.place || (other.kind != "city" && other.code != three_cities)) continue;
        Figure const* const own = newest(of_place(runs, other.code));
        std::vector<Figure> pooled;
        if (other.code == three_cities) pooled = pooled_figures(card.indicator, input.places, input.figures);
        Figure const* const computed = newest(pooled);
        if (computed && (!own || computed->moment() >= own->moment()))
            result.push_back(*computed);
        else if (own)
            result.push_back(*own);
    }
    return result;
}

void choose_figures(Card& card) {
    Date const first = *make_date(card.goal.from_year, 1, 1), last = *make_date(card.goal.year, 12, 31);
    Figure const *actual = nullptr, *later = nullptr;
    for (Figure const& one : card.history) {
        if (!counts_for(card.goal, one)) continue;
        if (one.moment() > last)
            later = &one;
        else if (one.moment() >= first)
            actual = &one;
    }
    if (actual) card.actual = *actual;
    if (later) card.later = *later;
}

Card make_card(BoardInput const& input, FigureIndex const& figures, Aim const& aim) {
    Card card{aim};
    std::span<Run const> const runs = figures.of(series_of(aim.indicator));
    card.history = oldest_first(of_place(runs, aim.place.code));
    if (aim.indicator.kind == Measure::cagr) card.history = growth_figures(aim.target, card.history);
    choose_figures(card);
    if (card.history.empty() && aim.indicator.kind != Measure::cagr) card.related = related_figures(input, runs, card);
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

bool is_same_period(Figure const& a, Figure const& b) {
    return a.end == b.end && a.start == b.start && a.place == b.place && a.indicator == b.indicator;
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

std::vector<Card> make_cards(BoardInput const& input, std::string_view only_place, std::string_view only_indicator) {
    FigureIndex const figures{input.figures};
    std::vector<Card> result;
    result.reserve(input.aims.size());
    for (Aim const& aim : input.aims)
        if ((only_place.empty() || aim.place.code == only_place) &&
            (only_indicator.empty() || aim.indicator.code == only_indicator))
            result.push_back(make_card(input, figures, aim));
    return result;
}

} // namespace sangu::indicators
