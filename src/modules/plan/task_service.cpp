#include "base/text.h"
#include "kernel/files/files.h"
#include "modules/plan/checks.h"
#include "modules/plan/rules.h"
#include "modules/plan/service.h"

#include <algorithm>
#include <array>

namespace sangu::plan {

namespace {

bool is_verdict(std::string_view action) { return action == "verify" || action == "return" || action == "close"; }

std::string_view permission_of(std::string_view action) {
    if (is_verdict(action)) return verify_permission;
    if (action == "start" || action == "report" || action == "continue") return report_permission;
    if (action == "delay" || action == "suspend" || action == "resume") return supervise_permission;
    return edit_permission;
}

Result<Task> load(Context& context, std::string_view code) {
    auto task = task_named(context.reader(), code);
    if (!task) return refuse(Refusal::not_found, "error.not_found");
    return *std::move(task);
}

// Stores a step that was taken in memory: row, audit, event.
Result<void> store_step(Change& change, Task const& before, Task& after, flow::Taken const& taken) {
    TRY_VOID(change.save(before, after, "plan.task." + taken.action, after.scope, taken.comment));
    change.publish("plan.task." + taken.to, after.id.text, after.scope, "public");
    return {};
}

// The steps that bring a task with a new entry before the one who verifies it.
Result<void> hand_in(Context const& context, Task& task, std::string const& scope) {
    auto const step = [&](std::string_view action) {
        return flow::take(task, action, context.actor, scope, context.now());
    };
    if (task.state == TaskState::verified) TRY_VOID(step("continue"));
    if (task.state == TaskState::assigned) TRY_VOID(step("start"));
    if (task.state != TaskState::reported) TRY_VOID(step("report"));
    return {};
}

} // namespace

std::string acting_scope(Context& context, std::string_view permission, Task const& task) {
    if (context.may(permission, task.scope)) return task.scope;
    for (std::string& scope : working_scopes(context.reader(), task.code))
        if (context.may(permission, scope)) return std::move(scope);
    return task.scope;
}

bool may_on(Context& context, std::string_view permission, Task const& task) {
    if (!context.services.permissions.allows_somewhere(context.actor, permission)) return false;
    return context.may(permission, acting_scope(context, permission, task));
}

std::vector<flow::Offer> offers_for(Context& context, Task const& task) {
    std::vector<flow::Offer> result;
    if (!context.actor.signed_in()) return result;
    std::string const working = acting_scope(context, report_permission, task);
    for (flow::Offer& offer : flow::offers(task, context.actor, working)) {
        std::string_view const permission = permission_of(offer.action);
        if (!context.may(permission, permission == report_permission ? working : task.scope)) continue;
        if (offer.action == "verify" && task.reported_by == context.actor.account_id)
            offer.refused_because.emplace_back("plan.error.four_eyes");
        result.push_back(std::move(offer));
    }
    return result;
}

Result<Task> take_step(Context& context, std::string_view code, std::string_view action, std::string comment) {
    Task const before = TRY(load(context, code));
    std::string_view const permission = permission_of(action);
    std::string const scope =
        permission == report_permission ? acting_scope(context, permission, before) : before.scope;
    TRY_VOID(context.require(permission, scope));
    if (action == "verify" && before.reported_by == context.actor.account_id)
        return refuse(Refusal::forbidden, "plan.error.four_eyes");
    auto done = context.change<Task>([&](Change& change) -> Result<Task> {
        Task after = before;
        auto const taken = TRY(flow::take(after, action, context.actor, scope, context.now(), comment));
        TRY_VOID(store_step(change, before, after, taken));
        return after;
    });
    context.refresh();
    return done;
}

Result<Task> assign(Context& context, std::string_view code, Assignment assignment, std::int64_t version) {
    Task const before = TRY(load(context, code));
    TRY_VOID(context.require(edit_permission, before.scope));
    auto done = context.change<Task>([&](Change& change) -> Result<Task> {
        Task after = before;
        after.version = version;
        after.lead_unit = std::string{trim(assignment.lead_unit)};
        after.coop_units = join(parts_of(assignment.coop_units), ";");
        after.due = assignment.due;
        TRY_VOID(before_task(context, change.transaction(), &before, &after));
        if (auto problems = entity::validate(after); !problems.empty()) return refuse(std::move(problems));
        flow::Taken taken{"plan.task", "assign", {}, std::string{name_of(after.state)}, {}, context.now()};
        if (after.state == TaskState::drafted)
            taken = TRY(flow::take(after, "assign", context.actor, after.scope, context.now()));
        TRY_VOID(store_step(change, before, after, taken));
        TRY_VOID(after_task(context, change, &before, &after));
        return after;
    });
    context.refresh();
    return done;
}

Result<Id<ProgressEntry>> report_progress(Context& context, std::string_view code, ProgressEntry typed,
                                          std::span<http::Upload const> evidence) {
    Task const before = TRY(load(context, code));
    std::string const scope = acting_scope(context, report_permission, before);
    TRY_VOID(context.require(report_permission, scope));
    if (before.state == TaskState::drafted || before.state == TaskState::closed || before.state == TaskState::suspended)
        return refuse(Refusal::conflict, "plan.error.not_reportable");
    typed.id = new_id_of<ProgressEntry>();
    typed.task = before.code;
    typed.entered_by = context.actor.account_id;
    typed.entered_by_name = context.actor.name;
    typed.entered_at = context.now();
    Problems problems = entity::validate(typed);
    if (typed.day > context.today()) problems.push_back({"day", "plan.error.future_day", {}});
    if (!problems.empty()) return refuse(std::move(problems));
    auto done = context.change<Id<ProgressEntry>>([&](Change& change) -> Result<Id<ProgressEntry>> {
        Task after = before;
        after.percent = typed.percent;
        after.reported_by = context.actor.account_id;
        TRY_VOID(hand_in(context, after, scope));
        change.create(typed, before.scope);
        for (http::Upload const& upload : evidence)
            if (!upload.file_name.empty())
                TRY_VOID(files::attach(change.transaction(), context.actor, context.now(), upload, progress_evidence,
                                       typed.id.text, internal_permission, before.scope));
        TRY_VOID(change.save(before, after, "plan.task.report", before.scope, {}));
        change.publish("plan.task.progress", after.id.text, after.scope, "public");
        return typed.id;
    });
    context.refresh();
    return done;
}

Result<void> comment(Context& context, std::string_view code, std::string text) {
    Task const task = TRY(load(context, code));
    TRY_VOID(context.require(internal_permission, acting_scope(context, internal_permission, task)));
    Comment const one{.id = new_id_of<Comment>(),
                      .task = task.code,
                      .text = std::string{trim(text)},
                      .entered_by = context.actor.account_id,
                      .entered_by_name = context.actor.name,
                      .entered_at = context.now()};
    if (auto problems = entity::validate(one); !problems.empty()) return refuse(std::move(problems));
    auto done = context.change<void>([&](Change& change) -> Result<void> {
        change.create(one, task.scope);
        change.publish("plan.task.commented", task.id.text, task.scope, internal_permission);
        return {};
    });
    context.refresh();
    return done;
}

Result<void> follow(Context& context, std::string_view code, bool on) {
    if (!context.actor.signed_in()) return refuse(Refusal::unauthenticated, "error.unauthenticated");
    Task const task = TRY(load(context, code));
    auto done = context.change<void>([&](Change& change) -> Result<void> {
        if (on)
            change.transaction().execute("insert into plan_follower (id, task, account_id) values (?, ?, ?) "
                                         "on conflict (task, account_id) do nothing",
                                         {new_id(), task.code, context.actor.account_id});
        else
            change.transaction().execute("delete from plan_follower where task = ? and account_id = ?",
                                         {task.code, context.actor.account_id});
        return {};
    });
    context.refresh();
    return done;
}

Result<std::int64_t> mark_delayed(Context& context) {
    auto const late = entity::where<Task>(context.reader(),
                                          "where due < ? and state in ('assigned', 'under_way') order by due limit 500",
                                          {to_text(context.today())});
    if (late.empty()) return std::int64_t{0};
    auto done = context.change<std::int64_t>([&](Change& change) -> Result<std::int64_t> {
        std::int64_t marked = 0;
        for (Task const& before : late) {
            Task after = before;
            auto const taken = TRY(flow::take(after, "delay", context.actor, after.scope, context.now()));
            TRY_VOID(store_step(change, before, after, taken));
            ++marked;
        }
        return marked;
    });
    context.refresh();
    return done;
}

} // namespace sangu::plan
