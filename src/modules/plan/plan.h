#pragma once

// Plans and tasks as other modules see them: small cards by code.

#include "base/time.h"
#include "kernel/db/db.h"
#include "kernel/i18n/i18n.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::plan {

// Events published: plan.task.<state>, plan.task.progress, plan.report.published (public); plan.report.<state>,
// plan.notice.<state>, plan.task.commented (permission plan.task.internal).

struct TaskCard {
    std::string code, title_zh, title_en, state, lead_unit;
    std::int64_t percent = 0; // 0–100 as reported last
    std::optional<Date> due;

    std::string title(i18n::Language language) const;
};

// The tasks linked with an indicator, in the plan's order, at most 200.
std::vector<TaskCard> tasks_of_indicator(db::Session& session, std::string_view indicator);
// The tasks that are done in a place (or in a part of it), in the plan's order, at most 500.
std::vector<TaskCard> tasks_of_place(db::Session& session, std::string_view plan, std::string_view place);

} // namespace sangu::plan
