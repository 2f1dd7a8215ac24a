#pragma once

// The plans and their sections, held in memory (kernel/held.h) until something in the database changes.

#include "kernel/context.h"
#include "modules/plan/entities.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::plan {

struct Outline {
    std::vector<Plan> plans;       // oldest first, at most 200
    std::vector<Section> sections; // of all plans, in order, at most 20,000
    std::string with_tasks;        // code of the newest plan that has tasks; empty without any

    static Outline load(db::Session& session);
    Plan const* plan(std::string_view code) const;
    std::span<Section const> sections_of(std::string_view plan) const;
};

Outline const& outline(Context const& context);

} // namespace sangu::plan
