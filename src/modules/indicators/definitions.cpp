#include "modules/indicators/definitions.h"

#include "modules/indicators/board.h"

#include <algorithm>
#include <map>

namespace sangu::indicators {

namespace {

Aim make_aim(Indicator const& indicator, registry::PlaceCard const& place, std::span<Target const* const> of_years) {
    Aim aim{.indicator = indicator, .place = place, .target = *of_years.back()};
    for (Target const* one : of_years.first(of_years.size() - 1))
        if (one->value)
            aim.yearly.push_back({static_cast<int>(one->year), *one->value, true});
        else
            aim.open_years.push_back(static_cast<int>(one->year));
    aim.goal = goal_of(indicator, aim.target);
    aim.path = required_path(aim.goal, aim.yearly);
    return aim;
}

PlanAims aims_of(Definitions const& all, std::string_view plan) {
    // Pointers into one vector each: they sort as people order what they point to.
    std::map<std::pair<Indicator const*, registry::PlaceCard const*>, std::vector<Target const*>> groups;
    for (Target const& target : all.targets) {
        if (target.plan != plan) continue;
        Indicator const* const indicator = all.find(target.indicator);
        registry::PlaceCard const* const place = registry::find_place(all.places, target.place);
        if (indicator && place) groups[{indicator, place}].push_back(&target);
    }
    PlanAims result{.plan = std::string{plan}};
    for (auto& [key, of_years] : groups) {
        std::ranges::sort(of_years, {}, &Target::year);
        result.aims.push_back(make_aim(*key.first, *key.second, of_years));
        result.series.emplace_back(series_of(*key.first));
    }
    std::ranges::sort(result.series);
    result.series.erase(std::unique(result.series.begin(), result.series.end()), result.series.end());
    return result;
}

// Leaves out series of which nothing is published yet: looking for their figures would cost every page one search each.
void keep_published(db::Session& session, std::vector<std::string>& series) {
    std::erase_if(series, [&](std::string const& one) {
        return !session.exists(
            "select 1 from indicators_observation where state = 'published' and indicator = ? limit 1", {one});
    });
}

} // namespace

Definitions Definitions::load(db::Session& session) {
    Definitions all{.indicators = all_indicators(session),
                    .places = registry::places(session),
                    .targets = entity::where<Target>(session, "order by plan, indicator, place, year limit 20000")};
    for (Target const& target : all.targets)
        if (!all.plan(target.plan)) all.plans.push_back(aims_of(all, target.plan));
    std::ranges::sort(all.plans, {}, &PlanAims::plan);
    for (PlanAims& plan : all.plans) keep_published(session, plan.series);
    return all;
}

Indicator const* Definitions::find(std::string_view code) const {
    auto const found = std::ranges::find(indicators, code, &Indicator::code);
    return found == indicators.end() ? nullptr : &*found;
}

PlanAims const* Definitions::plan(std::string_view code) const {
    auto const found = std::ranges::find(plans, code, &PlanAims::plan);
    return found == plans.end() ? nullptr : &*found;
}

Definitions const& definitions(Context const& context) { return context.held<Definitions>(); }

} // namespace sangu::indicators
