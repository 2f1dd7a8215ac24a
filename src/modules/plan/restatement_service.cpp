#include "base/text.h"
#include "modules/plan/report_figures.h"
#include "modules/plan/rules.h"

#include <algorithm>

namespace sangu::plan {

namespace {

std::string_view permission_of(std::string_view action) {
    return action == "withdraw" ? submit_permission : accept_permission;
}

bool is_closed(Report const& report) {
    return report.state == ReportState::accepted || report.state == ReportState::published;
}

Result<void> check_people(Context const& context, Restatement const& one, std::string_view action) {
    bool const own = one.asked_by == context.actor.account_id;
    if (action == "withdraw" && !own) return refuse(Refusal::forbidden, "plan.error.withdraw_own");
    if (action == "approve" && own) return refuse(Refusal::forbidden, "plan.error.four_eyes");
    return {};
}

// What counts today: the last approved restatement, else what the report says.
void take_before(db::Session& session, Report const& report, Restatement& one) {
    auto const rows = figures_of(session, report.id);
    if (auto const row = std::ranges::find(rows, one.indicator, &ReportFigure::indicator); row != rows.end())
        one.value_before = row->value;
    one.as_of_before = report.published_on;
    for (Restatement const& earlier : restatements_of(session, report.id))
        if (earlier.indicator == one.indicator && earlier.state == RestatementState::approved) {
            one.value_before = earlier.value;
            one.as_of_before = earlier.decided_on;
        }
}

Problems check_typed(db::Session& session, Report const& report, Restatement const& one) {
    Problems problems;
    auto const due = due_figures(session, report);
    bool const known = std::ranges::any_of(due, [&](auto const& f) { return f.indicator.code == one.indicator; });
    if (!known) problems.push_back({"indicator", "plan.error.no_indicator", {one.indicator}});
    if (one.reason.empty()) problems.push_back({"reason", "error.required", {}});
    auto const period = report_period(report.period);
    if (one.as_of && period && (*one.as_of < period->start || period->end < *one.as_of))
        problems.push_back({"as_of", "plan.error.as_of_outside", {}});
    if (one.value_before == one.value) problems.push_back({"value", "plan.error.same_value", {}});
    return problems;
}

} // namespace

bool may_restate(Context& context, Report const& report) {
    return is_closed(report) && context.may(submit_permission, report.scope);
}

Result<Id<Restatement>> ask_restatement(Context& context, Id<Report> const& id, Restatement typed) {
    auto const report = entity::find(context.reader(), id);
    if (!report || !may_read(context, *report)) return refuse(Refusal::not_found, "error.not_found");
    TRY_VOID(context.require(submit_permission, report->scope));
    if (!is_closed(*report)) return refuse(Refusal::conflict, "plan.error.restate_open");
    Restatement one{.id = new_id_of<Restatement>(),
                    .report_id = id,
                    .indicator = std::move(typed.indicator),
                    .value = typed.value,
                    .as_of = typed.as_of,
                    .reason = std::string{trim(typed.reason)},
                    .asked_by = context.actor.account_id,
                    .asked_by_name = context.actor.name,
                    .asked_on = context.today(),
                    .scope = report->scope};
    auto done = context.change<Id<Restatement>>([&](Change& change) -> Result<Id<Restatement>> {
        db::Transaction& transaction = change.transaction();
        if (transaction.exists("select 1 from plan_restatement where report_id = ? and indicator = ? and state = 'asked'",
                               {id.text, one.indicator}))
            return refuse(Refusal::conflict, "plan.error.restatement_waits");
        take_before(transaction, *report, one);
        Problems problems = check_typed(transaction, *report, one);
        if (problems.empty()) problems = entity::validate(one);
        if (!problems.empty()) return refuse(std::move(problems));
        change.create(one, one.scope);
        change.publish("plan.restatement.asked", one.id.text, one.scope, internal_permission);
        return one.id;
    });
    context.refresh();
    return done;
}

Result<Restatement> step_restatement(Context& context, Id<Restatement> const& id, std::string_view action,
                                     std::string comment) {
    auto const before = entity::find(context.reader(), id);
    if (!before) return refuse(Refusal::not_found, "error.not_found");
    TRY_VOID(context.require(permission_of(action), before->scope));
    TRY_VOID(check_people(context, *before, action));
    auto done = context.change<Restatement>([&](Change& change) -> Result<Restatement> {
        Restatement after = *before;
        auto const taken = TRY(flow::take(after, action, context.actor, after.scope, context.now(), comment));
        after.decided_by = context.actor.account_id;
        after.decided_by_name = context.actor.name;
        after.decided_on = context.today();
        after.answer = taken.comment;
        auto const report = entity::find(change.transaction(), after.report_id);
        if (action == "approve" && report && report->state == ReportState::published)
            TRY_VOID(record_restatement(context, change, *report, after));
        TRY_VOID(change.save(*before, after, "plan.restatement." + taken.action, after.scope, taken.comment));
        change.publish("plan.restatement." + taken.to, id.text, after.scope, internal_permission);
        return after;
    });
    context.refresh();
    return done;
}

std::vector<flow::Offer> offers_for(Context& context, Restatement const& one) {
    std::vector<flow::Offer> result;
    if (!context.actor.signed_in()) return result;
    for (flow::Offer& offer : flow::offers(one, context.actor, one.scope)) {
        if (!context.may(permission_of(offer.action), one.scope)) continue;
        if (offer.action == "withdraw" && one.asked_by != context.actor.account_id) continue;
        if (auto const allowed = check_people(context, one, offer.action); !allowed)
            offer.refused_because.push_back(allowed.error().key);
        result.push_back(std::move(offer));
    }
    return result;
}

} // namespace sangu::plan
