#include "modules/rights/jobs.h"

#include "modules/rights/pages.h"

#include <array>

namespace sangu::rights {

namespace {

constexpr int rows_at_once = 500;
constexpr std::array reminder_days{90, 30, 7};

std::vector<Right> rights_where(Context& context, std::string_view tail, std::vector<Value> values) {
    std::vector<Right> found;
    values.emplace_back(std::int64_t{rows_at_once});
    Right one;
    entity::each(context.reader(), Right::meta, &one, tail, db::Parameters{values}, [&] { found.push_back(one); });
    return found;
}

Result<void> expire(Context& context, Right const& before) {
    return context.change<void>([&](Change& change) -> Result<void> {
        Right after = before;
        after.legal_status = LegalStatus::expired;
        after.next_fee_due.reset();
        TRY_VOID(save_right(change, context.now(), before, after, "rights.right.expired"));
        publish_right(change, after, "rights.right.expired");
        return {};
    });
}

// Rights whose term is over have expired; what lies on them ends with them.
Result<void> end_terms(Context& context) {
    for (Right const& right : rights_where(context,
                                           "where expires_on <= ? and legal_status in ('pending', 'published', "
                                           "'granted') order by expires_on limit ?",
                                           {to_text(context.today())}))
        TRY_VOID(expire(context, right));
    context.refresh();
    return {};
}

// Licences end with their last day. Listings, pledges and disputes are released by those who took them.
Result<void> end_licences(Context& context) {
    auto const over = entity::where<Encumbrance>(
        context.reader(),
        "where until < ? and released_at is null and kind in ('ordinary_licence', 'sole_licence', "
        "'exclusive_licence') order by until limit 500",
        {to_text(context.today())});
    auto const end = [&](Encumbrance const& one) {
        return context.change<int>([&](Change& change) {
            return release_encumbrances(context, change, one.source, one.source_id, term_reason);
        });
    };
    for (Encumbrance const& one : over) TRY(end(one));
    context.refresh();
    return {};
}

Result<void> move_fee_on(Context& context, Right const& before, FeeRules const& rules) {
    return context.change<void>([&](Change& change) -> Result<void> {
        Right after = before;
        after.next_fee_due = next_fee_due(before, rules, *context.services.working_days(), context.today());
        return save_right(change, context.now(), before, after, "rights.right.fee_moved");
    });
}

// Fees whose payment nobody records move on to the next year, so that the calendar shows what is ahead.
Result<void> move_fees_on(Context& context) {
    FeeRules const rules = fee_rules(context.reader());
    for (Right const& right :
         rights_where(context, "where next_fee_due < ? and fee_year_paid is null order by next_fee_due limit ?",
                      {to_text(months_after(context.today(), -6))}))
        TRY_VOID(move_fee_on(context, right, rules));
    context.refresh();
    return {};
}

// Says in the feed that a fee is due: once for each step, at most 500 rights of a step in one run.
Result<void> remind(Context& context) {
    Date const today = context.today();
    for (std::size_t i = 0; i < reminder_days.size(); ++i) {
        int const days = reminder_days[i], nearer = i + 1 < reminder_days.size() ? reminder_days[i + 1] : -1;
        std::string const step = "/" + std::to_string(days);
        auto const due = rights_where(
            context,
            "where next_fee_due > ? and next_fee_due <= ? and not exists (select 1 from rights_reminder m where "
            "m.right_id = rights_right.id and m.note = cast(next_fee_due as text) || ?) order by next_fee_due limit ?",
            {to_text(today + nearer), to_text(today + days), step});
        if (due.empty()) continue;
        auto const told = context.change<void>([&](Change& change) -> Result<void> {
            for (Right const& right : due)
                if (change.transaction().execute("insert into rights_reminder (right_id, note) values (?, ?) "
                                                 "on conflict (right_id, note) do nothing",
                                                 {right.id.text, to_text(*right.next_fee_due) + step}) == 1)
                    publish_right(change, right, "rights.fee.due");
            return {};
        });
        if (!told) return told;
    }
    return {};
}

Result<void> run_daily(Context& context, std::string_view, std::string_view) {
    TRY_VOID(end_terms(context));
    TRY_VOID(end_licences(context));
    TRY_VOID(move_fees_on(context));
    return remind(context);
}

} // namespace

std::vector<jobs::Handler> job_handlers() { return {{"rights.daily", run_daily}}; }

std::vector<jobs::Schedule> job_schedules() { return {{"rights.daily", 6 * 3600}}; }

} // namespace sangu::rights
