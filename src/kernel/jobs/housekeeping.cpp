#include "kernel/jobs/housekeeping.h"

#include "kernel/audit/audit.h"
#include "kernel/audit/retention.h"
#include "kernel/auth/session.h"
#include "kernel/config/settings.h"
#include "kernel/context.h"
#include "kernel/files/kept_upload.h"
#include "kernel/imports/imports.h"
#include "kernel/mail/mail.h"
#include "kernel/resource/import_journal.h"

namespace sangu::jobs {

namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr int done_days = 30;           // long enough to look into what ran
constexpr int idempotency_key_days = 2; // longer than any form stays open

Result<void> clean(Context& context, std::string_view, std::string_view) {
    auto const before = [&](int days) { return to_text(Instant{context.now().ms - days * day_ms}); };
    context.services.database.write([&](db::Transaction& transaction) {
        transaction.execute("delete from kernel_job where state = 'done' and finished_at < ?", {before(done_days)});
        transaction.execute("delete from kernel_idempotency where created_at < ?", {before(idempotency_key_days)});
        auth::forget_old_sessions(transaction, context.now());
        files::forget_old_uploads(transaction, context.now());
        mail::forget_old_mail(transaction, context.now());
        resource::forget_old_imports(transaction, context.now());
        imports::forget_old(transaction, context.now());
    });
    return {};
}

Result<void> prune_audit(Context& context, std::string_view, std::string_view) {
    auto const months = static_cast<int>(context.services.settings.audit_keep_months);
    if (months == 0) return {};
    // A broken chain is evidence: nothing of it goes.
    if (auto const verdict = audit::verify(context.reader()); !verdict.whole)
        return refuse(Refusal::conflict, verdict.reason);
    context.refresh();
    audit::prune_all(context.services.database, context.actor, context.now(), months);
    return {};
}

} // namespace

std::vector<Handler> housekeeping_jobs() {
    std::vector<Handler> handlers = imports::job_handlers();
    handlers.push_back({.kind = "kernel.clean", .run = clean});
    handlers.push_back({.kind = "kernel.prune_audit", .run = prune_audit});
    handlers.push_back(mail::job_handler());
    return handlers;
}

std::vector<Schedule> housekeeping_schedules() {
    return {{.kind = "kernel.clean", .every_s = 3600}, {.kind = "kernel.prune_audit", .every_s = 24 * 3600}};
}

} // namespace sangu::jobs
