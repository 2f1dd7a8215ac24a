#include "modules/plan/checks.h"

#include "base/text.h"
#include "kernel/entity/store.h"
#include "modules/indicators/indicators.h"
#include "modules/plan/rules.h"
#include "modules/plan/store.h"

#include <algorithm>

namespace sangu::plan {

namespace {

Problem wrong(std::string_view field, std::string_view key, std::string argument) {
    return {std::string{field}, std::string{key}, {std::move(argument)}};
}

bool exists(db::Session& session, std::string_view sql, std::string const& code) { return session.exists(sql, {code}); }

constexpr std::string_view plan_exists = "select 1 from plan_plan where code = ?";
constexpr std::string_view task_exists = "select 1 from plan_task where code = ?";

// The section must belong to the plan, the task it is a part of too.
void check_place_in_plan(db::Session& session, Task const& task, Problems& problems) {
    if (!exists(session, plan_exists, task.plan)) problems.push_back(wrong("plan", "plan.error.no_plan", task.plan));
    if (!session.exists("select 1 from plan_section where code = ? and plan = ?", {task.section, task.plan}))
        problems.push_back(wrong("section", "plan.error.no_section", task.section));
    if (task.parent.empty()) return;
    if (task.parent == task.code ||
        !session.exists("select 1 from plan_task where code = ? and plan = ?", {task.parent, task.plan}))
        problems.push_back(wrong("parent", "plan.error.no_task", task.parent));
}

} // namespace

Result<registry::OrganisationCard> find_unit(db::Session& session, std::string_view name, std::string_view field) {
    auto unit = registry::find_organisation(session, name);
    if (!unit) return refuse(Problems{wrong(field, "plan.error.no_unit", std::string{name})});
    return *std::move(unit);
}

Result<void> before_plan(Context&, db::Session& session, void const* before_or_null, void* after) {
    auto const& plan = *static_cast<Plan const*>(after);
    Problems problems;
    if (auto const* before = static_cast<Plan const*>(before_or_null); before && before->code != plan.code)
        problems.push_back(wrong("code", "plan.error.code_fixed", before->code));
    if (!plan.predecessor.empty() && (plan.predecessor == plan.code || !exists(session, plan_exists, plan.predecessor)))
        problems.push_back(wrong("predecessor", "plan.error.no_plan", plan.predecessor));
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

Result<void> before_section(Context&, db::Session& session, void const* before_or_null, void* after) {
    auto const& section = *static_cast<Section const*>(after);
    Problems problems;
    if (auto const* before = static_cast<Section const*>(before_or_null); before && before->code != section.code)
        problems.push_back(wrong("code", "plan.error.code_fixed", before->code));
    if (!exists(session, plan_exists, section.plan))
        problems.push_back(wrong("plan", "plan.error.no_plan", section.plan));
    if (!section.parent.empty() &&
        (section.parent == section.code ||
         !session.exists("select 1 from plan_section where code = ? and plan = ?", {section.parent, section.plan})))
        problems.push_back(wrong("parent", "plan.error.no_section", section.parent));
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

Result<void> before_task(Context&, db::Session& session, void const* before_or_null, void* after) {
    auto& task = *static_cast<Task*>(after);
    Problems problems;
    if (auto const* before = static_cast<Task const*>(before_or_null); before && before->code != task.code)
        problems.push_back(wrong("code", "plan.error.code_fixed", before->code));
    check_place_in_plan(session, task, problems);
    auto const all = registry::places(session);
    std::vector<std::string> paths;
    for (std::string const& code : parts_of(task.places))
        if (auto const* place = registry::find_place(all, code))
            paths.push_back(place->path);
        else
            problems.push_back(wrong("places", "plan.error.no_place", code));
    task.scope = common_scope(paths);
    task.lead_unit_id.reset();
    if (!task.lead_unit.empty()) {
        auto const unit = find_unit(session, task.lead_unit, "lead_unit");
        if (unit) {
            task.lead_unit = unit->name;
            task.lead_unit_id = Id<registry::Organisation>{unit->id.text};
        } else
            problems.push_back(unit.error().problems.front());
    }
    auto const partners = parts_of(task.coop_units);
    if (partners.size() > 50) problems.push_back(wrong("coop_units", "plan.error.too_many_units", "50"));
    for (std::string const& name : partners)
        if (auto const unit = find_unit(session, name, "coop_units"); !unit)
            problems.push_back(unit.error().problems.front());
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

void write_units(db::Transaction& transaction, Task const& task) {
    transaction.execute("delete from plan_task_unit where task = ?", {task.code});
    std::vector<std::string> written;
    auto const add = [&](std::string const& organisation, UnitRole role) {
        if (std::ranges::find(written, organisation) != written.end()) return;
        written.push_back(organisation);
        entity::insert(transaction, TaskUnit{new_id_of<TaskUnit>(), task.code, {organisation}, role});
    };
    if (task.lead_unit_id) add(task.lead_unit_id->text, UnitRole::lead);
    for (std::string const& name : parts_of(task.coop_units))
        if (auto const unit = registry::find_organisation(transaction, name)) add(unit->id.text, UnitRole::cooperating);
}

Result<void> after_task(Context&, Change& change, void const* before_or_null, void const* after) {
    auto const& task = *static_cast<Task const*>(after);
    auto const* before = static_cast<Task const*>(before_or_null);
    if (!before || before->places != task.places) {
        change.transaction().execute("delete from plan_task_place where task = ?", {task.code});
        auto const all = registry::places(change.transaction());
        std::vector<std::string> written;
        for (std::string const& code : parts_of(task.places)) {
            auto const* place = registry::find_place(all, code);
            if (!place || std::ranges::find(written, code) != written.end()) continue;
            written.push_back(code);
            entity::insert(change.transaction(), TaskPlace{new_id_of<TaskPlace>(), task.code, code, place->path});
        }
    }
    if (!before || before->lead_unit != task.lead_unit || before->coop_units != task.coop_units)
        write_units(change.transaction(), task);
    return {};
}

Result<void> before_milestone(Context&, db::Session& session, void const* before_or_null, void* after) {
    auto& milestone = *static_cast<Milestone*>(after);
    if (auto const* before = static_cast<Milestone const*>(before_or_null);
        before && (before->task != milestone.task || before->year != milestone.year))
        return refuse(Problems{wrong("task", "plan.error.code_fixed", before->code)});
    if (!exists(session, task_exists, milestone.task))
        return refuse(Problems{wrong("task", "plan.error.no_task", milestone.task)});
    std::string const code = milestone.task + "-" + std::to_string(milestone.year);
    if (milestone.code != code) return refuse(Problems{wrong("code", "plan.error.code_form", code)});
    return {};
}

Result<void> before_task_indicator(Context&, db::Session& session, void const*, void* after) {
    auto& link = *static_cast<TaskIndicator*>(after);
    Problems problems;
    if (!exists(session, task_exists, link.task)) problems.push_back(wrong("task", "plan.error.no_task", link.task));
    auto const all = indicators::all_indicators(session);
    if (std::ranges::find(all, link.indicator, &indicators::Indicator::code) == all.end())
        problems.push_back(wrong("indicator", "plan.error.no_indicator", link.indicator));
    std::string const code = link.task + "-" + link.indicator;
    if (link.code != code) problems.push_back(wrong("code", "plan.error.code_form", code));
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

std::string scope_of_task(void const* task) { return static_cast<Task const*>(task)->scope; }
std::string scope_of_notice(void const* notice) { return static_cast<SupervisionNotice const*>(notice)->scope; }
std::string scope_of_report(void const* report) { return static_cast<Report const*>(report)->scope; }
std::string scope_of_restatement(void const* one) { return static_cast<Restatement const*>(one)->scope; }

} // namespace sangu::plan
