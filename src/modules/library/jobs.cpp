// What happens by itself: entries that nobody confirms grow old and leave the list.

#include "modules/library/jobs.h"

#include "kernel/entity/store.h"
#include "modules/library/counters.h"
#include "modules/library/step.h"
#include "modules/library/threads.h"

namespace sangu::library {

namespace {

constexpr int at_once = 200;

Result<void> pass_one(Context const& context, Change& change, Entry const& before, Terms const& terms) {
    Due const due = due_on(before, context.today());
    if (due == Due::expire) {
        TRY(take_step(context, change, before, false, "expire", {}, terms));
        return {};
    }
    Kind const* kind = kind_named(context.services, before.kind);
    if (due == Due::nothing || !kind) return {};
    Entry after = before;
    pass(after, due, terms);
    std::string const word{due == Due::remind ? "reminded" : "overdue"};
    TRY_VOID(change.save(before, after, "library.entry." + word, after.scope));
    change.publish("library.entry." + word, after.id.text, after.scope, review_permission, payload_of(*kind, after));
    return {};
}

Result<void> run_freshness(Context& context, std::string_view, std::string_view) {
    TRY(pass_time(context));
    return renew_counters(context);
}

Result<void> run_thread_due(Context& context, std::string_view key, std::string_view) { return escalate(context, key); }

} // namespace

Result<std::int64_t> pass_time(Context& context) {
    Terms const terms = terms_in_force(context.reader(), context.today());
    std::int64_t passed = 0;
    for (;;) {
        context.refresh();
        auto const due = due_entries(context.reader(), context.today(), at_once);
        for (Entry const& one : due)
            TRY_VOID(context.change<void>([&](Change& change) { return pass_one(context, change, one, terms); }));
        passed += static_cast<std::int64_t>(due.size());
        if (due.empty()) break;
    }
    context.refresh();
    return passed;
}

std::vector<jobs::Handler> job_handlers() {
    return {{"library.freshness", run_freshness}, {std::string_view{"library.thread.due"}, run_thread_due}};
}

std::vector<jobs::Schedule> job_schedules() { return {{"library.freshness", 3600}}; }

void seed(Services& services) {
    struct Default {
        std::string_view kind;
        std::int64_t days;
    };
    constexpr Default defaults[] = {
        {"confirm_days", 90}, {"remind_days", 14}, {"grace_days", 30}, {"answer_workdays", 5}};
    services.database.write([&](db::Transaction& transaction) {
        for (Default const& one : defaults)
            if (!transaction.exists("select 1 from library_term where kind = ?", {std::string{one.kind}}))
                transaction.execute("insert into library_term (id, kind, days, valid_from, confirmed, source, version) "
                                    "values (?, ?, ?, '2017-01-01', false, '默认值，尚无规定依据', 1)",
                                    {new_id(), std::string{one.kind}, one.days});
    });
}

} // namespace sangu::library
