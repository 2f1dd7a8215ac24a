#include "kernel/jobs/housekeeping.h"

#include "kernel/auth/session.h"
#include "kernel/context.h"
#include "kernel/files/kept_upload.h"

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
    });
    return {};
}

} // namespace

std::vector<Handler> housekeeping_jobs() { return {{.kind = "kernel.clean", .run = clean}}; }

std::vector<Schedule> housekeeping_schedules() { return {{.kind = "kernel.clean", .every_s = 3600}}; }

} // namespace sangu::jobs
