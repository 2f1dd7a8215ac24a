#include "base/text.h"
#include "modules/plan/checks.h"
#include "modules/plan/rules.h"
#include "modules/plan/service.h"

#include <algorithm>

namespace sangu::plan {

namespace {

// The tasks with these ids in one query; an id that is unknown is refused.
Result<std::vector<Task>> load_all(db::Session& session, std::vector<std::string> const& ids) {
    std::string marks = "?";
    for (std::size_t i = 1; i < ids.size(); ++i) marks += ", ?";
    std::vector<Value> const parameters{ids.begin(), ids.end()};
    std::vector<Task> tasks;
    Task one;
    entity::each(session, Task::meta, &one, "where id in (" + marks + ") order by position", db::Parameters{parameters},
                 [&] { tasks.push_back(one); });
    if (tasks.size() != ids.size()) return refuse(Refusal::not_found, "error.not_found");
    return tasks;
}

Value date_value(std::optional<Date> date) { return date ? Value{to_text(*date)} : Value{}; }

// One task of a bulk edit: changed in memory, stored, its former values kept for undo.
Result<void> edit_one(Context& context, Change& change, std::string const& bulk, Task const& before,
                      BulkEdit const& edit) {
    Task after = before;
    if (edit.lead_unit) after.lead_unit = *edit.lead_unit;
    if (edit.due) after.due = edit.due;
    TRY_VOID(before_task(context, change.transaction(), &before, &after));
    if (edit.assign && after.state == TaskState::drafted)
        TRY_VOID(flow::take(after, "assign", context.actor, after.scope, context.now()));
    if (entity::differences(before, after).empty()) return {};
    TRY_VOID(change.save(before, after, "plan.task.bulk_edited", after.scope));
    TRY_VOID(after_task(context, change, &before, &after));
    change.transaction().execute(
        "insert into plan_bulk_row (bulk_id, task_id, version_after, lead_unit, due, state) values (?, ?, ?, ?, ?, ?)",
        {bulk, after.id.text, after.version, before.lead_unit, date_value(before.due),
         std::string{name_of(before.state)}});
    change.publish("plan.task." + std::string{name_of(after.state)}, after.id.text, after.scope, "public");
    return {};
}

struct Former {
    std::string task_id, lead_unit;
    std::int64_t version_after = 0;
    std::optional<Date> due;
    TaskState state = TaskState::drafted;
};

std::vector<Former> former_values(db::Session& session, std::string_view bulk) {
    std::vector<Former> result;
    session.query("select task_id, lead_unit, version_after, due, state from plan_bulk_row where bulk_id = ? "
                  "order by task_id limit 500",
                  {std::string{bulk}}, [&](db::Row const& row) {
                      Former one{std::string{row.text(0)}, std::string{row.text(1)}, row.integer(2), {}, {}};
                      if (!row.is_null(3)) one.due = parse_date(row.text(3));
                      entity::Type<TaskState>::store(one.state, std::string{row.text(4)});
                      result.push_back(std::move(one));
                  });
    return result;
}

Result<void> restore(Context& context, Change& change, Task const& before, Former const& former) {
    if (before.version != former.version_after) return refuse(Refusal::stale, "plan.error.changed_since");
    TRY_VOID(context.require(edit_permission, before.scope));
    Task after = before;
    after.lead_unit = former.lead_unit;
    after.due = former.due;
    after.state = former.state;
    TRY_VOID(before_task(context, change.transaction(), &before, &after));
    TRY_VOID(change.save(before, after, "plan.task.bulk_undone", after.scope));
    return after_task(context, change, &before, &after);
}

} // namespace

Result<std::string> bulk_edit(Context& context, std::vector<std::string> const& ids, BulkEdit const& edit) {
    std::vector<std::string> wanted = ids;
    std::ranges::sort(wanted);
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    if (wanted.empty()) return refuse(Problems{{"task", "plan.error.none_selected", {}}});
    if (wanted.size() > bulk_max) return refuse(Problems{{"task", "plan.error.too_many", {std::to_string(bulk_max)}}});
    if (!edit.lead_unit && !edit.due && !edit.assign) return refuse(Problems{{"due", "plan.error.nothing_to_set", {}}});
    auto const tasks = TRY(load_all(context.reader(), wanted));
    for (Task const& task : tasks) TRY_VOID(context.require(edit_permission, task.scope));
    std::string const bulk = new_id();
    auto done = context.change<std::string>([&](Change& change) -> Result<std::string> {
        change.transaction().execute("insert into plan_bulk (id, account_id, at, undone) values (?, ?, ?, false)",
                                     {bulk, context.actor.account_id, to_text(context.now())});
        for (Task const& task : tasks) TRY_VOID(edit_one(context, change, bulk, task, edit));
        return bulk;
    });
    context.refresh();
    return done;
}

Result<std::int64_t> undo(Context& context, std::string_view bulk_id) {
    auto const made =
        context.reader().text("select at from plan_bulk where id = ? and account_id = ? and undone = false",
                              {std::string{bulk_id}, context.actor.account_id});
    if (!made) return refuse(Refusal::not_found, "plan.error.nothing_to_undo");
    if (parse_instant(*made).value_or(Instant{}).ms + undo_ms < context.now().ms)
        return refuse(Refusal::conflict, "plan.error.undo_too_late");
    auto done = context.change<std::int64_t>([&](Change& change) -> Result<std::int64_t> {
        db::Transaction& transaction = change.transaction();
        if (transaction.execute("update plan_bulk set undone = true where id = ? and undone = false",
                                {std::string{bulk_id}}) != 1)
            return refuse(Refusal::conflict, "plan.error.nothing_to_undo");
        auto const former = former_values(transaction, bulk_id);
        std::vector<std::string> ids;
        for (Former const& one : former) ids.push_back(one.task_id);
        if (ids.empty()) return std::int64_t{0};
        auto const tasks = TRY(load_all(transaction, ids));
        for (Task const& task : tasks) {
            auto const found = std::ranges::find(former, task.id.text, &Former::task_id);
            TRY_VOID(restore(context, change, task, *found));
        }
        return static_cast<std::int64_t>(tasks.size());
    });
    context.refresh();
    return done;
}

} // namespace sangu::plan
