#include "kernel/jobs/lease.h"

#include "base/text.h"

#include <algorithm>

namespace sangu::jobs {

namespace {

constexpr std::string_view schedule_key = "schedule";

Instant later(Instant now, std::int64_t seconds) { return {now.ms + seconds * 1000}; }

std::int64_t pause_s(std::int64_t attempts) {
    return std::min<std::int64_t>(3600, 30LL << std::min<std::int64_t>(attempts - 1, 7));
}

bool is_any_due(db::Database& database, Instant now) {
    std::string const moment = to_text(now);
    return database.read()->exists(
        "select 1 from kernel_job where (state = 'waiting' and due <= ?) or (state = 'running' and lease_until <= ?)",
        {moment, moment});
}

// Puts a job back to waiting. The same work may have been scheduled anew meanwhile: then that one takes its place.
void wait_again(db::Transaction& transaction, Lease const& lease, Instant due, std::int64_t attempts,
                std::string_view error) {
    transaction.execute("delete from kernel_job where id = ? and attempts = ? and state = 'running' and exists "
                        "(select 1 from kernel_job w where w.kind = ? and w.key = ? and w.state = 'waiting')",
                        {lease.id, lease.attempts, lease.kind, lease.key});
    transaction.execute(
        "update kernel_job set state = 'waiting', due = ?, lease_until = null, attempts = ?, last_error = ? "
        "where id = ? and attempts = ? and state = 'running'",
        {to_text(due), attempts, std::string{error}, lease.id, lease.attempts});
}

} // namespace

void create_schedules(db::Database& database, std::vector<Schedule> const& schedules, Instant now) {
    database.write([&](db::Transaction& transaction) {
        for (Schedule const& one : schedules)
            transaction.execute(
                "insert into kernel_job (id, kind, key, payload, state, due, attempts, every_s, last_error) "
                "values (?, ?, ?, '{}', 'waiting', ?, 0, ?, '') on conflict (id) do update set every_s = "
                "excluded.every_s",
                {"schedule:" + std::string{one.kind}, std::string{one.kind}, std::string{schedule_key}, to_text(now),
                 std::int64_t{one.every_s}});
    });
}

std::optional<Lease> take(db::Database& database, Instant now) {
    if (!is_any_due(database, now)) return {}; // most looks find nothing: they must not disturb the writer
    std::optional<Lease> lease;
    std::string const moment = to_text(now);
    database.write([&](db::Transaction& transaction) {
        lease.reset();
        transaction.query(
            "update kernel_job set state = 'running', lease_until = ?, attempts = attempts + 1 where id = "
            "(select j.id from kernel_job j where ((j.state = 'waiting' and j.due <= ?) or (j.state = 'running' and "
            "j.lease_until <= ?)) "
            "and not exists (select 1 from kernel_job o where o.kind = j.kind and o.key = j.key and o.id <> j.id "
            "and o.state = 'running' and o.lease_until > ?) order by j.due, j.id limit 1) "
            "returning id, kind, key, payload, attempts, every_s",
            {to_text(Instant{now.ms + lease_ms}), moment, moment, moment}, [&](db::Row const& row) {
                lease = Lease{.id = std::string{row.text(0)},
                              .kind = std::string{row.text(1)},
                              .key = std::string{row.text(2)},
                              .payload = std::string{row.text(3)},
                              .attempts = row.integer(4),
                              .every_s = row.integer(5)};
            });
    });
    return lease;
}

bool renew(db::Database& database, Lease const& lease, Instant now) {
    bool held = false;
    database.write([&](db::Transaction& transaction) {
        held = transaction.execute(
                   "update kernel_job set lease_until = ? where id = ? and attempts = ? and state = 'running'",
                   {to_text(Instant{now.ms + lease_ms}), lease.id, lease.attempts}) == 1;
    });
    return held;
}

void finish(db::Database& database, Lease const& lease, Instant now) {
    database.write([&](db::Transaction& transaction) {
        if (lease.every_s > 0) return wait_again(transaction, lease, later(now, lease.every_s), 0, "");
        transaction.execute(
            "update kernel_job set state = 'done', lease_until = null, finished_at = ?, last_error = '' "
            "where id = ? and attempts = ? and state = 'running'",
            {to_text(now), lease.id, lease.attempts});
    });
}

void give_back(db::Database& database, Lease const& lease, Instant now, std::string_view error, int attempts_max) {
    std::string const shown = shorten(error, 1000);
    database.write([&](db::Transaction& transaction) {
        if (lease.attempts < attempts_max)
            return wait_again(transaction, lease, later(now, pause_s(lease.attempts)), lease.attempts, shown);
        if (lease.every_s > 0) return wait_again(transaction, lease, later(now, lease.every_s), 0, shown);
        transaction.execute(
            "update kernel_job set state = 'failed', lease_until = null, finished_at = ?, last_error = ? "
            "where id = ? and attempts = ? and state = 'running'",
            {to_text(now), shown, lease.id, lease.attempts});
    });
}

} // namespace sangu::jobs
