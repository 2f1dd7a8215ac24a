#include "base/text.h"
#include "modules/plan/notice_rules.h"
#include "modules/plan/service.h"

#include <algorithm>

namespace sangu::plan {

namespace {

constexpr std::int64_t default_answer_days = 10;

std::string_view permission_of(std::string_view action) {
    return action == "answer" ? report_permission : supervise_permission;
}

// A pause begins or ends today; the due date follows.
void move_clock(db::Transaction& transaction, SupervisionNotice& notice, std::string_view action,
                calendar::WorkingDays const& days, Date today) {
    if (action == "pause") entity::insert(transaction, NoticePause{new_id_of<NoticePause>(), notice.id, today, {}});
    if (action == "resume")
        transaction.execute("update plan_notice_pause set to_day = ? where notice_id = ? and to_day is null",
                            {to_text(today), notice.id.text});
    if (action == "pause" || action == "resume")
        notice.due = clock_of(notice, pauses_of(transaction, {notice.id.text}), days, today).due;
}

} // namespace

calendar::PeriodState clock_of(SupervisionNotice const& notice, std::span<NoticePause const> pauses,
                               calendar::WorkingDays const& days, Date today) {
    calendar::PeriodClock clock{.started = notice.issued_on, .days = static_cast<int>(notice.days), .pauses = {}};
    for (NoticePause const& pause : pauses)
        if (pause.notice_id == notice.id && (!pause.to_day || pause.from_day < *pause.to_day))
            clock.pauses.emplace_back(pause.from_day, pause.to_day);
    bool const done = notice.state == NoticeState::answered || notice.state == NoticeState::closed;
    return calendar::state_of(clock, days, done ? notice.answered_on.value_or(today) : today);
}

Result<Id<SupervisionNotice>> issue_notice(Context& context, std::string_view task_code, std::string text,
                                           std::optional<std::int64_t> days) {
    auto const task = task_named(context.reader(), task_code);
    if (!task) return refuse(Refusal::not_found, "error.not_found");
    TRY_VOID(context.require(supervise_permission, task->scope));
    Date const today = context.today();
    SupervisionNotice notice{
        .id = new_id_of<SupervisionNotice>(),
        .task = task->code,
        .text = std::string{trim(text)},
        .issued_on = today,
        .days = days.value_or(term_on(context.reader(), TermKind::supervision_answer, today, default_answer_days).days),
        .due = today,
        .answer = {},
        .answered_on = {},
        .issued_by = context.actor.account_id,
        .issued_by_name = context.actor.name,
        .answered_by = {},
        .answered_by_name = {},
        .scope = task->scope};
    if (auto problems = entity::validate(notice); !problems.empty()) return refuse(std::move(problems));
    notice.due = clock_of(notice, {}, *context.services.working_days(), today).due;
    auto done = context.change<Id<SupervisionNotice>>([&](Change& change) -> Result<Id<SupervisionNotice>> {
        change.create(notice, notice.scope);
        change.publish("plan.notice.open", notice.id.text, notice.scope, internal_permission);
        return notice.id;
    });
    context.refresh();
    return done;
}

Result<SupervisionNotice> step_notice(Context& context, Id<SupervisionNotice> const& id, std::string_view action,
                                      std::string comment) {
    auto const before = entity::find(context.reader(), id);
    if (!before) return refuse(Refusal::not_found, "error.not_found");
    auto const task = task_named(context.reader(), before->task);
    std::string_view const permission = permission_of(action);
    std::string const scope = action == "answer" && task ? acting_scope(context, permission, *task) : before->scope;
    TRY_VOID(context.require(permission, scope));
    auto done = context.change<SupervisionNotice>([&](Change& change) -> Result<SupervisionNotice> {
        SupervisionNotice after = *before;
        auto const taken = TRY(flow::take(after, action, context.actor, scope, context.now(), comment));
        if (action == "answer") {
            after.answer = shorten(trim(comment), 2000);
            after.answered_on = context.today();
            after.answered_by = context.actor.account_id;
            after.answered_by_name = context.actor.name;
        }
        if (action == "reject") after.answered_on.reset();
        move_clock(change.transaction(), after, action, *context.services.working_days(), context.today());
        TRY_VOID(change.save(*before, after, "plan.notice." + taken.action, after.scope, taken.comment));
        change.publish("plan.notice." + taken.to, id.text, after.scope, internal_permission);
        return after;
    });
    context.refresh();
    return done;
}

std::vector<flow::Offer> offers_for(Context& context, SupervisionNotice const& notice, Task const& task) {
    std::vector<flow::Offer> result;
    if (!context.actor.signed_in()) return result;
    std::string const working = acting_scope(context, report_permission, task);
    for (flow::Offer& offer : flow::offers(notice, context.actor, working)) {
        bool const answering = offer.action == "answer";
        if (context.may(permission_of(offer.action), answering ? working : notice.scope))
            result.push_back(std::move(offer));
    }
    return result;
}

} // namespace sangu::plan
