#include "modules/plan/outline.h"

#include "modules/plan/store.h"

#include <algorithm>

namespace sangu::plan {

Outline Outline::load(db::Session& session) {
    return {.plans = sangu::plan::plans(session),
            .sections = entity::where<Section>(session, "order by plan, position limit 20000"),
            .with_tasks = plan_with_tasks(session)};
}

Plan const* Outline::plan(std::string_view code) const {
    auto const found = std::ranges::find(plans, code, &Plan::code);
    return found == plans.end() ? nullptr : &*found;
}

std::span<Section const> Outline::sections_of(std::string_view plan) const {
    auto const first = std::ranges::find(sections, plan, &Section::plan);
    auto const last = std::find_if(first, sections.end(), [&](Section const& one) { return one.plan != plan; });
    return {first, last};
}

Outline const& outline(Context const& context) { return context.held<Outline>(); }

} // namespace sangu::plan
